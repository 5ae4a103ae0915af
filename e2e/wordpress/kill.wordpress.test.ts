import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSiteRepository } from '../../src/backups/index.ts';
import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { requestRestore } from '../../src/backups/restore/request-restore.ts';
import { compareFolder } from '../../src/backups/restore/compare-folder.ts';
import { restoreSite } from '../../src/backups/restore/restore-site.ts';
import { requestTidy, tidyRepository } from '../../src/backups/tidy-repository.ts';
import { ensureRepositoryRow, repositoryPassword } from '../../src/backups/open-site-repository.ts';
import { systemActor } from '../../src/identity/index.ts';
import { findRun, startSaga } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { breakages, breakSite } from '../harness/breakages.ts';
import { careFor, doneRun } from '../harness/cared-site.ts';
import { compareFingerprints, takeFingerprint, type Fingerprint } from '../harness/fingerprints.ts';
import { addRows, addUploads, appendUploads, changeRows, changeUploads } from '../harness/load.ts';
import { newestRestic, resticBinaries, runRestic } from '../harness/restic-binaries.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts';

// Truth 6. The full counts of the issue (50 and 20) take about a quarter of an hour: `npm run kills`.
const WORKER_KILLS = Number(process.env['NACHTWACHT_TEST_KILLS'] ?? 4);
const PHP_KILLS = Number(process.env['NACHTWACHT_TEST_PHP_KILLS'] ?? 3);
/** Each kind of long work must have been cut off at least once. */
const KINDS = [backupSite.name, restoreSite.name, tidyRepository.name];
/** A worker that is aimed at may finish just before it is killed: that kill counts for nothing. */
const MOST_KILLS = WORKER_KILLS + 10;
const LONGEST_MS = 120_000 + MOST_KILLS * 40_000;

const actor = systemActor('test');

interface Cared {
  site: TestSite;
  siteId: string;
  /** How the site was at each backup that was acknowledged. */
  states: Map<string, Fingerprint>;
  runs: { saga: string; attempts: number }[];
}

describe('killed at any moment', () => {
  let platform: TestPlatform;
  let folder: string;
  const cared: Cared[] = [];
  const workers = new Set<WorkerProcess>();

  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await startWorkerProcess(platform);
    workers.add(worker);
    return worker;
  };
  const kill = async (worker: WorkerProcess): Promise<void> => {
    await worker.end('SIGKILL');
    workers.delete(worker);
  };

  beforeAll(async () => {
    platform = await openTestPlatform();
    folder = await mkdtemp('/dev/shm/nw-kill-');
    for (const options of [{}, { server: 'apache', php: '7.4', core: 'oldest' }] as const) {
      const site = await startSite({ ...options, fpmChildren: 6 });
      await addUploads(site, 300);
      await addRows(site, 30_000);
      const siteId = await careFor(platform, site);
      cared.push({ site, siteId, states: new Map(), runs: [] });
    }
  });

  afterAll(async () => {
    for (const worker of workers) await worker.end('SIGKILL');
    for (const { site } of cared) await site.stop();
    await platform?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const waitFor = async (one: Cared, runId: string): Promise<unknown> => {
    const result = await doneRun<unknown>(platform, runId, LONGEST_MS);
    const row = await findRun(platform.db, runId);
    one.runs.push({ saga: row?.saga ?? '', attempts: row?.attempt ?? 0 });
    return result;
  };

  const backUp = async (one: Cared): Promise<string> => {
    const state = await takeFingerprint(one.site);
    const saga = { siteId: one.siteId, reason: 'by-hand' } as const;
    const { runId } = await startSaga(platform, backupSite, saga, { requestedBy: 'test' });
    const made = (await waitFor(one, runId)) as BackupResult;
    expect(made.gaps).toEqual([]);
    one.states.set(made.snapshotId, state);
    return made.snapshotId;
  };

  /** Backup, damage, restore, backup, prune, over and over, with the site compared after every restore. */
  const work = async (one: Cared, isOver: () => boolean): Promise<void> => {
    for (let round = 0; !isOver() || round === 0; round += 1) {
      await appendUploads(one.site, 20);
      await changeUploads(one.site, 10);
      await changeRows(one.site, 500);
      const snapshot = await backUp(one);
      const wanted = one.states.get(snapshot);
      await breakSite(one.site, breakages[round % breakages.length]!);
      const restore = await requestRestore(platform, actor, { site: one.siteId, snapshot });
      await waitFor(one, restore.runId);
      expect(await compareFingerprints(wanted!, await takeFingerprint(one.site))).toEqual([]);
      const tidy = await requestTidy(platform, actor, one.siteId);
      await waitFor(one, tidy.runId);
    }
  };

  it(
    `survives ${WORKER_KILLS} kills of the worker and ${PHP_KILLS} of PHP`,
    async () => {
      let worker = await startWorker();
      const killedDuring: string[] = [];
      let kills = 0;
      let phpKilled = 0;
      let over = false;
      const missed = (): string[] => KINDS.filter((kind) => !killedDuring.some((what) => what.includes(`${kind}:`)));
      /** Chance rarely finds a tidy, which is over in a blink: the last kills aim at what was not hit yet. */
      const aims = (): boolean => missed().length > 0 && WORKER_KILLS - killedDuring.length <= missed().length;
      const isWanted = (running: string[]): boolean =>
        aims() ? missed().some((kind) => running.some((what) => what.startsWith(`${kind}:`))) : running.length > 0;
      const flows = Promise.all(cared.map((one) => work(one, () => over)));
      const failed = flows.then(
        () => undefined,
        (error: unknown) => error,
      );
      let problem: unknown;
      void failed.then((error) => {
        problem = error;
        return undefined;
      });
      while (killedDuring.length < WORKER_KILLS || phpKilled < PHP_KILLS || missed().length > 0) {
        if (problem !== undefined || kills >= MOST_KILLS) break;
        // Only a worker that holds work is worth killing: what its forerunner held comes to it after about 10 s.
        if (!isWanted(await runningSteps(platform, worker.pid))) {
          await platform.clock.sleep(aims() ? 10 : 100);
          continue;
        }
        await platform.clock.sleep(aims() ? Math.random() * 100 : 50 + Math.random() * 4000);
        const busy = cared[phpKilled % cared.length]!;
        if (phpKilled < PHP_KILLS && !aims() && (await busy.site.fpm.busyWorkers()).length > 0) {
          await busy.site.fpm.killWorker();
          phpKilled += 1;
          await platform.clock.sleep(Math.random() * 500);
        }
        if (killedDuring.length >= WORKER_KILLS && !aims()) continue;
        if (!isWanted(await runningSteps(platform, worker.pid))) continue;
        await kill(worker);
        kills += 1;
        // What the dead one still holds is what it was cut off in.
        const cutOff = await runningSteps(platform, worker.pid);
        if (cutOff.length > 0) killedDuring.push(cutOff.join(' + '));
        worker = await startWorker();
      }
      over = true;
      expect(await failed).toBeUndefined();
      const runs = cared.flatMap((one) => one.runs);
      console.log(JSON.stringify({ workerKills: killedDuring.length, phpKills: phpKilled, killedDuring, runs }));
      expect(missed()).toEqual([]);
      expect(killedDuring.length).toBeGreaterThanOrEqual(WORKER_KILLS);
      expect(phpKilled).toBe(PHP_KILLS);
      const takenUpAgain = new Set(runs.filter((run) => run.attempts > 1).map((run) => run.saga));
      expect([...takenUpAgain].toSorted()).toEqual(KINDS.toSorted());
      await worker.end('SIGTERM');
      workers.delete(worker);
    },
    LONGEST_MS + 120_000,
  );

  it('has lost no acknowledged snapshot, and every repository passes check, restore and diff', async () => {
    const [oldest] = await resticBinaries();
    const newest = await newestRestic();
    for (const { siteId, states } of cared) {
      const acknowledged = await platform.connection.pool.query<{ id: string }>(
        'select id from snapshots where site_id = $1 and forgotten_at is null',
        [siteId],
      );
      const forgotten = await platform.connection.pool.query<{ id: string }>(
        'select id from snapshots where site_id = $1 and forgotten_at is not null',
        [siteId],
      );
      const known = new Set([...acknowledged.rows, ...forgotten.rows].map((row) => row.id));
      for (const id of states.keys()) expect(known).toContain(id);

      const row = await ensureRepositoryRow(platform, siteId);
      if (row.place.kind !== 'local') throw new Error('a local repository was expected');
      const password = await repositoryPassword(platform, row);
      const place = { location: row.place.folder, password, cache: join(folder, 'cache') };
      for (const restic of [oldest!, newest]) await runRestic(restic, place, ['check', '--read-data']);

      const repository = await openSiteRepository(platform, siteId);
      await repository.loadIndex();
      const snapshots = new Map((await repository.listSnapshots()).map((one) => [one.id, one]));
      for (const { id } of acknowledged.rows) {
        const snapshot = snapshots.get(id);
        expect(snapshot, `snapshot ${id}`).toBeDefined();
        const target = join(folder, id);
        await runRestic(newest, place, ['restore', id, '--target', target]);
        expect(await compareFolder(repository, snapshot!.tree, target)).toEqual([]);
        await rm(target, { recursive: true, force: true });
      }
      await repository.close();
    }
  }, 600_000);

  it('is taken over by a second worker within 15 s when the first does not come back', async () => {
    const [one] = cared;
    // One that a failed test left behind would take the work too.
    for (const left of workers) await kill(left);
    const both = [await startWorker(), await startWorker()];
    await addUploads(one!.site, 400, { seed: 77 });
    const saga = { siteId: one!.siteId, reason: 'by-hand' } as const;
    const { runId } = await startSaga(platform, backupSite, saga, { requestedBy: 'test' });
    const holds = async (worker: WorkerProcess): Promise<boolean> =>
      (await findRun(platform.db, runId))?.worker?.endsWith(`:${worker.pid}`) === true;
    let first: WorkerProcess | undefined;
    while (first === undefined) {
      for (const worker of both) if (await holds(worker)) first = worker;
      await platform.clock.sleep(20);
    }
    const second = both.find((worker) => worker !== first)!;
    await kill(first);
    const killedAt = platform.clock.monotonicMs();
    while (!(await holds(second))) {
      await platform.clock.sleep(50);
      if (platform.clock.monotonicMs() - killedAt > 30_000) throw new Error('nobody took over in 30 s');
    }
    const seconds = (platform.clock.monotonicMs() - killedAt) / 1000;
    console.log(JSON.stringify({ takenOverAfterSeconds: seconds }));
    expect(seconds).toBeLessThan(15);
    await doneRun(platform, runId);
    await second.end('SIGTERM');
    workers.delete(second);
  });
});

/** Sagas that this worker holds now, each with the step it is in. */
async function runningSteps(platform: TestPlatform, pid: number): Promise<string[]> {
  const { rows } = await platform.connection.pool.query<{ what: string }>(
    `select r.saga || ':' || coalesce(p.progress->>'step', 'begin') as what
     from saga_runs r left join saga_progress p on p.run_id = r.id where r.state = 'running' and r.worker like '%:' || $1`,
    [String(pid)],
  );
  return rows.map((row) => row.what);
}
