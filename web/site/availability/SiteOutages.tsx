import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Incident } from '../../../src/incidents/contract.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { api } from '../../api.ts';
import { incidentMark, titleOf } from '../../console/incidents/incident-facts.ts';
import { durationInWords } from '../../ui/duration-words.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { uiWords } from '../../ui/words.ts';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

/** Every incident that hit the site, the newest first, each with the way to its proof. */
export function SiteOutages({ site }: { site: string }) {
  const words = useWords(availabilityWords).outages;
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  const incidents = useQuery(api.incidents.list.queryOptions({ input: { site, pageSize: 20 } }));
  const columns: Column<Incident>[] = [
    { key: 'when', title: words.when, cell: ({ firstFailureAt }) => <Moment at={firstFailureAt} how="full" quiet /> },
    {
      key: 'what',
      title: words.what,
      cell: (incident) => (
        <StateMark state={incidentMark(incident)}>
          <Link to="/incidents/$id" params={{ id: incident.id }}>
            {titleOf(incident, language)}
          </Link>
        </StateMark>
      ),
    },
    {
      key: 'length',
      title: words.length,
      align: 'end',
      cell: ({ outMinutes, resolvedAt }) =>
        resolvedAt === null
          ? words.lasts
          : outMinutes === null
            ? '–'
            : durationInWords(outMinutes * 60_000, language, unit),
    },
    {
      key: 'sms',
      title: words.sms,
      align: 'end',
      cell: ({ smsAfterSeconds: after }) => (after === null ? '–' : `${numberInWords(after, language)} s`),
    },
  ];
  return (
    <Panel title={words.title} className={styles.wide ?? ''}>
      {incidents.error && !incidents.data && (
        <ErrorNote error={incidents.error} onRetry={() => void incidents.refetch()} />
      )}
      {incidents.isPending && <Skeleton lines={2} />}
      {incidents.data?.total === 0 && <p className={styles.soft}>{words.none}</p>}
      {incidents.data && incidents.data.total > 0 && (
        <Table caption={words.table} columns={columns} rows={incidents.data.rows} keyOf={({ id }) => id} stacks />
      )}
    </Panel>
  );
}
