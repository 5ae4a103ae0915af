// Backups of a real WordPress site through the real plugin; restic itself says whether the repository is right.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { careFor, doneRun, endOfRun } from '../../e2e/harness/cared-site.ts';
import { judgeByRestic } from '../../e2e/harness/judge-by-restic.ts';
import { addRows, addUploads, changeRows, changeUploads } from '../../e2e/harness/load.ts';
import { startSite } from '../../e2e/harness/start-site.ts';
import type { TestSite } from '../../e2e/harness/test-site.ts';
import { listDuties } from '../duties/index.ts';
import { systemActor } from '../identity/index.ts';
import { listAlarms } from '../platform/alarms/index.ts';
import { systemClock } from '../platform/clock.ts';
import { readProgress, startSagaWorker, type SagaWorker } from '../platform/saga/index.ts';
import type { Progress } from '../platform/saga-types.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { siteSubject } from '../sites/index.ts';
import { backupsDue } from './backups-due.ts';
import { backupSite, type BackupResult } from './make-backup.ts';
import { backupBeforeChange, requestBackup } from './request-backup.ts';
import { showReport } from './show-report.ts';

const run = promisify(execFile);
const actor = systemActor('test');
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
let platform: TestPlatform;
const workers = new Set<SagaWorker>();
const children = new Set<ChildProcess>();
const sites = new Set<TestSite>();

beforeAll(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const worker of workers) await worker.stop(5000);
  workers.clear();
  for (const site of sites) await site.stop();
  sites.clear();
});
afterAll(async () => {
  await platform.close();
});

async function startWorker(): Promise<void> {
  workers.add(await startSagaWorker(platform, [backupSite], 1));
}

/** A worker as a process of its own, the same program that a host runs. */
async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'worker'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: platform.databaseUrl,
      NACHTWACHT_DATA: platform.config.dataFolder,
      NACHTWACHT_ALLOW_PRIVATE: '1',
      NACHTWACHT_LOG: 'error',
    },
  });
  children.add(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`worker ended with ${code}`)));
  });
  return child;
}

async function newSite(options: Parameters<typeof startSite>[0] = {}): Promise<TestSite> {
  const site = await startSite(options);
  sites.add(site);
  return site;
}

async function backUp(siteId: string): Promise<BackupResult> {
  const { runId } = await requestBackup(platform, actor, { site: siteId });
  return doneRun<BackupResult>(platform, runId);
}

describe('one site, day after day', () => {
  it('first, unchanged, changed: only what changed travels, and restic gives every byte back', async () => {
    const site = await newSite({ server: 'nginx' });
    await addUploads(site, 400);
    await addRows(site, 30_000);
    const siteId = await careFor(platform, site);
    await startWorker();

    const first = await backUp(siteId);
    expect(first).toMatchObject({ reason: 'first', complete: true, consistent: true, gaps: [] });
    expect(first.figures.rows).toBeGreaterThan(30_000);
    expect(await judgeByRestic(platform, siteId, site)).toBe('');

    // Files written within two seconds of a walk are compared by hash once: here that is the whole new site.
    await backUp(siteId);
    const second = await backUp(siteId);
    expect(second.figures).toMatchObject({ filesFetched: 0, files: first.figures.files });
    // Listing and sums: some 15 bytes a file.
    expect(second.figures.wireUp + second.figures.wireDown).toBeLessThan(250_000);
    expect(second.figures.requests).toBeLessThan(40);

    const files = await changeUploads(site, 8);
    const rows = await changeRows(site, 150);
    await site.writeFile('wp-content/uploads/new-file.txt', 'new');
    await site.writeFile('wp-content/cache/page.html', 'made again by the site');
    const third = await backUp(siteId);
    expect(third.figures.filesFetched).toBe(files.files + 1);
    expect(third.figures.fileBytesFetched).toBe(files.bytes + 3);
    const moved = third.figures.wireUp + third.figures.wireDown - (second.figures.wireUp + second.figures.wireDown);
    expect(moved).toBeLessThan(1.2 * (files.bytes + rows.bytes) + 50_000);
    expect(await judgeByRestic(platform, siteId, site)).toBe(`Only in ${site.dir}/wp-content: cache\n`);
    const report = await showReport(platform, { site: siteId, snapshot: third.snapshotId });
    expect(report.skipped.map(({ path: skipped, why }) => `${skipped} ${why}`).toSorted()).toEqual([
      'wp-content/cache excluded-cache',
      'wp-content/nachtwacht-state excluded-own',
    ]);

    await backupsDue.run(platform, new AbortController().signal);
    const before = await backupBeforeChange(platform, actor, { site: siteId, reason: 'before-update' });
    expect(before.reason).toBe('before-update');
    expect(await listAlarms(platform.db, { subject: siteSubject(siteId), standing: true, limit: 10 })).toEqual([]);
    const duties = await listDuties(platform.db, { subject: siteSubject(siteId), limit: 10 });
    expect(duties.filter((duty) => duty.state === 'open')).toEqual([]);
  });
});

describe('killed half-way', () => {
  it('a second worker goes on where the killed one was: what was stored does not travel again', async () => {
    const site = await newSite({ server: 'nginx' });
    const uploads = await addUploads(site, 900, { medianBytes: 150_000 });
    const siteId = await careFor(platform, site);
    const first = await startChild();
    const { runId } = await requestBackup(platform, actor, { site: siteId });
    const before = await progressUntil(runId, (now) => now.step === 'fetch' && (now.bytesDone ?? 0) > 160_000_000);
    first.kill('SIGKILL');
    const killedAt = systemClock.monotonicMs();
    await startChild();
    const row = await endOfRun(platform, runId);
    expect(row.state).toBe('done');
    const result = await doneRun<BackupResult>(platform, runId);
    expect(result.complete).toBe(true);
    expect(result.figures.attempt).toBe(2);
    const total = result.figures.fileBytes;
    expect(total).toBeGreaterThan(uploads.bytes);
    // At most 64 MB between two checkpoints, and what was under way.
    expect(result.figures.fileBytesFetched).toBeLessThan(total - (before.bytesDone ?? 0) + 90_000_000);
    expect(result.figures.filesReused).toBeGreaterThan(100);
    expect(systemClock.monotonicMs() - killedAt).toBeLessThan(120_000);
    expect(await judgeByRestic(platform, siteId, site)).toBe('');
  });

  it('PHP killed again and again: the backup ends by itself and holds every byte', async () => {
    const site = await newSite({ server: 'nginx' });
    await addUploads(site, 1500);
    await addRows(site, 60_000);
    const siteId = await careFor(platform, site);
    await startWorker();
    const { runId } = await requestBackup(platform, actor, { site: siteId });
    for (let i = 0; i < 8; i++) {
      await systemClock.sleep(350);
      if (i % 4 === 3) await site.fpm.restart();
      else await site.fpm.killWorker();
    }
    const result = await doneRun<BackupResult>(platform, runId);
    expect(result.complete).toBe(true);
    expect(await judgeByRestic(platform, siteId, site)).toBe('');
  });
});

describe('what cannot be read', () => {
  it('a folder that the host refuses makes the snapshot incomplete, and an alarm stands until it is whole again', async () => {
    const site = await newSite({ server: 'nginx' });
    await site.writeFile('wp-content/uploads/closed/a.txt', 'a');
    await run('chmod', ['000', path.join(site.dir, 'wp-content/uploads/closed')]);
    const siteId = await careFor(platform, site);
    await startWorker();
    const bad = await backUp(siteId);
    expect(bad.complete).toBe(false);
    expect(bad.gaps).toEqual([{ code: 'files-missing', count: 1, examples: ['root:wp-content/uploads/closed'] }]);
    const standing = () => listAlarms(platform.db, { subject: siteSubject(siteId), standing: true, limit: 10 });
    expect((await standing()).map((one) => one.code)).toContain('backup-incomplete');
    await run('chmod', ['755', path.join(site.dir, 'wp-content/uploads/closed')]);
    const good = await backUp(siteId);
    expect(good.complete).toBe(true);
    expect((await standing()).map((one) => one.code)).not.toContain('backup-incomplete');
  });
});

async function progressUntil(runId: string, enough: (now: Progress) => boolean): Promise<Progress> {
  const until = systemClock.monotonicMs() + 120_000;
  while (systemClock.monotonicMs() < until) {
    const found = await readProgress(platform.db, runId);
    const now = found?.progress;
    if (isProgress(now) && enough(now)) return now;
    await systemClock.sleep(20);
  }
  throw new Error('the run did not get that far');
}

function isProgress(value: unknown): value is Progress {
  return typeof value === 'object' && value !== null && 'step' in value;
}
