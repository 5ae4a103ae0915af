import { recordAudit } from '../../audit/index.ts';
import { decodePath } from '../../connector/index.ts';
import { requireScope, type Actor } from '../../identity/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { startSaga } from '../../platform/saga/index.ts';
import { getSite, notPaired, siteSubject } from '../../sites/index.ts';
import { backupSite } from '../make-backup.ts';
import { withRepository } from './hold-repository.ts';
import { restoreRow, restoreSite, type RestoreSiteInput } from './restore-site.ts';
import { chooseScope, type RestoreRequest, type RestoreScope } from './rules/choose-scope.ts';
import { findSnapshot } from './snapshot-contents.ts';
import { findRestore, insertRestore, listRestores, type RestoreRow } from './store.ts';

export interface StartedRestore {
  restoreId: string;
  runId: string;
}

/** Asks for a restore onto the site. Throws `snapshot-unknown`, `restore-scope-wrong`, `subject-busy`. */
export async function requestRestore(
  platform: Platform,
  actor: Actor,
  input: RestoreRequest & { site: string; snapshot: string },
): Promise<StartedRestore> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  const scope = scopeOf(input);
  const snapshot = await withRepository(platform, site.id, async (repository) =>
    findSnapshot(repository, site.id, input.snapshot),
  );
  return begin(platform, actor, { siteId: site.id, snapshot: snapshot.id, scope });
}

/** Goes back to the state that was kept before a restore: the same restore the other way round. */
export async function undoRestore(
  platform: Platform,
  actor: Actor,
  input: { site: string; restore: string },
): Promise<StartedRestore> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  const row = await restoreToUndo(platform, site.id, input.restore);
  const [first, second] = row.present;
  if (first === undefined) throw nothingToUndo(row.id);
  return begin(platform, actor, {
    siteId: site.id,
    snapshot: first,
    // With a broken wp-config the tables of before could only be kept in a second snapshot.
    ...(second === undefined ? {} : { tablesSnapshot: second }),
    scope: row.scope,
    undoOf: row.id,
  });
}

/**
 * Keeps the state of the site as it is now, whatever can be read of it, so that a preview speaks of this moment. The
 * run's result names the snapshot.
 */
export async function lookAtPresent(
  platform: Platform,
  actor: Actor,
  input: { site: string },
): Promise<{ runId: string }> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  if (site.paired_at === null) throw notPaired(site);
  const saga = { siteId: site.id, reason: 'before-restore', allowPartial: true } as const;
  const { runId } = await startSaga(platform, backupSite, saga, { requestedBy: actor.name, priority: 10 });
  const at = platform.clock.now();
  await recordAudit(platform.db, actor, {
    action: 'present-state-kept',
    subject: siteSubject(site.id),
    details: { runId },
    at,
  });
  return { runId };
}

/** The scope that a person asked for; throws `restore-scope-wrong`. */
export function scopeOf(request: RestoreRequest): RestoreScope {
  const choice = chooseScope(request);
  if (choice.ok && hasWirePaths(choice.scope)) return choice.scope;
  const { value, why } = choice.ok ? { value: String(request.files), why: 'bad-path' } : choice;
  throw new NachtwachtError({
    code: 'restore-scope-wrong',
    kind: 'bad-input',
    message: `"${value.slice(0, 200)}" is not ${why === 'bad-path' ? 'a path inside the site' : 'the name of a table'}.`,
    nextStep: 'Write paths from the folder of WordPress on (wp-content/uploads), and table names with their prefix.',
    retryable: false,
  });
}

/** Whether every path is one that a file can have, as `decodePath` reads it later on, when the answer has begun. */
function hasWirePaths({ files }: RestoreScope): boolean {
  if (typeof files === 'string') return true;
  try {
    for (const { path } of files) decodePath(path);
    return true;
  } catch {
    return false;
  }
}

async function begin(
  platform: Platform,
  actor: Actor,
  input: Omit<RestoreSiteInput, 'requestedBy'>,
): Promise<StartedRestore> {
  const at = platform.clock.now();
  const saga = { ...input, requestedBy: actor.name };
  const { runId, isNew } = await startSaga(platform, restoreSite, saga, { requestedBy: actor.name, priority: 10 });
  if (!isNew) {
    throw new NachtwachtError({
      code: 'restore-running',
      kind: 'conflict',
      message: 'A restore of this site is under way already.',
      nextStep: `Wait until it ends, or stop it: nachtwacht run cancel ${runId}`,
      retryable: true,
      details: { runId },
    });
  }
  await platform.db.transaction().execute(async (trx) => {
    await insertRestore(trx, restoreRow(runId, saga, at));
    const details = { snapshot: input.snapshot, scope: input.scope, restore: runId, undoOf: input.undoOf ?? null };
    await recordAudit(trx, actor, { action: 'restore-asked', subject: siteSubject(input.siteId), details, at });
  });
  return { restoreId: runId, runId };
}

async function restoreToUndo(platform: Platform, siteId: string, wanted: string): Promise<RestoreRow> {
  const row =
    wanted === 'latest'
      ? (await listRestores(platform.db, siteId, 20)).find((one) => one.state === 'done' && one.target === 'site')
      : /^[0-9a-f-]{36}$/u.test(wanted)
        ? await findRestore(platform.db, wanted)
        : undefined;
  if (row !== undefined && row.siteId === siteId && row.state === 'done' && row.target === 'site') return row;
  throw nothingToUndo(wanted);
}

function nothingToUndo(wanted: string): NachtwachtError {
  return new NachtwachtError({
    code: 'restore-unknown',
    kind: 'not-found',
    message: `This site has no finished restore ${wanted} that could be undone.`,
    nextStep: 'List them: nachtwacht restore list SITE',
    retryable: false,
  });
}
