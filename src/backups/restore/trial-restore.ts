import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { recordAudit } from '../../audit/index.ts';
import { requireScope, systemActor, type Actor } from '../../identity/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { defineSaga, startSaga } from '../../platform/saga/index.ts';
import type { SagaRun } from '../../platform/saga-types.ts';
import { ResticError, type RepositoryApi, type Snapshot } from '../../restic/index.ts';
import { getSite, siteSubject } from '../../sites/index.ts';
import { objectsFile, readAbout, type DatabaseAbout } from '../database/index.ts';
import { DATABASE_FOLDER } from '../rules/snapshot-layout.ts';
import { insertVerification, markWrong } from '../store.ts';
import { compareFolder } from './compare-folder.ts';
import { withRepository } from './hold-repository.ts';
import { restoreToFolder } from './restore-to-folder.ts';
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
import { findSnapshot } from './snapshot-contents.ts';
import { readTables, totalOf } from './tables-of-snapshot.ts';
import { SUM_SESSION, sumSql } from './trial-sums.ts';

export interface TrialInput {
  siteId: string;
  snapshot: string;
}

/** What a trial restore found: the evidence that this snapshot can be put back. */
export interface TrialResult {
  snapshot: string;
  ok: boolean;
  /** The repository does not give back what it was given: no fault of the database that the tables were loaded into. */
  isDamaged: boolean;
  files: number;
  bytes: number;
  tables: number;
  rows: number;
  /** Where the tables were loaded. */
  server: string;
  problems: string[];
  seconds: number;
}

const MOST_PROBLEMS = 100;
/** What the repository says when it cannot give back what a snapshot holds. */
const DAMAGES = new Set(['damaged', 'missing-blob', 'missing-pack']);

/**
 * Restores a whole snapshot into a scratch folder and its SQL into a scratch database, then compares: every file's
 * bytes with the repository, every table's rows with the sums that the site computed when it was backed up.
 */
export const trialRestore = defineSaga<TrialInput, TrialResult>({
  name: 'trial-restore',
  subject: ({ siteId }) => `trial:${siteId}`,
  maxFailures: 3,
  run: async (run, input, platform) => {
    const began = await run.step('begin', async () => ({ at: platform.clock.now().getTime() }));
    const result = await run.step('trial', () =>
      withRepository(platform, input.siteId, async (repository) => {
        const snapshot = await findSnapshot(repository, input.siteId, input.snapshot);
        return tryRestore(run, platform, repository, snapshot, began.at);
      }),
    );
    await run.step('record', async () => {
      const at = platform.clock.now();
      await platform.db.transaction().execute(async (trx) => {
        await insertVerification(trx, {
          site_id: input.siteId,
          kind: 'trial-restore',
          snapshot_id: result.snapshot,
          slice_part: null,
          slice_of: null,
          began_at: new Date(began.at),
          ended_at: at,
          ok: result.ok,
          problems: result.problems,
          figures: result,
        });
        if (result.isDamaged) await markWrong(trx, [result.snapshot], at);
      });
      return true;
    });
    if (!result.ok) {
      throw new NachtwachtError({
        code: 'trial-restore-differs',
        kind: 'store',
        message: `The trial restore of snapshot ${result.snapshot.slice(0, 8)} is not equal to it: ${result.problems.slice(0, 3).join('; ')}.`,
        nextStep: 'Read all data of the repository back now (verify), then make a new backup.',
        retryable: false,
        details: { problems: result.problems },
      });
    }
    return result;
  },
});

/** Starts a trial restore: on request, and by the schedule once a month. */
export async function requestTrialRestore(
  platform: Platform,
  actor: Actor,
  input: { site: string; snapshot: string },
): Promise<{ runId: string }> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  const snapshot = await withRepository(platform, site.id, async (repository) =>
    findSnapshot(repository, site.id, input.snapshot),
  );
  const saga = { siteId: site.id, snapshot: snapshot.id };
  const { runId } = await startSaga(platform, trialRestore, saga, { requestedBy: actor.name });
  const at = platform.clock.now();
  const details = { snapshot: snapshot.id, runId };
  await recordAudit(platform.db, actor, { action: 'trial-restore-asked', subject: siteSubject(site.id), details, at });
  return { runId };
}

/** For the due loop: the newest good snapshot of a site on trial. */
export async function startTrialRestore(platform: Platform, siteId: string): Promise<{ runId: string }> {
  return requestTrialRestore(platform, systemActor('backups'), { site: siteId, snapshot: 'latest-good' });
}

/** Tries a snapshot in folders that are gone afterwards. Needs no root, whatever modes the site has. */
export async function tryRestore(
  run: Pick<SagaRun, 'signal' | 'progress'>,
  platform: Pick<Platform, 'clock' | 'config'>,
  repository: RepositoryApi,
  snapshot: Snapshot,
  began: number,
): Promise<TrialResult> {
  const folder = await mkdtemp(join(process.env['TMPDIR'] ?? '/var/tmp', 'nachtwacht-trial-'));
  const problems: string[] = [];
  const answer = (facts: Pick<TrialResult, 'isDamaged' | 'files' | 'bytes' | 'tables' | 'rows' | 'server'>) => ({
    snapshot: snapshot.id,
    ok: problems.length === 0,
    ...facts,
    problems: problems.slice(0, MOST_PROBLEMS),
    seconds: (platform.clock.now().getTime() - began) / 1000,
  });
  try {
    const written = await restoreToFolder(
      repository,
      snapshot.tree,
      { files: 'all', tables: 'all', reason: 'whole-site' },
      folder,
      {
        signal: run.signal,
        // A folder of mode 0555 could be neither compared nor removed by an ordinary user.
        openToOwner: true,
        onProgress: ({ files, bytes }) => run.progress({ step: 'files', filesDone: files, bytesDone: bytes }),
      },
    );
    problems.push(...(await compareFolder(repository, snapshot.tree, folder, run.signal)));
    if (problems.length > 0) return answer({ isDamaged: true, ...written, tables: 0, rows: 0, server: '' });
    const database = await tryDatabase(run, platform, repository, snapshot, join(folder, DATABASE_FOLDER), problems);
    return answer({ isDamaged: false, ...written, ...database });
  } catch (error) {
    if (!(error instanceof ResticError) || !DAMAGES.has(error.code)) throw error;
    problems.push(error.message);
    return answer({ isDamaged: true, files: 0, bytes: 0, tables: 0, rows: 0, server: '' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryDatabase(
  run: Pick<SagaRun, 'signal' | 'progress'>,
  platform: Pick<Platform, 'config'>,
  repository: RepositoryApi,
  snapshot: Snapshot,
  folder: string,
  problems: string[],
): Promise<{ tables: number; rows: number; server: string }> {
  const held = await readTables(repository, snapshot.tree);
  if (held === undefined) {
    problems.push('the snapshot holds no database');
    return { tables: 0, rows: 0, server: '' };
  }
  const url = platform.config.trialDatabaseUrl;
  const scratch = await openScratchDatabase({ ...(url === undefined ? {} : { url }), signal: run.signal });
  try {
    const stored = [...held.stored.tables.values()];
    for (const [index, table] of stored.entries()) {
      run.progress({ step: 'tables', filesDone: index, filesTotal: stored.length, detail: table.manifest.shape.name });
      run.signal.throwIfAborted();
      await tryFile(scratch, join(folder, 'tables', String(table.node.name)), problems);
    }
    if (scratch.runsEvents) await tryWithoutEvents(scratch, await readAbout(repository, held.stored), problems);
    else if ((await readdir(folder)).includes('objects.sql'))
      await tryFile(scratch, join(folder, 'objects.sql'), problems);
    let rows = 0;
    for (const table of stored) {
      const wanted = totalOf(table);
      const { name } = table.manifest.shape;
      const answer = await scratch.query(`${SUM_SESSION}\n${sumSql(table.manifest.shape)}`).catch((error: unknown) => {
        run.signal.throwIfAborted();
        problems.push(`table ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      });
      const found = answer?.at(-1);
      const sum = found?.[1]?.toLowerCase();
      rows += wanted.rows;
      if (answer === undefined || (Number(found?.[0]) === wanted.rows && sum === wanted.sum)) continue;
      problems.push(
        `table ${name}: ${found?.[0] ?? 0} rows with sum ${sum ?? ''}, not ${wanted.rows} with ${wanted.sum}`,
      );
    }
    return { tables: stored.length, rows, server: scratch.server };
  } finally {
    await scratch.close();
  }
}

/** An event of a site would run on that server, as whoever the trial runs as. */
async function tryWithoutEvents(
  scratch: ScratchDatabase,
  about: DatabaseAbout | undefined,
  problems: string[],
): Promise<void> {
  const objects = (about?.objects ?? []).filter(({ kind }) => kind !== 'event');
  if (objects.length > 0) await tryLoad(scratch, Readable.from([objectsFile(objects)]), problems);
}

async function tryFile(scratch: ScratchDatabase, path: string, problems: string[]): Promise<void> {
  await tryLoad(scratch, Readable.from(createReadStream(path), { objectMode: false }), problems);
}

async function tryLoad(scratch: ScratchDatabase, sql: Readable, problems: string[]): Promise<void> {
  try {
    await scratch.load(sql);
  } catch (error) {
    if (!(error instanceof NachtwachtError) || error.code !== 'trial-load-failed') throw error;
    problems.push(error.message);
  }
}
