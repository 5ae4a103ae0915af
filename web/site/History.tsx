import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { actionInWords } from '../../src/audit/words.ts';
import type { Restore } from '../../src/backups/restore/contract.ts';
import type { Run } from '../../src/runs/contract.ts';
import { api } from '../api.ts';
import { thrownInWords, useErrorWords } from '../errors.ts';
import { useAccount } from '../shell/account.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Duration } from '../ui/Figures.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark, type State } from '../ui/StateMark.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { failureOf } from './run-failure.ts';
import styles from './SitePage.module.css';
import { UndoRestore } from './UndoRestore.tsx';
import { siteWords, type SiteWords } from './words.ts';

const pageSize = 20;

/** What happened to a site: work, restores, checks, and who did what; by page. */
export function History({ site }: { site: string }) {
  const words = useWords(siteWords).history;
  const account = useAccount();
  const tabs = [
    { key: 'work', title: words.tabs.work, content: <Work site={site} /> },
    { key: 'restores', title: words.tabs.restores, content: <Restores site={site} /> },
    { key: 'verifications', title: words.tabs.verifications, content: <Verifications site={site} /> },
    ...(account?.role === 'operator'
      ? [{ key: 'audit', title: words.tabs.audit, content: <Audit site={site} /> }]
      : []),
  ];
  return (
    <Panel title={words.title} className={styles.wide ?? ''}>
      <Tabs label={words.title} tabs={tabs} />
    </Panel>
  );
}

interface PagesProps<Row> {
  query: { data: readonly Row[] | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  caption: string;
  none: string;
  isFirst: boolean;
  onOlder: (last: Row) => void;
  onNewest: () => void;
}

/** A list that is leafed through towards the past. */
function Pages<Row>({ query, columns, keyOf, caption, none, isFirst, onOlder, onNewest }: PagesProps<Row>) {
  const words = useWords(siteWords).history;
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  const last = query.data.at(-1);
  return (
    <div className={styles.gaps}>
      {query.data.length === 0 ? (
        <p className={styles.soft}>{none}</p>
      ) : (
        <Table caption={caption} columns={columns} rows={query.data} keyOf={keyOf} stacks />
      )}
      <div className={styles.choice}>
        {!isFirst && (
          <Button size="small" onClick={onNewest}>
            {words.newest}
          </Button>
        )}
        {last !== undefined && query.data.length === pageSize && (
          <Button size="small" onClick={() => onOlder(last)}>
            {words.older}
          </Button>
        )}
      </div>
    </div>
  );
}

const marks: Record<keyof SiteWords['history']['states'], State> = {
  queued: 'work',
  running: 'work',
  done: 'well',
  failed: 'broken',
  cancelled: 'off',
  reverted: 'broken',
};

function Outcome({ state, children }: { state: keyof typeof marks; children?: ReactNode }) {
  const words = useWords(siteWords).history;
  return (
    <>
      <StateMark state={marks[state]}>{words.states[state]}</StateMark> {children}
    </>
  );
}

/** Why it failed, in the reader's language. */
function Failure({ error }: { error: NonNullable<Run['error']> }) {
  const language = useLanguage();
  useErrorWords(true);
  return <>{thrownInWords(failureOf(error), language).sentence}</>;
}

/** `person:jan@x.nl` as people say it. */
function Who({ name }: { name: string }) {
  const words = useWords(siteWords).history;
  return <>{name.startsWith('system:') ? words.system : name.replace(/^(?:person|token):/u, '')}</>;
}

function Work({ site }: { site: string }) {
  const { history: words, work } = useWords(siteWords);
  const [before, setBefore] = useState<string>();
  const runs = useQuery(
    api.runs.list.queryOptions({
      input: { site, limit: pageSize, ...(before === undefined ? {} : { before }) },
      placeholderData: keepPreviousData,
    }),
  );
  const took = (run: Run) =>
    run.startedAt === null || run.finishedAt === null ? (
      '–'
    ) : (
      <Duration ms={Date.parse(run.finishedAt) - Date.parse(run.startedAt)} />
    );
  return (
    <Pages
      query={runs}
      caption={words.tabs.work}
      none={words.noWork}
      isFirst={before === undefined}
      onOlder={(last) => setBefore(last.createdAt)}
      onNewest={() => setBefore(undefined)}
      keyOf={(run) => run.id}
      columns={[
        { key: 'when', title: words.when, cell: (run) => <Moment at={run.createdAt} how="short" quiet /> },
        {
          key: 'what',
          title: words.what,
          cell: (run) =>
            run.saga === 'restore-site' ? (
              <Link to="/sites/$site/restore" params={{ site }} search={{ run: run.id }}>
                {work.saga[run.saga]}
              </Link>
            ) : (
              (work.saga[run.saga] ?? run.saga)
            ),
        },
        {
          key: 'state',
          title: words.state,
          wraps: true,
          cell: (run) => (
            <Outcome state={run.state}>{run.state === 'failed' && run.error && <Failure error={run.error} />}</Outcome>
          ),
        },
        { key: 'took', title: words.took, cell: took, align: 'end' },
        { key: 'by', title: words.by, cell: (run) => <Who name={run.requestedBy} />, wraps: true },
      ]}
    />
  );
}

function Restores({ site }: { site: string }) {
  const words = useWords(siteWords).history;
  const [before, setBefore] = useState<string>();
  const restores = useQuery(
    api.restores.list.queryOptions({
      input: { site, limit: pageSize, ...(before === undefined ? {} : { before }) },
      placeholderData: keepPreviousData,
    }),
  );
  const what = ({ scope, undoOf, target }: Restore) => {
    const parts = [
      scope.files === 'all' && scope.tables === 'all' ? words.whole : undefined,
      scope.files === 'all' && scope.tables === 'none' ? words.onlyFiles : undefined,
      scope.tables === 'all' && scope.files === 'none' ? words.onlyDatabase : undefined,
      ...(Array.isArray(scope.files) ? scope.files.slice(0, 3) : []),
      ...(Array.isArray(scope.tables) ? scope.tables.slice(0, 3) : []),
      undoOf === null ? undefined : words.isUndo,
      target === 'site' ? undefined : words.targets[target],
    ];
    return parts.filter((part) => part !== undefined).join(', ');
  };
  return (
    <Pages
      query={restores}
      caption={words.tabs.restores}
      none={words.noRestores}
      isFirst={before === undefined}
      onOlder={(last) => setBefore(last.requestedAt)}
      onNewest={() => setBefore(undefined)}
      keyOf={(restore) => restore.id}
      columns={[
        {
          key: 'when',
          title: words.when,
          cell: (restore) => (
            <Link to="/sites/$site/restore" params={{ site }} search={{ run: restore.id }}>
              <Moment at={restore.requestedAt} how="short" quiet />
            </Link>
          ),
        },
        { key: 'what', title: words.of, cell: what, wraps: true },
        { key: 'state', title: words.state, cell: (restore) => <Outcome state={restore.state} /> },
        { key: 'by', title: words.by, cell: (restore) => <Who name={restore.requestedBy} />, wraps: true },
        {
          key: 'undo',
          title: '',
          cell: (restore) =>
            restore.undo.possible ? (
              <UndoRestore site={site} restore={restore} small />
            ) : (
              restore.undo.why === 'undone' && words.undoneBy
            ),
        },
      ]}
    />
  );
}

function Verifications({ site }: { site: string }) {
  const words = useWords(siteWords).history;
  const [before, setBefore] = useState<number>();
  const looks = useQuery(
    api.backups.verifications.queryOptions({
      input: { site, limit: pageSize, ...(before === undefined ? {} : { before }) },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Pages
      query={looks}
      caption={words.tabs.verifications}
      none={words.noVerifications}
      isFirst={before === undefined}
      onOlder={(last) => setBefore(last.id)}
      onNewest={() => setBefore(undefined)}
      keyOf={(look) => String(look.id)}
      columns={[
        { key: 'when', title: words.when, cell: (look) => <Moment at={look.endedAt} how="short" quiet /> },
        {
          key: 'what',
          title: words.what,
          cell: (look) =>
            look.kind === 'slice'
              ? words.verification.slice(String(look.slice?.part ?? 1), String(look.slice?.of ?? 1))
              : words.verification[look.kind],
        },
        {
          key: 'state',
          title: words.state,
          cell: (look) => <StateMark state={look.ok ? 'well' : 'broken'}>{look.ok ? words.good : words.bad}</StateMark>,
        },
        {
          key: 'took',
          title: words.took,
          align: 'end',
          cell: (look) => <Duration ms={Date.parse(look.endedAt) - Date.parse(look.beganAt)} />,
        },
      ]}
    />
  );
}

function Audit({ site }: { site: string }) {
  const words = useWords(siteWords).history;
  const language = useLanguage();
  const [before, setBefore] = useState<number>();
  const deeds = useQuery(
    api.audit.list.queryOptions({
      input: { site, limit: pageSize, ...(before === undefined ? {} : { before }) },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Pages
      query={deeds}
      caption={words.tabs.audit}
      none={words.noAudit}
      isFirst={before === undefined}
      onOlder={(last) => setBefore(last.id)}
      onNewest={() => setBefore(undefined)}
      keyOf={(deed) => String(deed.id)}
      columns={[
        { key: 'when', title: words.when, cell: (deed) => <Moment at={deed.at} how="short" quiet /> },
        { key: 'by', title: words.by, cell: (deed) => <Who name={deed.actor} />, wraps: true },
        { key: 'what', title: words.what, cell: (deed) => actionInWords(deed.action, language), wraps: true },
      ]}
    />
  );
}
