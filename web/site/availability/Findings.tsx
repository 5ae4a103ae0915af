import { useMutation, useQuery } from '@tanstack/react-query';
import { findingInWords } from '../../../src/monitoring/health/words.ts';
import type { SiteHealth } from '../../../src/monitoring/health/contract.ts';
import { bytesInWords, numberInWords } from '../../../src/platform/words.ts';
import { api, queryClient } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Why } from '../../ui/Why.tsx';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

/** What is the matter beside an outage: from inside WordPress, of the page, and of the domain. */
export function Findings({ site }: { site: string }) {
  const words = useWords(availabilityWords).findings;
  const shown = useQuery(api.health.show.queryOptions({ input: { site } }));
  const look = useMutation(
    api.health.lookNow.mutationOptions({
      onSuccess: (now) => queryClient.setQueryData(api.health.show.queryKey({ input: { site } }), now),
    }),
  );
  const { data } = shown;
  const isEmpty = data?.health === null && data.page === null && data.domain === null;
  return (
    <Panel
      title={words.title}
      actions={
        <Button size="small" working={look.isPending} onClick={() => look.mutate({ site })}>
          {words.lookNow}
        </Button>
      }
    >
      {shown.error && !data && <ErrorNote error={shown.error} onRetry={() => void shown.refetch()} />}
      {look.error && <ErrorNote error={look.error} />}
      {shown.isPending && <Skeleton lines={3} />}
      {data && (
        <div className={styles.gaps}>
          <List health={data} isEmpty={isEmpty} />
          {!isEmpty && <Facts health={data} />}
        </div>
      )}
    </Panel>
  );
}

function List({ health, isEmpty }: { health: SiteHealth; isEmpty: boolean }) {
  const words = useWords(availabilityWords).findings;
  const language = useLanguage();
  if (health.findings.length === 0) {
    return <StateMark state={isEmpty ? 'off' : 'well'}>{isEmpty ? words.notYet : words.none}</StateMark>;
  }
  return (
    <ul className={styles.plain}>
      {health.findings.map((finding) => {
        const { short, says, why, next } = findingInWords(finding, language);
        return (
          <li key={finding.code}>
            <StateMark state={finding.urgency === 'high' ? 'broken' : 'work'}>{short}</StateMark>{' '}
            <Why>
              <p>{says}</p>
              <p>{why}</p>
            </Why>
            <div className={styles.soft}>
              {next} <Moment at={finding.since} how="short" />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Facts({ health: seen }: { health: SiteHealth }) {
  const words = useWords(availabilityWords).findings;
  const language = useLanguage();
  const { health, page, domain } = seen;
  const database = health?.database;
  return (
    <DefinitionList
      items={[
        ...(database
          ? [
              {
                key: 'database',
                term: words.database,
                value: database.ok
                  ? database.ms === null
                    ? words.answers
                    : `${numberInWords(database.ms, language)} ms`
                  : words.silent,
              },
            ]
          : []),
        ...(health?.disk
          ? [{ key: 'disk', term: words.disk, value: words.free(bytesInWords(health.disk.free, language)) }]
          : []),
        ...(health?.cron ? [{ key: 'cron', term: words.cron, value: words.overdue(health.cron.overdue) }] : []),
        ...(page?.bytes == null ? [] : [{ key: 'page', term: words.page, value: bytesInWords(page.bytes, language) }]),
        ...(domain === null
          ? []
          : [{ key: 'domain', term: words.domain, value: `${domain.name} · ${domain.nameServers.join(', ')}` }]),
        ...(seen.failure === null ? [] : [{ key: 'failure', term: words.plugin, value: words.pluginSilent }]),
        {
          key: 'at',
          term: words.looked,
          value: <Moment at={health?.at ?? page?.at ?? domain?.at ?? null} />,
        },
      ]}
    />
  );
}
