import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../api.ts';
import { addCustomer } from '../../customers/index.ts';
import { authenticate, createToken, systemActor } from '../../identity/index.ts';
import { createApp, startHttp, type HttpServer } from '../../platform/http/server.ts';
import { findRun, startSagaWorker } from '../../platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { addSite } from '../../sites/index.ts';
import { openSiteRepository } from '../open-site-repository.ts';
import { downloadRestore } from './download-restore.ts';
import { diffSnapshots, previewRestore } from './preview-restore.ts';
import { lookAtPresent, requestRestore, undoRestore } from './request-restore.ts';
import { requestFolderRestore, restoreFolder } from './restore-folder-saga.ts';
import { saveTestSnapshot } from './test-snapshot.ts';
import { insertSnapshot } from '../store.ts';
import { showRestores } from './show-restores.ts';
import { insertRestore, updateRestore } from './store.ts';
import { requestTrialRestore } from './trial-restore.ts';

const actor = systemActor('test');
const report = JSON.stringify({
  format: 1,
  siteTime: 0,
  site: '',
  roots: [{ id: 'root', path: '/' }],
  skipped: [],
  skippedCounts: {},
  database: { held: false, why: 'test' },
});

describe('restores of a site', () => {
  let platform: TestPlatform;
  let server: HttpServer;
  let site: string;
  let older: string;
  let newer: string;

  beforeAll(async () => {
    platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0' } });
    const app = createApp(platform, {
      api: createApi(platform),
      authenticate: (secret) => authenticate(platform, secret),
    });
    server = await startHttp(platform, app);
    const customer = await addCustomer(platform, actor, { name: 'Bakkerij' });
    site = (await addSite(platform, actor, { url: 'https://bakkerij.example', customer: customer.id })).id;
    const repository = await openSiteRepository(platform, site);
    const ours = { 'nachtwacht/report.json': report };
    older = (await saveTestSnapshot(repository, site, { 'index.php': 'old', 'wp-content/uploads/a.txt': 'a' }, ours))
      .id;
    newer = (await saveTestSnapshot(repository, site, { 'index.php': 'new', 'evil.php': 'x' }, ours)).id;
    await repository.close();
  });

  afterAll(async () => {
    await server.stop(1000);
    await platform.close();
  });

  it('says beforehand what would change', async () => {
    const preview = await previewRestore(platform, { site, snapshot: older, present: newer });
    expect(preview.plan.kept).toEqual([]);
    expect(preview.plan.files).toMatchObject({ added: 1, changed: 1, removed: 1 });
    expect(preview.lines.nl).toContain('1 bestand komt terug:');
    expect(preview.lines.en.join('\n')).toContain('    evil.php');
    const part = await previewRestore(platform, { site, snapshot: older, present: newer, files: ['wp-content'] });
    expect(part.plan.files).toMatchObject({ added: 1, changed: 0, removed: 0 });
    const forth = await diffSnapshots(platform, { site, from: older, to: newer });
    expect(forth.plan.files).toMatchObject({ added: 1, changed: 1, removed: 1 });
  });

  it('names what nobody has, and a path that leads out', async () => {
    await expect(
      previewRestore(platform, { site, snapshot: older, present: newer, files: ['wp-contnet'] }),
    ).rejects.toMatchObject({ code: 'unknown-in-snapshot', details: { unknown: ['wp-contnet'] } });
    await expect(requestRestore(platform, actor, { site, snapshot: older, files: ['../x'] })).rejects.toMatchObject({
      code: 'restore-scope-wrong',
    });
    await expect(requestRestore(platform, actor, { site, snapshot: 'abcdef00' })).rejects.toMatchObject({
      code: 'snapshot-unknown',
    });
    await expect(undoRestore(platform, actor, { site, restore: 'latest' })).rejects.toMatchObject({
      code: 'restore-unknown',
    });
  });

  it('streams a zip over HTTP, to who has the token for it only', async () => {
    const address = `${server.url}/api/restores/download?site=${site}&snapshot=${older}&files=wp-content`;
    const get = async (scope: 'read' | 'operate') => {
      const { secret } = await createToken(platform, actor, { name: `${scope}-zip`, scope });
      return fetch(address, { headers: { authorization: `Bearer ${secret}` } });
    };
    expect((await fetch(address)).status).toBe(401);
    expect((await get('read')).status).toBe(403);
    const answer = await get('operate');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('x-nachtwacht-snapshot')).toBe(older);
    const zip = Buffer.from(await answer.arrayBuffer());
    expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(zip.includes('files/root/wp-content/uploads/a.txt')).toBe(true);
    expect(zip.includes('index.php')).toBe(false);
  });

  it('writes a snapshot into an empty folder', async () => {
    const worker = await startSagaWorker(platform, [restoreFolder], 1);
    const folder = join(platform.config.dataFolder, 'out');
    const { runId } = await requestFolderRestore(platform, actor, { site, snapshot: older, folder });
    let state: string | undefined = 'queued';
    while (state === 'queued' || state === 'running') {
      await platform.clock.sleep(50);
      state = (await findRun(platform.db, runId))?.state;
    }
    await worker.stop(2000);
    expect(state).toBe('done');
    expect(await readFile(join(folder, 'files/root/index.php'), 'utf8')).toBe('old');
  });

  const reader = { name: 'token:reader', scope: 'read', kind: 'token' } as const;
  const operator = { name: 'token:operator', scope: 'operate', kind: 'token' } as const;
  it.each([
    ['restore', () => requestRestore(platform, reader, { site, snapshot: older })],
    ['undo', () => undoRestore(platform, reader, { site, restore: 'latest' })],
    ['keep the present state', () => lookAtPresent(platform, reader, { site })],
    ['download', () => downloadRestore(platform, reader, { site, snapshot: older })],
    ['restore on trial', () => requestTrialRestore(platform, reader, { site, snapshot: older })],
    ['write on the machine', () => requestFolderRestore(platform, operator, { site, snapshot: older, folder: '/x' })],
  ])('does not let somebody %s who may not', async (_name, ask) => {
    await expect(ask()).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('lists restores by page, and says which can be undone and which was', async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const add = async (id: string, minute: number, more: { undoOf?: string; present?: string[]; state?: 'done' }) => {
      await insertRestore(platform.db, {
        id,
        siteId: site,
        snapshot: older,
        scope: { files: [{ root: 'root', path: 'wp-content' }], tables: 'none', reason: 'only-files' },
        target: 'site',
        requestedBy: 'test',
        requestedAt: at(minute),
        undoOf: more.undoOf ?? null,
      });
      await updateRestore(platform.db, id, { state: more.state ?? 'failed', present: more.present ?? [] });
    };
    const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`;
    const kept = { ...snapshotRow(newer, site), id: newer };
    await insertSnapshot(platform.db, kept);
    await add(id(1), 1, { state: 'done', present: [newer] });
    await add(id(2), 2, { state: 'done', present: [newer] });
    await add(id(3), 3, { state: 'done', present: [newer], undoOf: id(2) });
    await add(id(4), 4, { state: 'done', present: ['gone'] });
    await add(id(5), 5, {});
    const list = await showRestores(platform, { site, before: at(6).toISOString(), limit: 10 });
    expect(list.map((one) => [one.id.at(-1), one.undo.why, one.undo.by?.at(-1)])).toEqual([
      ['5', 'not-done', undefined],
      ['4', 'snapshot-gone', undefined],
      ['3', 'ready', undefined],
      ['2', 'undone', '3'],
      ['1', 'ready', undefined],
    ]);
    expect(list[0]?.scope).toEqual({ files: ['wp-content'], tables: 'none' });
    const page = await showRestores(platform, { site, before: at(4).toISOString(), limit: 2 });
    expect(page.map((one) => one.id.at(-1))).toEqual(['3', '2']);
  });
});

function snapshotRow(id: string, siteId: string) {
  const none = { total: 0, walk: 0, files: 0, database: 0, store: 0 };
  const at = new Date('2026-01-01T00:00:00Z');
  return {
    id,
    site_id: siteId,
    run_id: 'test',
    reason: 'before-restore' as const,
    taken_at: at,
    stored_at: at,
    consistent: true,
    complete: true,
    gaps: [],
    wrong_since: null,
    figures: {
      files: 0,
      folders: 0,
      links: 0,
      fileBytes: 0,
      filesFetched: 0,
      filesReused: 0,
      filesHashed: 0,
      fileBytesFetched: 0,
      tables: 0,
      rows: 0,
      databaseBytes: 0,
      ranges: 0,
      rangesChanged: 0,
      databaseBytesFetched: 0,
      wireUp: 0,
      wireDown: 0,
      requests: 0,
      bytesStored: 0,
      blobsNew: 0,
      bytesNew: 0,
      ms: none,
      attempt: 1,
    },
  };
}
