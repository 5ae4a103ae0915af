import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Changes as ChangesData, MomentView } from '../../src/backups/moments/contract.ts';
import { numberInWords } from '../../src/platform/words.ts';
import { api } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Table } from '../ui/Table.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { ChangedFiles } from './ChangedFiles.tsx';
import styles from './Changes.module.css';
import { siteWords } from './words.ts';

/** What changed between a moment and now, or the one before it. */
export function Changes({ site, moment }: { site: string; moment: MomentView }) {
  const words = useWords(siteWords).changes;
  const [tab, setTab] = useState<string>();
  const shown = tab ?? (moment.isNewest ? 'previous' : 'now');
  return (
    <Tabs
      label={words.label}
      value={shown}
      onChange={setTab}
      tabs={[
        { key: 'now', title: words.sinceTab, content: <ChangesOf site={site} moment={moment} against="now" /> },
        {
          key: 'previous',
          title: words.beforeTab,
          content: <ChangesOf site={site} moment={moment} against="previous" />,
        },
      ]}
    />
  );
}

function ChangesOf({ site, moment, against }: { site: string; moment: MomentView; against: 'now' | 'previous' }) {
  const words = useWords(siteWords).changes;
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const isEmpty = against === 'now' ? moment.isNewest : moment.previous === null;
  const changes = useQuery(
    api.moments.changes.queryOptions({
      input: { site, snapshot: moment.id, against },
      enabled: !isEmpty,
      staleTime: 60_000,
    }),
  );
  if (isEmpty) return <p className={styles.soft}>{against === 'now' ? words.isNewest : words.first}</p>;
  if (changes.isError) return <ErrorNote error={changes.error} onRetry={() => void changes.refetch()} />;
  if (changes.data === undefined) return <Skeleton lines={2} />;
  const { data } = changes;
  if (data.equal) return <p>{words.equal}</p>;
  const when =
    against === 'now' || data.from === null
      ? words.since
      : words.before(dateAndTime(new Date(data.from.takenAt), { language }));
  return (
    <div className={styles.changes}>
      <FileFigures files={data.files} when={when} />
      <TableFigures list={data.tables.list} />
      {data.from !== null && (
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.fold : words.unfold}
        </Button>
      )}
      {open && data.from !== null && (
        <>
          <h4>{words.files}</h4>
          <ChangedFiles site={site} from={data.from.id} to={data.to.id} />
          {data.tables.list.length > 0 && (
            <>
              <h4>{words.tables}</h4>
              <ChangedTables list={data.tables.list} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** `+ 214 files added, ± 31 changed, − 2 gone`. */
export function FileFigures({ files, when }: { files: ChangesData['files']; when?: string }) {
  const words = useWords(siteWords).changes;
  const language = useLanguage();
  const number = (value: number) => numberInWords(value, language);
  const parts = [
    { key: 'added', sign: '+', look: styles.plus, count: files.added, text: words.added },
    { key: 'changed', sign: '±', look: styles.change, count: files.changed, text: words.changed },
    { key: 'removed', sign: '−', look: styles.minus, count: files.removed, text: words.removed },
  ].filter((part) => part.count > 0);
  return (
    <p>
      {parts.length === 0 && words.noFiles}
      {parts.map((part, at) => (
        <span key={part.key}>
          {at > 0 && ', '}
          <span className={part.look}>
            <span aria-hidden="true">{part.sign} </span>
            {part.text(number(part.count), part.count === 1)}
          </span>
        </span>
      ))}
      {when !== undefined && <span className={styles.soft}> {when}</span>}
    </p>
  );
}

type TableList = ChangesData['tables']['list'];
const fewTables = 5;

function TableFigures({ list }: { list: TableList }) {
  const words = useWords(siteWords).changes;
  const language = useLanguage();
  const number = (value: number) => numberInWords(value, language);
  if (list.length === 0) return null;
  const rest = list.length - fewTables;
  return (
    <p>
      {list.slice(0, fewTables).map((table, at) => (
        <span key={table.name}>
          {at > 0 && ', '}
          <TableChange table={table} /> <code className={styles.name}>{table.name}</code>
        </span>
      ))}
      {rest > 0 && <span className={styles.soft}> {words.moreTables(number(rest), rest === 1)}</span>}
    </p>
  );
}

function TableChange({ table }: { table: TableList[number] }) {
  const words = useWords(siteWords).changes;
  const language = useLanguage();
  const number = (value: number) => numberInWords(value, language);
  const more = (table.rowsAfter ?? 0) - (table.rowsBefore ?? 0);
  if (table.kind === 'added')
    return <span className={styles.plus}>+ {words.tableNew(number(table.rowsAfter ?? 0))}</span>;
  if (table.kind === 'removed') return <span className={styles.minus}>− {words.tableGone}</span>;
  if (more > 0) return <span className={styles.plus}>+ {words.rowsMore(number(more), more === 1)}</span>;
  if (more < 0) return <span className={styles.minus}>− {words.rowsLess(number(-more), more === -1)}</span>;
  return <span className={styles.change}>± {words.rowsOther}</span>;
}

function ChangedTables({ list }: { list: TableList }) {
  const words = useWords(siteWords).changes;
  const language = useLanguage();
  const rows = (value: number | null) => (value === null ? '–' : numberInWords(value, language));
  return (
    <Table
      caption={words.tables}
      columns={[
        { key: 'name', title: words.table, cell: (row) => <code>{row.name}</code>, wraps: true },
        { key: 'kind', title: words.kind, cell: (row) => words.kinds[row.kind] },
        { key: 'before', title: words.rowsBefore, cell: (row) => rows(row.rowsBefore), align: 'end' },
        { key: 'after', title: words.rowsAfter, cell: (row) => rows(row.rowsAfter), align: 'end' },
      ]}
      rows={list}
      keyOf={(row) => row.name}
      stacks
    />
  );
}
