import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { findRun, startSaga, type StartedSaga } from '../platform/saga/index.ts';
import { getSite, notPaired, siteSubject } from '../sites/index.ts';
import { backupSite, type BackupResult } from './make-backup.ts';
import type { BackupReason } from './rules/snapshot-layout.ts';

/**
 * Asks for a backup now. A backup of the site that is queued or running already is the answer (`isNew` false);
 * other work on the site is `subject-busy`. `site`: id or address.
 */
export async function requestBackup(
  platform: Platform,
  actor: Actor,
  input: { site: string; reason?: BackupReason },
): Promise<StartedSaga> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  if (site.paired_at === null) throw notPaired(site);
  const reason = input.reason ?? 'by-hand';
  const started = await startSaga(
    platform,
    backupSite,
    { siteId: site.id, reason },
    { requestedBy: actor.name, priority: reason === 'daily' || reason === 'hourly' ? 0 : 10 },
  );
  if (started.isNew)
    await recordAudit(platform.db, actor, {
      action: 'backup-requested',
      subject: siteSubject(site.id),
      details: { runId: started.runId, reason },
      at: platform.clock.now(),
    });
  return started;
}

const lookEveryMs = 500;

/** Waits until a backup's run is over and gives its result; throws what the run failed with. */
export async function waitForBackup(platform: Platform, runId: string, signal?: AbortSignal): Promise<BackupResult> {
  for (;;) {
    const run = await findRun(platform.db, runId);
    if (run === undefined || run.state === 'cancelled') throw notDone(runId, run?.state ?? 'unknown', run?.error);
    if (run.state === 'failed') throw notDone(runId, run.state, run.error);
    if (run.state === 'done') {
      if (isResult(run.result)) return run.result;
      throw notDone(runId, 'done without a result', undefined);
    }
    await platform.clock.sleep(lookEveryMs, signal);
  }
}

/**
 * For other capabilities, before they change a site: a backup whose reading begins after this call. One that runs
 * already is waited for first, as it may have read what has changed since.
 */
export async function backupBeforeChange(
  platform: Platform,
  actor: Actor,
  input: { site: string; reason: 'before-update' | 'before-restore' },
  signal?: AbortSignal,
): Promise<BackupResult> {
  for (;;) {
    const started = await requestBackup(platform, actor, input);
    const result = await waitForBackup(platform, started.runId, signal).catch((error: unknown) => {
      if (started.isNew) throw error;
    });
    if (started.isNew && result !== undefined) return result;
  }
}

function isResult(value: unknown): value is BackupResult {
  return typeof value === 'object' && value !== null && 'snapshotId' in value && 'figures' in value;
}

function notDone(runId: string, state: string, error: unknown): NachtwachtError {
  const facts = (error ?? {}) as { code?: string; message?: string; nextStep?: string };
  return new NachtwachtError({
    code: 'backup-not-made',
    kind: 'conflict',
    message: `The backup ended as ${state}${facts.message === undefined ? '' : `: ${facts.message}`}`,
    nextStep: facts.nextStep ?? 'Start it again.',
    retryable: state === 'failed',
    details: { runId, state, ...(facts.code === undefined ? {} : { code: facts.code }) },
  });
}
