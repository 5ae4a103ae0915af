import type { SiteClient } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { SagaRun } from '../../platform/saga-types.ts';
import type { RepositoryApi, TreeNode } from '../../restic/index.ts';
import type { RestoreOrder } from './rules/order-restore.ts';
import type { Verdict } from './rules/judge-verification.ts';
import type { FileOperation } from './rules/plan-restore.ts';
import { commitFiles } from './swap-files.ts';
import { verifyFiles } from './verify-files.ts';

/** What stands ready beside the site, and how to put it in. */
export interface ReadySwap {
  run: SagaRun;
  site: SiteClient;
  repository: RepositoryApi;
  /** 32 hex digits: names the stage and the new tables on the site. */
  stage: string;
  order: Extract<RestoreOrder, { ok: true }>['order'];
  operations: readonly FileOperation<TreeNode>[];
  sha256: ReadonlyMap<string, string>;
  /** Loads the tables beside the live ones: at once when the database is reachable, after the files otherwise. */
  loadTables: (() => Promise<void>) | undefined;
  /** One rename for all tables. */
  swapTables: (() => Promise<{ notMade: string[] }>) | undefined;
}

export interface SwapOutcome {
  verdict: Verdict;
  /** Folders that had to go but held something that came in since. */
  left: string[];
  /** Views, triggers, routines and events that the database did not take back. */
  notMade: string[];
}

/** Everything that may be half done on the site, as the journal knows it after a kill. */
type Phase = 'ready' | 'swapping' | 'failed' | 'verified';

/**
 * The only part of a restore in which the site changes. The phase is written down before the first change, so that
 * whoever takes over after a kill either goes on or, when something failed, puts everything back.
 */
export async function swapSite(swap: ReadySwap): Promise<SwapOutcome> {
  const { run, site, stage } = swap;
  const failed = await run.lastCheckpoint<FailedSwap>('failed');
  if (failed === undefined || failed === null) {
    const { swappedAt } = await run.step('swap-begins', async () => ({ swappedAt: await siteTime(site) }));
    await run.checkpoint('phase', 'swapping' satisfies Phase);
    try {
      return await swapAll(swap, swappedAt);
    } catch (error) {
      if (run.signal.aborted) throw error;
      await run.checkpoint('failed', factsOf(error));
      await revertSite(swap);
      throw reverted(factsOf(error));
    }
  }
  // An earlier attempt failed and was killed before all was back.
  await revertSite({ site, stage, run });
  throw reverted(failed);
}

async function swapAll(swap: ReadySwap, swappedAt: number): Promise<SwapOutcome> {
  const { run, site, stage } = swap;
  let left: string[] = [];
  const files = async () => {
    left = await run.step('swap-files', async () => {
      const done = await commitFiles(site, stage, (filesDone, filesTotal) =>
        run.progress({ step: 'swap-files', filesDone, ...(filesTotal === undefined ? {} : { filesTotal }) }),
      );
      return done.left;
    });
  };
  if (swap.order === 'together' || swap.order === 'files-first' || swap.order === 'only-files') await files();
  if (swap.order === 'files-first') await swap.loadTables?.();
  let notMade: string[] = [];
  if (swap.swapTables !== undefined) {
    await run.checkpoint('tables', 'swapping');
    notMade = (await run.step('swap-tables', swap.swapTables)).notMade;
  }
  const verdict = await run.step('verify', async () => {
    run.progress({ step: 'verify', filesTotal: swap.operations.length });
    return verifyFiles(site, swap.repository, swap.operations, swap.sha256, swappedAt);
  });
  if (!verdict.ok) {
    const [first] = verdict.wrong;
    throw new NachtwachtError({
      code: 'restore-not-as-wanted',
      kind: 'site',
      message: `After the swap ${verdict.wrong.length} files are not as in the snapshot, first ${first?.path ?? ''} (${first?.why ?? ''}).`,
      nextStep:
        'Look whether something on the host writes or blocks these files (a virus scanner, a deploy), then restore again.',
      retryable: false,
      details: { wrong: verdict.wrong.slice(0, 20) },
    });
  }
  await run.checkpoint('phase', 'verified' satisfies Phase);
  return { verdict, left, notMade };
}

/**
 * Puts tables and files back as they were. Both do nothing when nothing was swapped, so it can be repeated; it throws
 * when it cannot be certain that all is back, and is then tried again.
 */
export async function revertSite(swap: Pick<ReadySwap, 'site' | 'stage' | 'run'>): Promise<void> {
  const { site, stage, run } = swap;
  run.progress({ step: 'revert' });
  // Tables first, while the files that know the database are certain to be there.
  const problem = await outcomeOf(site.database.revertLoad(stage));
  await site.files.revert(stage);
  if (problem === undefined) return;
  const second = await outcomeOf(site.database.revertLoad(stage));
  // With the wp-config of before there may be no database: fine as long as no table was swapped.
  const tablesTouched = (await run.lastCheckpoint<string>('tables')) !== undefined;
  if (second !== undefined && tablesTouched) throw second;
}

/** Whether a run that ends badly has to put the site back. */
export async function isHalfSwapped(run: SagaRun): Promise<boolean> {
  const phase = await run.lastCheckpoint<Phase>('phase');
  return phase === 'swapping' || phase === 'failed';
}

interface FailedSwap {
  code: string;
  message: string;
  nextStep: string;
}

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function siteTime(site: SiteClient): Promise<number> {
  const { end } = await site.call('status', {});
  // A file written in the same second as the swap began counts as written after it.
  return Math.floor(end.time);
}

function factsOf(error: unknown): FailedSwap {
  if (error instanceof NachtwachtError) {
    return { code: error.code, message: error.message, nextStep: error.nextStep };
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    nextStep: 'Look in the log.',
  };
}

function reverted(why: FailedSwap): NachtwachtError {
  return new NachtwachtError({
    code: 'restore-reverted',
    kind: 'site',
    message: `The restore failed half-way and everything was put back as it was: ${why.message}`,
    nextStep: why.nextStep,
    retryable: false,
    details: { because: why.code },
  });
}
