import { useState } from 'react';
import type { WatchedSite } from '../../../src/monitoring/contract.ts';
import { causeInWords, monitoringWords } from '../../../src/monitoring/words.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { dateAndTime, exactly, secondsOnly } from '../../ui/moment-words.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark, type State } from '../../ui/StateMark.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import styles from '../SitePage.module.css';
import { availabilityWords } from './words.ts';

type Check = WatchedSite['lastChecks'][number];
const marks: Record<Check['verdict'], State> = { up: 'well', down: 'broken', unknown: 'unsure' };
const shownAtFirst = 5;

/** Each of the last looks as it was measured: what every verdict rests on. */
export function LastChecks({ seen }: { seen: WatchedSite }) {
  const words = useWords(availabilityWords).checks;
  const language = useLanguage();
  const [isWhole, setWhole] = useState(false);
  const checks = isWhole ? seen.lastChecks : seen.lastChecks.slice(0, shownAtFirst);
  if (checks.length === 0) return null;
  const columns: Column<Check>[] = [
    {
      key: 'time',
      title: words.time,
      cell: ({ at }) => (
        <time dateTime={at} title={exactly(new Date(at), { language })}>
          {isToday(at, seen.at) ? secondsOnly(new Date(at), { language }) : dateAndTime(new Date(at), { language })}
        </time>
      ),
    },
    {
      key: 'verdict',
      title: words.verdict,
      cell: ({ verdict, cause }) => (
        <StateMark state={marks[verdict]}>
          {monitoringWords(language).verdicts[verdict]}
          {cause !== null && ` · ${causeInWords(cause, null, language)}`}
        </StateMark>
      ),
    },
    { key: 'status', title: words.status, align: 'end', cell: ({ status }) => status ?? '–' },
    {
      key: 'total',
      title: words.total,
      align: 'end',
      cell: ({ totalMs }) => (totalMs === null ? '–' : `${numberInWords(totalMs, language)} ms`),
    },
  ];
  return (
    <Panel title={words.title} className={styles.wide ?? ''}>
      <div className={styles.gaps}>
        <Table caption={words.table} columns={columns} rows={checks} keyOf={({ at }) => at} />
        {!isWhole && seen.lastChecks.length > shownAtFirst && (
          <div>
            <Button size="small" look="quiet" onClick={() => setWhole(true)}>
              {words.show}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function isToday(at: string, now: string): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString();
}
