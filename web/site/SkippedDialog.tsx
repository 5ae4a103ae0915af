import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { consistencyInWords, skipInWords, tableInWords } from '../../src/backups/report-words.ts';
import type { SiteReport } from '../../src/backups/rules/site-report.ts';
import { numberInWords } from '../../src/platform/words.ts';
import { api } from '../api.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Table } from '../ui/Table.tsx';
import styles from './ChosenMoment.module.css';
import { siteWords } from './words.ts';

const mostShown = 200;

/** What a backup left out and why, as its own report says. */
export function SkippedDialog({ site, snapshot }: { site: string; snapshot: string }) {
  const words = useWords(siteWords).moment;
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={words.report.title}
      trigger={
        <button type="button" className={styles.link}>
          {words.skipped}
        </button>
      }
    >
      <Skipped site={site} snapshot={snapshot} />
    </Dialog>
  );
}

function Skipped({ site, snapshot }: { site: string; snapshot: string }) {
  const words = useWords(siteWords).moment.report;
  const language = useLanguage();
  const report = useQuery(
    api.backups.report.queryOptions({
      input: { site, snapshot },
      staleTime: Infinity,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract leaves the report open; this is its form
      select: (found) => found as unknown as SiteReport,
    }),
  );
  if (report.isError) return <ErrorNote error={report.error} onRetry={() => void report.refetch()} />;
  if (report.data === undefined) return <Skeleton />;
  const { skipped, skippedCounts, changedWhileRead, database } = report.data;
  const total = Object.values(skippedCounts).reduce((sum, count) => sum + count, 0);
  const tables = database.held ? database.skipped : [];
  const rows = [
    ...tables.map((table) => ({ key: `table ${table.name}`, path: table.name, why: tableInWords(table, language) })),
    ...skipped.map((one) => ({
      key: `${one.root}:${one.path}`,
      path: one.root === 'root' ? one.path || '/' : `${one.root}:${one.path}`,
      why: skipInWords(one, language),
    })),
  ];
  const number = (value: number) => numberInWords(value, language);
  return (
    <>
      {rows.length > 0 && <p>{words.count(number(total + tables.length), total + tables.length === 1)}</p>}
      {rows.length === 0 && database.held && <p>{words.none}</p>}
      {!database.held && <p>{words.noDatabase(tableInWords(database, language))}</p>}
      {database.held && !database.consistent && <p>{words.notConsistent(consistencyInWords(database, language))}</p>}
      {changedWhileRead.length > 0 && (
        <p>{words.changed(number(changedWhileRead.length), changedWhileRead.length === 1)}</p>
      )}
      {rows.length > 0 && (
        <Table
          caption={words.title}
          columns={[
            { key: 'path', title: words.path, cell: (row) => <code>{row.path}</code>, wraps: true },
            { key: 'why', title: words.why, cell: (row) => row.why, wraps: true },
          ]}
          rows={rows.slice(0, mostShown)}
          keyOf={(row) => row.key}
        />
      )}
      {rows.length > mostShown && <p>{words.shown(number(mostShown), number(rows.length))}</p>}
    </>
  );
}
