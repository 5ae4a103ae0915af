import { createHash } from 'node:crypto';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { defineSaga } from '../../platform/saga/index.ts';
import type { SagaRun } from '../../platform/saga-types.ts';
import type { Id, RepositoryApi } from '../../restic/index.ts';
import { ConnectorError, type SiteClient } from '../../connector/index.ts';
import { connectToSite, getSiteById } from '../../sites/index.ts';
import { makeBackup } from '../make-backup.ts';
import { withRepository } from './hold-repository.ts';
import { makePlan, type RestorePlan } from './make-plan.ts';
import type { RestoreScope } from './rules/choose-scope.ts';
import { pluginFolderOf } from './rules/own-places.ts';
import { findSnapshot } from './snapshot-contents.ts';
import { sendPlan, stageFiles } from './stage-files.ts';
import { findRestore, insertRestore, updateRestore, type NewRestore } from './store.ts';
import { isHalfSwapped, revertSite, swapSite } from './swap-site.ts';
import { loadTables, swapTables } from './load-tables.ts';

export interface RestoreSiteInput {
  siteId: string;
  /** Full id. */
  snapshot: string;
  /** Snapshot of which the tables are taken, when it is another one. */
  tablesSnapshot?: string;
  scope: RestoreScope;
  requestedBy: string;
  undoOf?: string;
}

/** Evidence of one restore: what was done, when, and that it was looked at afterwards. */
export interface RestoreEvidence {
  files: number;
  bytes: number;
  removed: number;
  tables: number;
  rows: number;
  /** Row bytes that were sent; the other rows were copied on the server. */
  rowBytes: number;
  checked: number;
  changedSince: string[];
  left: string[];
  /** Views, triggers, routines and events that the database did not take back. */
  notMade: string[];
  order: string;
  presentComplete: boolean;
  presentGaps: string[];
  seconds: number;
}

interface Present {
  snapshot: Id;
  tree: Id;
  complete: boolean;
  gaps: string[];
  hasDatabase: boolean;
}

/**
 * Puts a site back. Numbered as the journal has it: 1 the snapshot is there; 2 the present state is kept; 3 the plan;
 * 4 files staged beside; 5 tables loaded beside; 6 both swapped, checked, or put back; 7 what is left over goes away.
 * Until 6 the live site is not touched, and after it the old one is back or the new one was found right.
 */
export const restoreSite = defineSaga<RestoreSiteInput, RestoreEvidence>({
  name: 'restore-site',
  subject: ({ siteId }) => `site:${siteId}`,
  run: async (run, input, platform) => {
    const began = await run.step('begin', async () => ({ at: platform.clock.now().getTime() }));
    await insertRestore(platform.db, restoreRow(run.runId, input, new Date(began.at)));
    await updateRestore(platform.db, run.runId, { state: 'running' });
    const wanted = await run.step('snapshot', () =>
      withRepository(platform, input.siteId, async (repository) => treesOf(repository, input)),
    );
    const present = await run.step('present', () => keepPresent(run, input, platform));
    await updateRestore(platform.db, run.runId, { present: [present.snapshot] });
    return withSite(run, input, platform, async (repository, site) => {
      const siteRow = await getSiteById(platform.db, input.siteId);
      const plan = await makePlan(repository, {
        present: present.tree,
        wanted: wanted.tree,
        wantedTables: wanted.tablesTree,
        scope: input.scope,
        pluginFolder: pluginFolderOf(siteRow.entries),
      });
      await updateRestore(platform.db, run.runId, { plan: plan.summary });
      const swapped = await putBack(run, input, platform, { repository, site, plan, present });
      const evidence: RestoreEvidence = {
        ...swapped,
        presentComplete: present.complete,
        presentGaps: present.gaps,
        seconds: (platform.clock.now().getTime() - began.at) / 1000,
      };
      await run.step('finish', async () => {
        await forget(site, stageName(run.runId), swapped.tables > 0);
        await updateRestore(platform.db, run.runId, {
          state: 'done',
          evidence,
          smallJob: true,
          finishedAt: platform.clock.now(),
        });
        return true;
      });
      return evidence;
    });
  },
  cleanUp: async (run, input, platform, why) => {
    const row = await findRestore(platform.db, run.runId);
    if (row?.state === 'done') return;
    const half = await isHalfSwapped(run);
    const end = (state: 'reverted' | 'failed', stillHalf: boolean) =>
      updateRestore(platform.db, run.runId, {
        state,
        evidence: { why, stillHalf },
        finishedAt: platform.clock.now(),
      });
    const site = await connectToSite(platform, input.siteId, { claim: run.claim, signal: run.signal });
    try {
      if (half) await revertSite({ site, stage: stageName(run.runId), run });
      await end(half ? 'reverted' : 'failed', false);
      await forget(site, stageName(run.runId), true);
    } catch (error) {
      // Said as it is: somebody has to look; the run's alarm stands.
      if ((await findRestore(platform.db, run.runId))?.state === 'running') await end('failed', half);
      throw error;
    } finally {
      site.close();
    }
  },
});

/** Written when it is asked for and again when it begins: whichever comes first counts. */
export function restoreRow(runId: string, input: RestoreSiteInput, at: Date): NewRestore {
  return {
    id: runId,
    siteId: input.siteId,
    snapshot: input.snapshot,
    scope: input.scope,
    target: 'site',
    requestedBy: input.requestedBy,
    requestedAt: at,
    undoOf: input.undoOf ?? null,
  };
}

interface Ground {
  repository: RepositoryApi;
  site: SiteClient;
  plan: RestorePlan;
  present: Present;
}

type Done = Omit<RestoreEvidence, 'presentComplete' | 'presentGaps' | 'seconds'>;

async function putBack(run: SagaRun, input: RestoreSiteInput, platform: Platform, ground: Ground): Promise<Done> {
  const { repository, site, plan } = ground;
  const { order } = plan.summary;
  const { operations } = plan.files;
  if (!order.ok) throw databaseUnreachable();
  if (order.order === 'nothing') return nothingDone();
  const stage = stageName(run.runId);
  let sha256: ReadonlyMap<string, string> = new Map();
  if (operations.length > 0 && !(await wasSwapped(run))) {
    const staged = await stageFiles(site, repository, stage, operations, ({ files, bytes, detail }) =>
      run.progress({
        step: 'stage-files',
        filesDone: files,
        filesTotal: plan.files.added + plan.files.changed,
        bytesDone: bytes,
        bytesTotal: plan.files.bytes,
        detail,
      }),
    );
    sha256 = staged.sha256;
    await sendPlan(site, stage, operations);
    await run.step('files-staged', async () => ({ files: staged.files, bytes: staged.bytes }));
  }
  const todo = plan.tables.filter((table) => table.action !== 'same' && table.action !== 'kept');
  let rows = 0;
  let rowBytes = 0;
  const load = async (): Promise<void> => {
    const done = await run.step('tables-loaded', () => loadTables({ run, site, repository, stage, plan }));
    rows = done.rows;
    rowBytes = done.bytesSent;
  };
  if (todo.length > 0 && order.order !== 'files-first') await load();
  const outcome = await swapSite({
    run,
    site,
    repository,
    stage,
    order: order.order,
    operations,
    sha256,
    loadTables:
      todo.length === 0
        ? undefined
        : async () => {
            // Only now can the tables of before be read: keep them too, so that this can be undone.
            const second = await run.step('present-tables', () => keepPresent(run, input, platform, 'tables/'));
            await updateRestore(platform.db, run.runId, { present: [ground.present.snapshot, second.snapshot] });
            await load();
          },
    swapTables: todo.length === 0 ? undefined : () => swapTables({ site, repository, stage, plan }),
  });
  return {
    files: plan.files.added + plan.files.changed,
    bytes: plan.files.bytes,
    removed: plan.files.removed,
    tables: todo.length,
    rows,
    rowBytes,
    checked: outcome.verdict.checked,
    changedSince: outcome.verdict.changedSince.slice(0, 100).map((one) => one.path),
    left: outcome.left.slice(0, 100),
    notMade: outcome.notMade.slice(0, 100),
    order: order.order,
  };
}

async function keepPresent(
  run: SagaRun,
  input: RestoreSiteInput,
  platform: Platform,
  prefix = 'present/',
): Promise<Present> {
  const made = await makeBackup(
    run,
    { siteId: input.siteId, reason: 'before-restore', allowPartial: true },
    platform,
    prefix,
  );
  return withRepository(platform, input.siteId, async (repository) => {
    const snapshot = await findSnapshot(repository, input.siteId, made.snapshotId);
    return {
      snapshot: snapshot.id,
      tree: snapshot.tree,
      complete: made.complete,
      gaps: made.gaps.map((gap) => `${gap.code}: ${gap.examples.join(', ')}`),
      hasDatabase: !made.gaps.some((gap) => gap.code === 'database-missing'),
    };
  });
}

async function treesOf(repository: RepositoryApi, input: RestoreSiteInput): Promise<{ tree: Id; tablesTree?: Id }> {
  const { tree } = await findSnapshot(repository, input.siteId, input.snapshot);
  if (input.tablesSnapshot === undefined) return { tree };
  return { tree, tablesTree: (await findSnapshot(repository, input.siteId, input.tablesSnapshot)).tree };
}

/** Repository (held by a shared lock, so that nothing is pruned meanwhile) and connection, closed again afterwards. */
async function withSite<T>(
  run: SagaRun,
  input: RestoreSiteInput,
  platform: Platform,
  work: (repository: RepositoryApi, site: SiteClient) => Promise<T>,
): Promise<T> {
  return withRepository(platform, input.siteId, async (repository) => {
    const site = await connectToSite(platform, input.siteId, { claim: run.claim, signal: run.signal });
    try {
      await site.status();
      return await work(repository, site);
    } finally {
      site.close();
    }
  });
}

/** Names the stage and the new tables on the site: 32 hex digits, the same for every attempt of a run. */
export function stageName(runId: string): string {
  return createHash('sha256').update(runId).digest('hex').slice(0, 32);
}

/** Forgets what was staged, loaded and kept for going back. Safe to repeat. */
async function forget(site: SiteClient, stage: string, tablesToo: boolean): Promise<void> {
  await site.files.dropStage(stage);
  if (!tablesToo) return;
  try {
    await site.database.dropLoad(stage);
  } catch (error) {
    // Without a database there is nothing of ours in it.
    if (!(error instanceof ConnectorError) || !WITHOUT_DATABASE.has(error.code)) throw error;
  }
}

const WITHOUT_DATABASE = new Set(['db-unreachable', 'needs-wordpress']);

async function wasSwapped(run: SagaRun): Promise<boolean> {
  return (await run.lastCheckpoint<string>('phase')) !== undefined;
}

function nothingDone(): Done {
  return {
    files: 0,
    bytes: 0,
    removed: 0,
    tables: 0,
    rows: 0,
    rowBytes: 0,
    checked: 0,
    changedSince: [],
    left: [],
    notMade: [],
    order: 'nothing',
  };
}

function databaseUnreachable(): NachtwachtError {
  return new NachtwachtError({
    code: 'database-unreachable',
    kind: 'site',
    message: 'The database of the site cannot be reached, and no file of this snapshot changes that.',
    nextStep: 'Have the host start the database; or restore only the files, or take the snapshot as a download.',
    retryable: false,
  });
}
