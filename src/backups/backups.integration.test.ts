// The verbs on a real database and real repositories; no WordPress needed.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doneRun } from '../../e2e/harness/cared-site.ts';
import { newestRestic } from '../../e2e/harness/restic-binaries.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { listAlarms } from '../platform/alarms/index.ts';
import { includesScope, scopes, type Scope } from '../platform/http/procedure.ts';
import { listRuns, startSagaWorker } from '../platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite, siteSubject } from '../sites/index.ts';
import type { RepositoryApi } from '../restic/index.ts';
import { backupsDue } from './backups-due.ts';
import { changeSettings } from './change-settings.ts';
import { checkRepository } from './check-repository.ts';
import { exportKey } from './export-key.ts';
import { holdSnapshot } from './hold-snapshot.ts';
import { showSnapshots } from './list-snapshots.ts';
import { openSiteRepository } from './open-site-repository.ts';
import { requestBackup } from './request-backup.ts';
import { tagsOf } from './rules/snapshot-layout.ts';
import { insertSnapshot } from './store.ts';
import { requestTidy, tidyRepository, type TidyResult } from './tidy-repository.ts';
import { requestVerification, verifySlice } from './verify-site.ts';

const run = promisify(execFile);
const admin = systemActor('test');

/** What a person types before the exported command; restic itself is Debian's newest. */
async function resticEnvironment(key: Awaited<ReturnType<typeof exportKey>>): Promise<NodeJS.ProcessEnv> {
  const folder = path.dirname((await newestRestic()).path);
  const exported = Object.fromEntries(key.environment.map((one) => [one.name, one.value]));
  return { ...process.env, ...exported, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
}
let platform: TestPlatform;
let customer: string;
let sites = 0;

beforeAll(async () => {
  platform = await openTestPlatform();
  customer = (await addCustomer(platform, admin, { name: 'Test' })).id;
});
afterAll(async () => {
  await platform.close();
});

async function newSite(paired = true): Promise<string> {
  const { id } = await addSite(platform, admin, { url: `http://site-${++sites}.test`, customer, allowHttp: true });
  if (paired) await platform.connection.pool.query('update sites set paired_at = $1 where id = $2', [new Date(), id]);
  return id;
}

function actorWith(scope: Scope): Actor {
  return { name: `token:${scope}`, scope, kind: 'token' };
}

/** A snapshot with one file, random unless given, in a site's repository, with its row. */
async function putSnapshot(
  repo: RepositoryApi,
  siteId: string,
  time: Date,
  complete = true,
  data: Buffer = randomBytes(5000),
): Promise<string> {
  const lock = await repo.lock({ exclusive: false, holder: 'test' });
  try {
    await repo.loadIndex();
    const writer = repo.writer(lock);
    const { id } = await writer.saveBlob('data', data);
    const tree = await writer.saveTree([
      { name: 'a', type: 'file', mode: 0o644, mtimeNs: 0n, size: data.length, content: [id] },
    ]);
    await writer.close();
    const runId = randomBytes(8).toString('hex');
    const tags = tagsOf({ site: siteId, run: runId, reason: 'hourly', consistent: true, complete });
    const snapshot = await repo.saveSnapshot(lock, { time, tree, paths: ['/'], hostname: 'site.test', tags });
    await insertSnapshot(platform.db, {
      id: snapshot.id,
      site_id: siteId,
      run_id: runId,
      reason: 'hourly',
      taken_at: time,
      stored_at: time,
      consistent: true,
      complete,
      gaps: complete ? [] : [{ code: 'database-missing', count: 1, examples: ['unreachable'] }],
      figures: {
        files: 1,
        folders: 0,
        links: 0,
        fileBytes: 5000,
        filesFetched: 1,
        filesReused: 0,
        filesHashed: 0,
        fileBytesFetched: 5000,
        tables: 0,
        rows: 0,
        databaseBytes: 0,
        ranges: 0,
        rangesChanged: 0,
        databaseBytesFetched: 0,
        wireUp: 1,
        wireDown: 2,
        requests: 1,
        bytesStored: 1,
        blobsNew: 1,
        bytesNew: 1,
        ms: { total: 1, walk: 0, files: 0, database: 0, store: 0 },
        attempt: 1,
      },
      wrong_since: null,
    });
    return snapshot.id;
  } finally {
    await lock.release();
  }
}

describe('who may do what', () => {
  it.each<[string, Scope, (actor: Actor, site: string) => Promise<unknown>]>([
    ['start a backup', 'operate', (actor, site) => requestBackup(platform, actor, { site })],
    [
      'hold a snapshot',
      'operate',
      (actor, site) => holdSnapshot(platform, actor, { site, snapshot: 'abcd', hold: true }),
    ],
    ['verify', 'operate', (actor, site) => requestVerification(platform, actor, { site })],
    ['tidy', 'admin', (actor, site) => requestTidy(platform, actor, site)],
    ['export the key', 'admin', (actor, site) => exportKey(platform, actor, site)],
    ['change settings', 'admin', (actor, site) => changeSettings(platform, actor, { site, paused: true })],
  ])('%s needs %s', async (_name, needs, act) => {
    const site = await newSite();
    const refused: Scope[] = [];
    for (const scope of scopes) {
      const outcome = await act(actorWith(scope), site).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      if (outcome === 'not-allowed') refused.push(scope);
    }
    expect(refused).toEqual(scopes.filter((scope) => !includesScope(scope, needs)));
  });
});

describe('asking for a backup', () => {
  it('is refused for a site that is not paired', async () => {
    await expect(requestBackup(platform, admin, { site: await newSite(false) })).rejects.toMatchObject({
      code: 'site-not-paired',
    });
  });

  it('joins the one that is under way', async () => {
    const site = await newSite();
    const first = await requestBackup(platform, admin, { site });
    const second = await requestBackup(platform, admin, { site });
    expect(first.isNew).toBe(true);
    expect(second).toEqual({ runId: first.runId, isNew: false });
  });
});

describe('the loop that looks what is due', () => {
  it('starts the first backup of a new site once, and opens its duty', async () => {
    const site = await newSite();
    const signal = new AbortController().signal;
    await backupsDue.run(platform, signal);
    await backupsDue.run(platform, signal);
    const runs = await listRuns(platform.db, { subject: siteSubject(site), limit: 10 });
    expect(runs.map((one) => one.saga)).toEqual(['backup-site']);
    expect(runs[0]?.requested_by).toBe('system:backups-due');
  });

  it('leaves a paused site and a site that is not paired alone', async () => {
    const paused = await newSite();
    await changeSettings(platform, admin, { site: paused, paused: true });
    const unpaired = await newSite(false);
    await backupsDue.run(platform, new AbortController().signal);
    for (const site of [paused, unpaired])
      expect(await listRuns(platform.db, { subject: siteSubject(site), limit: 10 })).toEqual([]);
  });
});

describe('the repository of a site', () => {
  it('is made once, also by two at the same moment', async () => {
    const site = await newSite();
    const [a, b] = await Promise.all([openSiteRepository(platform, site), openSiteRepository(platform, site)]);
    expect(a.id).toBe(b.id);
    await Promise.all([a.close(), b.close()]);
  });

  it('is never quietly made anew when it is gone', async () => {
    const site = await newSite();
    await (await openSiteRepository(platform, site)).close();
    await rm(path.join(platform.config.dataFolder, 'repositories', site), { recursive: true });
    await expect(openSiteRepository(platform, site)).rejects.toMatchObject({ code: 'repository-missing' });
  });

  it('opens with the plain restic program and the exported key; the key never stands in the command', async () => {
    const site = await newSite();
    const repo = await openSiteRepository(platform, site);
    const id = await putSnapshot(repo, site, new Date());
    await repo.close();
    const key = await exportKey(platform, admin, site);
    const env = await resticEnvironment(key);
    const [program, ...args] = key.command.split(' ');
    const { stdout } = await run(program ?? '', [...args, '--no-cache', '--json'], { env });
    expect(stdout).toContain(id);
    for (const { value } of key.environment) expect(key.command).not.toContain(value);
    const audit = await platform.connection.pool.query('select action, details from audit where subject = $1', [
      siteSubject(site),
    ]);
    expect(audit.rows.map((row: { action: string }) => row.action)).toContain('repository-key-exported');
    expect(JSON.stringify(audit.rows)).not.toContain(key.environment[0]?.value);
  });
});

describe('retention and prune', () => {
  it('forgets what the rule says, keeps the last good one, and restic finds the repository whole', async () => {
    const site = await newSite();
    const repo = await openSiteRepository(platform, site);
    const now = platform.clock.now().getTime();
    const ids: string[] = [];
    for (let i = 12; i > 0; i--) ids.push(await putSnapshot(repo, site, new Date(now - i * 3_600_000), i > 2));
    await repo.close();
    await changeSettings(platform, admin, {
      site,
      retention: { hourly: 4, daily: 1, monthly: 1, beforeChangeDays: 0 },
    });
    await holdSnapshot(platform, admin, { site, snapshot: ids[0] ?? '', hold: true });
    const worker = await startSagaWorker(platform, [tidyRepository], 1);
    try {
      const { runId } = await requestTidy(platform, admin, site);
      const result = await doneRun<TidyResult>(platform, runId);
      const left = await showSnapshots(platform, { site, limit: 100 });
      // The newest, the incomplete ones inside the hours, the good ones of 4 hours, and the one set aside.
      expect(left.map((one) => one.id)).toContain(ids[9]);
      expect(left.map((one) => one.id)).toContain(ids[0]);
      expect(result.forgotten).toHaveLength(12 - left.length);
      expect(result.forgotten.length).toBeGreaterThan(4);
      expect(result.pruned?.packsRemoved).toBeGreaterThan(0);
      const good = left.find((one) => one.id === ids[9]);
      expect(good?.why.map((one) => one.en)).toContain('the last good one: never removed');
      expect(good?.why.map((one) => one.nl)).toContain('de laatste goede: gaat nooit weg');
      expect(left.find((one) => !one.complete)?.gaps[0]?.nl).toContain('de database ontbreekt');
    } finally {
      await worker.stop(5000);
    }
    const key = await exportKey(platform, admin, site);
    const env = await resticEnvironment(key);
    await run('restic', ['-r', key.repository, 'check', '--read-data', '--no-cache'], { env });
  });
});

describe('verification', () => {
  const damageOnePack = async (site: string): Promise<void> => {
    const folder = path.join(platform.config.dataFolder, 'repositories', site, 'data');
    const packs = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
    const pack = path.join(folder, packs[0] ?? '');
    const bytes = await readFile(pack);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await rm(pack);
    await writeFile(pack, bytes);
  };

  it('finds a damaged pack: alarm, the snapshot no longer counts as good, and nothing relies on the pack again', async () => {
    const site = await newSite();
    const put = async (data?: Buffer): Promise<string> => {
      const repo = await openSiteRepository(platform, site);
      const id = await putSnapshot(repo, site, new Date(), true, data);
      await repo.close();
      return id;
    };
    const photo = randomBytes(5000);
    const first = await put(photo);
    const worker = await startSagaWorker(platform, [verifySlice, tidyRepository], 1);
    const readBack = async (): Promise<unknown> =>
      doneRun(platform, (await requestVerification(platform, admin, { site })).runId);
    const codes = async (): Promise<string[]> =>
      (await listAlarms(platform.db, { subject: siteSubject(site), standing: true, limit: 10 })).map((one) => one.code);
    const isWrong = async (id: string): Promise<boolean | undefined> => {
      const all = await showSnapshots(platform, { site, limit: 100 });
      return all.find((one) => one.id === id)?.wrongSince !== null;
    };
    try {
      expect(await readBack()).toMatchObject({ ok: true, problems: [], brokenSnapshots: [] });
      expect(await isWrong(first)).toBe(false);
      await damageOnePack(site);
      expect(await readBack()).toMatchObject({ ok: false, brokenSnapshots: [first], repaired: { blobsLost: 1 } });
      expect(await codes()).toContain('backup-data-damaged');
      expect(await isWrong(first)).toBe(true);

      // The damage is known and out of the way: later snapshots are good, the alarm goes, and tidying goes on.
      const second = await put();
      const repo = await openSiteRepository(platform, site);
      expect(
        await checkRepository(platform, repo, { siteId: site, kind: 'structure', snapshotId: second }),
      ).toMatchObject({
        ok: true,
        brokenSnapshots: [first],
      });
      await repo.close();
      expect(await readBack()).toMatchObject({ ok: true, brokenPacks: [] });
      expect(await codes()).not.toContain('backup-data-damaged');
      expect(await isWrong(second)).toBe(false);
      expect(await isWrong(first)).toBe(true);
      // The site still has the photo: with the next backup all that the first snapshot needs is there again.
      await put(photo);
      expect(await readBack()).toMatchObject({ ok: true, problems: [], brokenSnapshots: [] });
      expect(await isWrong(first)).toBe(false);

      await doneRun(platform, (await requestTidy(platform, admin, site)).runId);
    } finally {
      await worker.stop(5000);
    }
  });

  it('keeps the alarm while one of several bad slices was not read whole again', async () => {
    const site = await newSite();
    const alarm = async (): Promise<unknown> =>
      (await listAlarms(platform.db, { subject: siteSubject(site), standing: true, limit: 10 })).find(
        (one) => one.code === 'backup-data-damaged',
      )?.facts;
    const found = { problems: [{ code: 'damaged', message: 'pack x' }], packsRead: 1, bytesRead: 1, snapshots: 1 };
    const bad = { check: () => Promise.resolve({ ...found, brokenSnapshots: [], brokenPacks: [] }) };
    const good = { check: () => Promise.resolve({ ...found, problems: [], brokenSnapshots: [], brokenPacks: [] }) };
    const read = (repo: Pick<RepositoryApi, 'check'>, part: number): Promise<unknown> =>
      checkRepository(platform, repo, { siteId: site, kind: 'slice', slice: { part, of: 30 } });
    await read(bad, 3);
    await read(bad, 9);
    await read(good, 9);
    expect(await alarm()).toMatchObject({ slices: ['3/30'] });
    await read(good, 4);
    expect(await alarm()).toMatchObject({ slices: ['3/30'] });
    await read(good, 3);
    expect(await alarm()).toBeUndefined();
  });
});
