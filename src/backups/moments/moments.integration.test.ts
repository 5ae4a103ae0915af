import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCustomer } from '../../customers/index.ts';
import { systemActor } from '../../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { addSite, getSiteById } from '../../sites/index.ts';
import type { BackupFigures } from '../backup-figures.ts';
import { openSiteRepository } from '../open-site-repository.ts';
import { saveTestSnapshot } from '../restore/test-snapshot.ts';
import { insertSnapshot, insertVerification, markForgotten, setHeld, type SnapshotRow } from '../store.ts';
import { browseTree } from './browse-snapshot.ts';
import { showChangedFiles, showChanges } from './show-changes.ts';
import { showGrowth } from './show-growth.ts';
import { showMoment } from './show-moment.ts';
import { showTimeline } from './show-timeline.ts';
import { weighSite } from './weigh-snapshot.ts';

const actor = systemActor('test');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const report = JSON.stringify({
  format: 1,
  siteTime: 0,
  site: '',
  roots: [{ id: 'root', path: '/' }],
  skipped: [],
  skippedCounts: {},
  database: { held: false, why: 'test' },
});

let platform: TestPlatform;
let now: number;
beforeAll(async () => {
  platform = await openTestPlatform();
  now = platform.clock.now().getTime();
});
afterAll(() => platform.close());

let sites = 0;
async function newSite(plan: 'daily' | 'hourly' = 'daily'): Promise<string> {
  const name = `moments-${++sites}`;
  const customer = await addCustomer(platform, actor, { name });
  return (await addSite(platform, actor, { url: `https://${name}.example`, customer: customer.id, plan })).id;
}

function row(siteId: string, id: string, at: number, more: Partial<SnapshotRow> = {}) {
  const figures = { files: 10, fileBytes: 1_000_000, databaseBytes: 500_000, tables: 2, rows: 30, bytesStored: 1000 };
  return {
    id: id.padStart(64, '0'),
    site_id: siteId,
    run_id: 'test',
    reason: 'daily' as const,
    taken_at: new Date(at),
    stored_at: new Date(at + 60_000),
    consistent: true,
    complete: true,
    gaps: [],
    wrong_since: null,
    figures: { ...zeros, ...figures },
    ...more,
  };
}
const zeros = {
  folders: 0,
  links: 0,
  filesFetched: 0,
  filesReused: 0,
  filesHashed: 0,
  fileBytesFetched: 0,
  ranges: 0,
  rangesChanged: 0,
  databaseBytesFetched: 0,
  wireUp: 0,
  wireDown: 0,
  requests: 0,
  blobsNew: 0,
  bytesNew: 0,
  ms: { total: 0, walk: 0, files: 0, database: 0, store: 0 },
  attempt: 1,
} satisfies Partial<BackupFigures>;

describe('the line of snapshots', () => {
  test('a site without one says so', async () => {
    const site = await newSite();
    expect(await showTimeline(platform, { site })).toMatchObject({ unit: 'moment', all: 0, oldest: null, bars: [] });
    expect(await showMoment(platform, { site })).toBeNull();
    expect(await weighSite(platform, { site })).toMatchObject({ snapshot: null, parts: [] });
    expect((await showGrowth(platform, { site })).points).toEqual([]);
  });

  test('a bar for each, with what failed and what is missing between them', async () => {
    const site = await newSite();
    await insertSnapshot(platform.db, row(site, 'a1', now - 9 * DAY));
    await insertSnapshot(platform.db, row(site, 'a2', now - 8 * DAY));
    // Retention took this one away: it was taken, so there is no gap.
    await insertSnapshot(platform.db, row(site, 'a3', now - 7 * DAY));
    await markForgotten(platform.db, ['a3'.padStart(64, '0')], new Date(now - DAY));
    await insertSnapshot(platform.db, row(site, 'a4', now - 6 * DAY));
    await insertSnapshot(platform.db, row(site, 'a5', now - 2 * DAY, { complete: false }));
    await insertSnapshot(platform.db, row(site, 'a6', now - DAY, { wrong_since: null }));
    await setHeld(platform.db, 'a4'.padStart(64, '0'), 'by-hand');
    const line = await showTimeline(platform, { site });
    expect(line).toMatchObject({ unit: 'moment', all: 5, count: 5, largestBytes: 1_500_000, gapSince: null });
    expect(line.bars.map((bar) => bar.gap)).toEqual([false, false, false, false, true]);
    expect(line.bars.map((bar) => bar.incomplete)).toEqual([0, 0, 0, 1, 0]);
    expect(line.bars[2]).toMatchObject({ held: 1, bytes: 1_500_000, moment: { reason: 'daily' } });
    expect(line.gaps).toHaveLength(1);
    const part = await showTimeline(platform, { site, from: new Date(now - 3 * DAY).toISOString() });
    expect(part).toMatchObject({ all: 5, count: 2 });
  });

  test('that no backup came since is said', async () => {
    const site = await newSite('hourly');
    await insertSnapshot(platform.db, row(site, 'b1', now - 5 * HOUR));
    const line = await showTimeline(platform, { site });
    expect(line.gapSince).toBe(new Date(now - 5 * HOUR).toISOString());
  });

  test('8,000 snapshots of one site: bars, drill-down and one of them, by drill-down', async () => {
    const site = await newSite('hourly');
    const template = row(site, 'x', now);
    await platform.connection.pool.query(
      `insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
       select md5(i::text) || md5('x' || i), $1, 'test', 'hourly', $2::timestamptz - i * interval '1 hour',
         $2::timestamptz - i * interval '1 hour' + interval '1 minute', true, true, '[]',
         jsonb_set($3::jsonb, '{fileBytes}', to_jsonb(3000000000 - i * 100000))
       from generate_series(1, 8000) i where i not between 4000 and 4400`,
      [site, new Date(now), JSON.stringify(template.figures)],
    );
    await platform.connection.pool.query('analyze snapshots');
    const line = await showTimeline(platform, { site });
    expect(line).toMatchObject({ unit: 'week', all: 7599, count: 7599 });
    expect(line.bars.length).toBeLessThanOrEqual(120);
    expect(line.bars.reduce((sum, bar) => sum + bar.snapshots, 0)).toBe(7599);
    expect(line.bars.filter((bar) => bar.gap).length).toBeGreaterThanOrEqual(1);
    expect(line.gaps).toHaveLength(1);
    const full = line.bars.find((bar) => bar.snapshots === 168);
    expect(full?.moment).not.toBeNull();
    // Drill-down: a week of hours, then a day of moments.
    const week = await showTimeline(platform, { site, from: full!.from, to: full!.to });
    expect(week).toMatchObject({ unit: 'day', count: 168 });
    const day = await showTimeline(platform, { site, from: week.bars[2]!.from, to: week.bars[2]!.to });
    expect(day.unit).toBe('moment');
    expect(day.bars).toHaveLength(24);
    const one = await showMoment(platform, { site, snapshot: day.bars[5]!.moment!.id });
    expect(one).toMatchObject({ isNewest: false, id: day.bars[5]!.moment!.id });
    expect(one?.older).toBe(7598 - one!.newer);
    expect(one?.previous?.id).toBe(day.bars[4]!.moment!.id);
    expect(one?.next?.id).toBe(day.bars[6]!.moment!.id);
    expect(one?.why).toHaveLength(1);
    const near = await showMoment(platform, {
      site,
      at: new Date(Date.parse(day.bars[7]!.from) + 60_000).toISOString(),
    });
    expect(near?.id).toBe(day.bars[7]!.moment!.id);
    const growth = await showGrowth(platform, { site });
    expect(growth.points.length).toBeLessThan(70);
    expect(growth.perDay).toBeCloseTo(2_400_000, -3);
    expect(growth.words.en).toContain('72 MB a month');
  });
});

describe('what is in a snapshot, and what changed', () => {
  let site: string;
  let ids: string[];
  beforeAll(async () => {
    site = await newSite();
    const repository = await openSiteRepository(platform, site);
    const ours = { 'nachtwacht/report.json': report };
    const uploads = Object.fromEntries(
      Array.from({ length: 150 }, (_, i) => [`wp-content/uploads/2025/${i}.jpg`, 'x'.repeat(i)]),
    );
    const one = await saveTestSnapshot(
      repository,
      site,
      { 'index.php': 'old', 'wp-content/plugins/woo/a.php': 'a' },
      ours,
    );
    const two = await saveTestSnapshot(
      repository,
      site,
      { 'index.php': 'new!', 'wp-content/plugins/woo/a.php': 'a', '<b>.txt': '1', ...uploads },
      ours,
    );
    await repository.close();
    ids = [one.id, two.id];
    await insertSnapshot(platform.db, { ...row(site, '', now - 2 * DAY), id: one.id });
    await insertSnapshot(platform.db, { ...row(site, '', now - DAY), id: two.id });
  });

  test('a moment is told from now and from the one before it', async () => {
    const since = await showChanges(platform, { site, snapshot: ids[0]!, against: 'now' });
    expect(since).toMatchObject({ equal: false, files: { added: 151, changed: 1, removed: 0 }, to: { id: ids[1] } });
    const newest = await showChanges(platform, { site, snapshot: ids[1]!, against: 'now' });
    expect(newest).toMatchObject({ equal: true });
    const before = await showChanges(platform, { site, snapshot: ids[1]!, against: 'previous' });
    expect(before).toMatchObject({ from: { id: ids[0] }, files: { added: 151 } });
    expect(await showChanges(platform, { site, snapshot: ids[0]!, against: 'previous' })).toMatchObject({ from: null });
  });

  test('the changed files come by page, with their sizes, filtered by kind and name', async () => {
    const [from, to] = ids as [string, string];
    const first = await showChangedFiles(platform, { site, from, to, offset: 0, limit: 100 });
    expect(first).toMatchObject({ total: 152, next: 100 });
    expect(first.files[0]).toEqual({ path: '<b>.txt', kind: 'added', sizeBefore: null, sizeAfter: 1 });
    const second = await showChangedFiles(platform, { site, from, to, offset: 100, limit: 100 });
    expect(second).toMatchObject({ next: null });
    expect(second.files).toHaveLength(52);
    const changed = await showChangedFiles(platform, { site, from, to, kind: 'changed', offset: 0, limit: 10 });
    expect(changed.files).toEqual([{ path: 'index.php', kind: 'changed', sizeBefore: 3, sizeAfter: 4 }]);
    const found = await showChangedFiles(platform, { site, from, to, search: '/12', offset: 0, limit: 100 });
    expect(found.total).toBe(11);
    const back = await showChangedFiles(platform, {
      site,
      from: to,
      to: from,
      files: ['wp-content'],
      offset: 0,
      limit: 1,
    });
    expect(back).toMatchObject({ total: 150, files: [{ kind: 'removed', sizeAfter: null }] });
  });

  test('its folders open one by one', async () => {
    const snapshot = ids[1]!;
    const page = { site, snapshot, offset: 0, limit: 100 };
    const top = await browseTree(platform, { ...page, path: '' });
    expect(top.entries.map((entry) => [entry.kind, entry.path])).toEqual([
      ['folder', 'wp-content'],
      ['file', '<b>.txt'],
      ['file', 'index.php'],
    ]);
    const uploads = await browseTree(platform, { ...page, path: 'wp-content/uploads/2025' });
    expect(uploads).toMatchObject({ total: 150, next: 100 });
    const searched = await browseTree(platform, { ...page, path: 'wp-content/uploads/2025', search: '149' });
    expect(searched.entries).toMatchObject([{ path: 'wp-content/uploads/2025/149.jpg', bytes: 149 }]);
    await expect(browseTree(platform, { ...page, path: 'nergens' })).rejects.toMatchObject({
      code: 'path-not-in-snapshot',
    });
    await expect(browseTree(platform, { ...page, path: '../etc' })).rejects.toMatchObject({
      code: 'restore-scope-wrong',
    });
    const other = await newSite();
    await expect(browseTree(platform, { ...page, site: other, path: '' })).rejects.toMatchObject({
      code: 'snapshot-not-found',
    });
  });

  test('a snapshot that came after the repository was opened is read too', async () => {
    const repository = await openSiteRepository(platform, site);
    const three = await saveTestSnapshot(repository, site, { 'three.php': '3' }, { 'nachtwacht/report.json': report });
    await repository.close();
    await insertSnapshot(platform.db, { ...row(site, '', now - HOUR), id: three.id });
    const top = await browseTree(platform, { site, snapshot: three.id, path: '', offset: 0, limit: 10 });
    expect(top.entries.map((entry) => entry.path)).toEqual(['three.php']);
    await markForgotten(platform.db, [three.id], new Date(now));
  });

  test('what weighs is named as people know it, the heaviest first', async () => {
    const { parts, totalBytes, snapshot } = await weighSite(platform, { site });
    expect(snapshot?.id).toBe(ids[1]);
    expect(parts.map((part) => [part.kind, part.name, part.files])).toEqual([
      ['uploads', '2025', 150],
      ['core', 'WordPress', 2],
      ['plugin', 'woo', 1],
    ]);
    expect(totalBytes).toBe((149 * 150) / 2 + 5 + 1);
  });

  test('when it was last read back is said, each way once', async () => {
    const look = { site_id: site, slice_part: null, slice_of: null, problems: [], figures: {}, ok: true };
    const at = (ms: number) => ({ began_at: new Date(ms), ended_at: new Date(ms + 1000) });
    await insertVerification(platform.db, {
      ...look,
      ...at(now - 3 * HOUR),
      kind: 'trial-restore',
      snapshot_id: ids[1]!,
    });
    await insertVerification(platform.db, {
      ...look,
      ...at(now - 2 * HOUR),
      kind: 'trial-restore',
      snapshot_id: ids[1]!,
      ok: false,
    });
    await insertVerification(platform.db, {
      ...look,
      ...at(now - HOUR),
      kind: 'slice',
      snapshot_id: null,
      slice_part: 1,
      slice_of: 10,
    });
    const moment = await showMoment(platform, { site, snapshot: ids[1]! });
    expect(moment?.readBack).toEqual([
      { kind: 'slice', at: new Date(now - HOUR + 1000).toISOString(), ok: true, slice: { part: 1, of: 10 } },
      { kind: 'trial-restore', at: new Date(now - 2 * HOUR + 1000).toISOString(), ok: false, slice: null },
    ]);
    expect((await getSiteById(platform.db, site)).id).toBe(site);
  });
});
