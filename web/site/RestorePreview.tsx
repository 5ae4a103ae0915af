import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Preview } from '../../src/backups/restore/contract.ts';
import { restoreWords } from '../../src/backups/restore/words.ts';
import { bytesInWords, numberInWords } from '../../src/platform/words.ts';
import type { Site } from '../../src/sites/contract.ts';
import { api } from '../api.ts';
import { useLive } from '../live.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { dateAndTime } from '../ui/moment-words.ts';
import { Panel } from '../ui/Panel.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Table } from '../ui/Table.tsx';
import { ChangedFiles } from './ChangedFiles.tsx';
import { restoreScreenWords } from './restore-words.ts';
import styles from './Restore.module.css';
import { scopeOf, type Choice } from './scope.ts';
import { RunBand } from './WorkBand.tsx';

interface PreviewProps {
  site: Site;
  snapshot: string;
  choice: Choice;
  /** The state it is compared with: `latest`, or that of a fresh look. */
  present: string;
  onPresent: (present: string) => void;
  onBack: () => void;
  onNext: () => void;
}

/** What will change, with numbers and reasons, before anything happens. */
export function RestorePreview({ site, snapshot, choice, present, onPresent, onBack, onNext }: PreviewProps) {
  const words = useWords(restoreScreenWords);
  const [look, setLook] = useState<string>();
  const preview = useQuery(
    api.restores.preview.queryOptions({
      input: { site: site.id, snapshot, present, ...scopeOf(choice) },
      staleTime: 30_000,
    }),
  );
  const ask = useMutation(api.restores.look.mutationOptions({ onSuccess: ({ runId }) => setLook(runId) }));
  const isNothing = preview.data?.plan.order.why === 'equal';
  const isRefused = preview.data?.plan.order.ok === false;
  return (
    <Panel title={words.steps.look}>
      {preview.isError && <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <Skeleton lines={5} />}
      {preview.data && <Plan site={site.id} preview={preview.data} choice={choice} />}
      {look !== undefined && (
        <Look
          run={look}
          onSeen={(found) => {
            setLook(undefined);
            onPresent(found ?? 'latest');
            void preview.refetch();
          }}
        />
      )}
      {ask.error !== null && <ErrorNote error={ask.error} />}
      <div className={styles.actions}>
        <Button onClick={onBack}>{words.back}</Button>
        <Button look="primary" disabled={preview.data === undefined || isNothing || isRefused} onClick={onNext}>
          {words.next}
        </Button>
        {look === undefined && (
          <Button
            look="quiet"
            working={ask.isPending}
            title={words.preview.lookHint}
            onClick={() => ask.mutate({ site: site.id })}
          >
            {words.preview.lookAgain}
          </Button>
        )}
      </div>
    </Panel>
  );
}

/** Follows the look at the present state; then the preview speaks of this moment. */
function Look({ run, onSeen }: { run: string; onSeen: (snapshot: string | undefined) => void }) {
  const words = useWords(restoreScreenWords).preview;
  const seen = useLive(
    api.runs.watch.experimental_liveOptions({ input: { run } }),
    (one) => one.state !== 'queued' && one.state !== 'running',
  );
  const isOver = seen.data !== undefined && seen.data.state !== 'queued' && seen.data.state !== 'running';
  const [told, setTold] = useState(false);
  if (isOver && !told) {
    setTold(true);
    const result: unknown = seen.data?.result;
    const id =
      typeof result === 'object' && result !== null && 'snapshotId' in result && typeof result.snapshotId === 'string'
        ? result.snapshotId
        : undefined;
    queueMicrotask(() => onSeen(id));
  }
  return (
    <div className={styles.block}>
      <p>{words.looking}</p>
      {seen.data !== undefined && !isOver && <RunBand run={seen.data} />}
      {seen.isError && <ErrorNote error={seen.error} />}
    </div>
  );
}

function Plan({ site, preview, choice }: { site: string; preview: Preview; choice: Choice }) {
  const words = useWords(restoreScreenWords).preview;
  const language = useLanguage();
  const when = (at: string) => dateAndTime(new Date(at), { language });
  return (
    <>
      <p>{words.sentence(when(preview.presentAt), when(preview.takenAt))}</p>
      {preview.plan.order.why === 'equal' && (
        <p className={styles.block}>
          <StateMark state="well">{words.nothing}</StateMark>
        </p>
      )}
      {preview.warnings.length > 0 && (
        <ul className={styles.warnings} aria-label={words.warnings}>
          {preview.warnings.map((warning) => (
            <li key={`${warning.code} ${warning.en}`}>
              <StateMark state={warning.severe ? 'broken' : 'unsure'}>{warning[language]}</StateMark>
            </li>
          ))}
        </ul>
      )}
      <FilesPlan site={site} preview={preview} choice={choice} />
      <TablesPlan preview={preview} />
      <Kept preview={preview} />
      <p className={styles.block}>{words.undo}</p>
    </>
  );
}

function FilesPlan({ site, preview, choice }: { site: string; preview: Preview; choice: Choice }) {
  const words = useWords(restoreScreenWords).preview;
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const { files } = preview.plan;
  const counted = (count: number, text: (count: string, isOne: boolean) => string) =>
    count === 0 ? [] : [text(numberInWords(count, language), count === 1)];
  const lines = [
    ...counted(files.added, words.added),
    ...counted(files.changed, words.changed),
    ...counted(files.removed, words.removed),
    ...counted(files.modesChanged, words.modes),
  ];
  const hasFiles = files.added + files.changed + files.removed > 0;
  return (
    <div className={styles.block}>
      <h3>{words.filesTitle}</h3>
      {files.scope === 'none' ? (
        <p>{words.noFiles}</p>
      ) : lines.length === 0 ? (
        <p>{words.filesSame}</p>
      ) : (
        <>
          <ul className={styles.plain}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className={styles.soft}>{words.travel(bytesInWords(files.bytes, language))}</p>
        </>
      )}
      {hasFiles && (
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.hide : words.show}
        </Button>
      )}
      {open && <ChangedFiles site={site} from={preview.present} to={preview.snapshot} scope={scopeOf(choice)} />}
    </div>
  );
}

function TablesPlan({ preview }: { preview: Preview }) {
  const words = useWords(restoreScreenWords).preview;
  const language = useLanguage();
  const why = restoreWords(language).tableWhy;
  const { tables } = preview.plan;
  const same = tables.changes.filter((change) => change.action === 'same').length;
  const changes = tables.changes.filter((change) => change.action !== 'same');
  const rows = (value: number | undefined) => (value === undefined ? '–' : numberInWords(value, language));
  return (
    <div className={styles.block}>
      <h3>{words.tableTitle}</h3>
      {tables.scope === 'none' && <p>{words.noTables}</p>}
      {changes.length > 0 && (
        <Table
          caption={words.tableTitle}
          columns={[
            { key: 'name', title: words.table, cell: (row) => <code>{row.name}</code>, wraps: true },
            { key: 'now', title: words.rowsNow, cell: (row) => rows(row.rowsNow), align: 'end' },
            { key: 'then', title: words.rowsThen, cell: (row) => rows(row.rowsThen), align: 'end' },
            { key: 'happens', title: words.happens, cell: (row) => words.actions[row.action] },
            { key: 'why', title: words.why, cell: (row) => why[row.why], wraps: true },
          ]}
          rows={changes}
          keyOf={(row) => row.name}
          stacks
        />
      )}
      {same > 0 && <p className={styles.soft}>{words.same(numberInWords(same, language), same === 1)}</p>}
    </div>
  );
}

function Kept({ preview }: { preview: Preview }) {
  const words = useWords(restoreScreenWords).preview;
  const language = useLanguage();
  const { kept, keptCount } = preview.plan;
  const why: Readonly<Record<string, string>> = restoreWords(language).kept;
  if (keptCount === 0) return null;
  const shown = kept.slice(0, 10);
  const rest = keptCount - shown.length;
  return (
    <div className={styles.block}>
      <h3>{words.keptTitle}</h3>
      <ul className={styles.plain}>
        {shown.map((one) => (
          <li key={`${one.root}:${one.path}`}>
            <code>{one.path}</code> <span className={styles.soft}>{why[one.why] ?? one.why}</span>
          </li>
        ))}
        {rest > 0 && <li className={styles.soft}>{words.more(numberInWords(rest, language), rest === 1)}</li>}
      </ul>
    </div>
  );
}
