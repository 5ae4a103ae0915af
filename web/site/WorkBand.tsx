import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Run } from '../../src/runs/contract.ts';
import { api, client, queryClient } from '../api.ts';
import { thrownInWords, useErrorWords } from '../errors.ts';
import { useLive } from '../live.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { useLanguage, useWords } from '../ui/language.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Steps } from '../ui/Steps.tsx';
import { toast } from '../ui/toast.ts';
import { failureOf } from './run-failure.ts';
import { progressInWords } from './work-progress.ts';
import styles from './WorkBand.module.css';
import { siteWords } from './words.ts';

/** What runs for this site now, as the platform tells it. Undefined until it is known. */
export function useLiveRuns(site: string): readonly Run[] | undefined {
  return useLive(api.runs.live.experimental_liveOptions({ input: { site } }), () => false).data;
}

/** Work under way, phase by phase. Says what came of it when it is over, and has the page read anew. */
export function WorkBand({ site, runs }: { site: string; runs: readonly Run[] | undefined }) {
  const words = useWords(siteWords).work;
  const before = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (runs === undefined) return;
    const now = new Set(runs.map((run) => run.id));
    for (const id of before.current) if (!now.has(id)) void tellEnd(id, site, words);
    before.current = now;
  }, [runs, site, words]);
  return (
    <>
      {runs?.map((run) => (
        <RunBand key={run.id} run={run} />
      ))}
    </>
  );
}

async function tellEnd(id: string, site: string, words: ReturnType<typeof siteWords>['work']): Promise<void> {
  const run = await client.runs.get({ run: id }).catch(() => undefined);
  await refreshSite(site);
  if (run === undefined || run.state === 'cancelled') return;
  const saga = words.saga[run.saga] ?? run.saga;
  if (run.state === 'done') toast(words.done(saga), { tone: 'well' });
  if (run.state === 'failed') toast(words.failed(saga), { tone: 'broken' });
}

/** Everything on this page that a run may have changed. */
export async function refreshSite(site: string): Promise<void> {
  const keys = [
    api.sites.show.key(),
    api.sites.limits.key(),
    api.overview.sites.key(),
    api.runs.list.key(),
    api.restores.list.key(),
    api.backups.verifications.key(),
    api.backups.settings.key({ input: { site } }),
    api.audit.list.key(),
    api.moments.key(),
  ];
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

/** One run. `leave`: says that the page can be left. */
export function RunBand({ run, leave = true }: { run: Run; leave?: boolean }) {
  const { work: words } = useWords(siteWords);
  const language = useLanguage();
  const saga = words.saga[run.saga] ?? run.saga;
  const { detail, share } = progressInWords(run, words, language);
  return (
    <Panel tone="work" className={styles.band}>
      <div className={styles.head}>
        <StateMark state="work">{saga.slice(0, 1).toUpperCase() + saga.slice(1)}</StateMark>
        <span className={styles.note}>
          {run.state === 'queued' ? words.queued : run.attempt > 1 ? words.attempt(String(run.attempt)) : ''}
        </span>
        <StopRun run={run} />
      </div>
      <Steps
        label={`${words.label}: ${saga}`}
        steps={run.steps.map(({ name, state }) => ({
          key: name,
          name: words.step[name] ?? name,
          state,
          detail: state === 'now' && detail !== '' ? <StepDetail detail={detail} share={share} /> : undefined,
        }))}
      />
      {run.error !== null && run.state === 'running' && <LastError error={run.error} />}
      {leave && <p className={styles.leave}>{words.leave}</p>}
    </Panel>
  );
}

/** What the last attempt met; the next one is under way. */
function LastError({ error }: { error: NonNullable<Run['error']> }) {
  const language = useLanguage();
  useErrorWords(true);
  return <p className={styles.error}>{thrownInWords(failureOf(error), language).sentence}</p>;
}

function StepDetail({ detail, share }: { detail: string; share: number | null }) {
  return (
    <>
      {detail}
      {share !== null && (
        <span className={styles.track} aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </>
  );
}

function StopRun({ run }: { run: Run }) {
  const { work: words } = useWords(siteWords);
  const [open, setOpen] = useState(false);
  const cancel = useMutation(
    api.runs.cancel.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        toast(words.stopped);
      },
    }),
  );
  return (
    <AlertDialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" look="quiet" className={styles.stop}>
          {words.stop}
        </Button>
      }
      title={words.stopTitle}
      confirm={words.stop}
      working={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate({ run: run.id })}
    >
      {words.stopText}
    </AlertDialog>
  );
}
