import { Link } from '@tanstack/react-router';
import { overviewWords, reasonInWords } from '../../../src/overview/words.ts';
import { numberInWords, percentInWords, type Language } from '../../../src/platform/words.ts';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { Column } from '../../ui/Table.tsx';
import { WatchStrip } from '../../ui/WatchStrip.tsx';
import type { WatchRow } from '../watch/search.ts';
import type { Row } from './list-search.ts';
import { markOf, nameOf } from './site-facts.ts';
import styles from './SitesList.module.css';
import type { todayWords } from './words.ts';

export type ColumnKey = 'choose' | 'site' | 'state' | 'strip' | 'response' | 'backup' | 'size' | 'wordpress';

interface Ground {
  words: ReturnType<typeof todayWords>;
  language: Language;
  /** The agency's. */
  timeZone: string;
  /** How the watch sees each site. */
  watched: ReadonlyMap<string, WatchRow>;
  chosen: ReadonlySet<string>;
  onChoose: (id: string) => void;
  isWhole: boolean;
  onChooseAll: (all: boolean) => void;
}

/** The columns of the list of all sites. */
export function siteColumns(ground: Ground): Column<Row, ColumnKey>[] {
  const { words, language, timeZone, watched, chosen, onChoose, isWhole, onChooseAll } = ground;
  return [
    {
      key: 'choose',
      title: (
        <input
          type="checkbox"
          className={styles.box}
          aria-label={words.selectAll}
          checked={isWhole}
          onChange={(event) => onChooseAll(event.target.checked)}
        />
      ),
      cell: (row) => (
        <input
          type="checkbox"
          className={styles.box}
          aria-label={words.selectSite(nameOf(row.url))}
          checked={chosen.has(row.id)}
          onChange={() => onChoose(row.id)}
        />
      ),
      className: styles.choose,
    },
    {
      key: 'site',
      title: words.columns.site,
      sorts: true,
      cell: (row) => (
        <>
          <Link to="/sites/$site" params={{ site: row.id }} className={styles.name}>
            {nameOf(row.url)}
          </Link>
          <span className={styles.second}>{row.customer.name}</span>
        </>
      ),
      className: styles.site,
    },
    {
      key: 'state',
      title: words.columns.state,
      sorts: true,
      cell: (row) => <StateCell row={row} words={words} language={language} />,
      className: styles.state,
    },
    {
      key: 'strip',
      title: words.columns.strip,
      cell: (row) => <RowStrip row={row} timeZone={timeZone} language={language} seen={watched.get(row.id)} />,
      className: styles.strip,
    },
    {
      key: 'response',
      title: words.columns.response,
      align: 'end',
      cell: (row) => {
        const ms = watched.get(row.id)?.responseMs ?? null;
        return ms === null ? <span className={styles.soft}>–</span> : `${numberInWords(ms, language)} ms`;
      },
      className: styles.response,
    },
    {
      key: 'backup',
      title: words.columns.backup,
      sorts: true,
      align: 'end',
      cell: (row) =>
        row.lastBackupAt === null ? (
          <span className={styles.soft}>{words.noBackup}</span>
        ) : (
          <Moment at={row.lastBackupAt} how="short" quiet />
        ),
      className: styles.backup,
    },
    {
      key: 'size',
      title: words.columns.size,
      sorts: true,
      align: 'end',
      cell: (row) =>
        row.share === null ? <span className={styles.soft}>–</span> : percentInWords(row.share, language),
      className: styles.size,
    },
    {
      key: 'wordpress',
      title: words.columns.wordpress,
      sorts: true,
      align: 'end',
      cell: (row) => (
        <>
          {row.wordpress === null ? <span className={styles.soft}>–</span> : `WP ${row.wordpress}`}
          <span className={styles.second}>{row.php === null ? '' : `PHP ${row.php}`}</span>
        </>
      ),
      className: styles.versions,
    },
  ];
}

interface StateCellProps {
  row: Row;
  words: Ground['words'];
  language: Language;
}

function StateCell({ row, words, language }: StateCellProps) {
  const [first, ...others] = row.reasons;
  const work = row.running && workInWords(row.running, words, language);
  const isWorking = first?.code === 'work-under-way';
  const text = isWorking ? work : first && reasonInWords(first, language);
  const second = isWorking ? undefined : (work ?? others.find(({ code }) => code !== 'backup-good'));
  return (
    <>
      <StateMark state={markOf(row.state, first?.code)}>{text}</StateMark>
      {second && (
        <span className={styles.second}>{typeof second === 'string' ? second : reasonInWords(second, language)}</span>
      )}
    </>
  );
}

/** `backup loopt · 23%`. */
function workInWords(run: NonNullable<Row['running']>, words: Ground['words'], language: Language): string {
  const under = reasonInWords({ code: 'work-under-way', saga: run.saga }, language);
  if (run.state === 'queued') {
    return words.percent(overviewWords(language).work[run.saga] ?? run.saga, words.queued);
  }
  return run.done === null ? under : words.percent(under, percentInWords(run.done, language));
}

const minuteMs = 60_000;

interface RowStripProps {
  row: Row;
  timeZone: string;
  language: Language;
  seen: WatchRow | undefined;
}

function RowStrip({ row, timeZone, language, seen }: RowStripProps) {
  const { strip } = row;
  const from = Date.parse(strip.from);
  const at = (minutes: number): number => from + minutes * minuteMs;
  const { work } = overviewWords(language);
  return (
    <WatchStrip
      from={from}
      to={Date.parse(strip.to)}
      timeZone={timeZone}
      span="day"
      // Green only where somebody looks.
      outages={
        seen?.enabled && seen.lastCheckAt !== null
          ? strip.outages.map((each) => ({ from: at(each.at), until: each.until === null ? null : at(each.until) }))
          : undefined
      }
      backups={strip.backups.map((each) => ({ at: at(each.at), good: each.good }))}
      work={strip.work.map((each) => ({
        at: at(each.at),
        until: each.until === null ? null : at(each.until),
        what: work[each.saga] ?? each.saga,
      }))}
    />
  );
}
