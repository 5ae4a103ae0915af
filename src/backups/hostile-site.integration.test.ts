// A site that lies, through the whole backup: over HTTP, the saga, a real repository, judged by restic itself.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { doneRun, endOfRun } from '../../e2e/harness/cared-site.ts';
import { exportedPlace } from '../../e2e/harness/judge-by-restic.ts';
import { growthOf } from '../../e2e/harness/memory-growth.ts';
import { newestRestic, runRestic } from '../../e2e/harness/restic-binaries.ts';
import { encodeRows } from '../connector/index.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { backupSite, type BackupResult } from './make-backup.ts';
import { requestBackup } from './request-backup.ts';
import { listSnapshots } from './store.ts';
import { FILE, startProtocolSite, tableRecord, TIME, type Lies, type ProtocolSite } from './test-protocol-site.ts';

const admin = systemActor('test');
const MB = 1000 * 1000;
const sites: ProtocolSite[] = [];
let platform: TestPlatform;
let worker: SagaWorker;
let scratch: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  worker = await startSagaWorker(platform, [backupSite], 1);
  scratch = await mkdtemp(path.join(tmpdir(), 'nw-hostile-'));
  await addCustomer(platform, admin, { name: 'Bakkerij' });
});
afterEach(() => {
  for (const site of sites.splice(0)) site.close();
});
afterAll(async () => {
  await worker.stop(5000);
  await platform.close();
  await rm(scratch, { recursive: true, force: true });
});

/** A paired site of which a backup may take `limitBytes`. */
async function lying(lies: Lies, limitBytes = 20 * MB): Promise<{ site: ProtocolSite; id: string }> {
  const site = await startProtocolSite('refused', lies);
  sites.push(site);
  const { id } = await addSite(platform, admin, { url: site.url, customer: 'Bakkerij', allowHttp: true, limitBytes });
  await site.pairWith(platform, id);
  return { site, id };
}

async function backUp(id: string): Promise<BackupResult> {
  const { runId } = await requestBackup(platform, admin, { site: id });
  return doneRun<BackupResult>(platform, runId);
}

/** The code that a backup fails with. */
async function failure(id: string): Promise<string | undefined> {
  const { runId } = await requestBackup(platform, admin, { site: id });
  const { state, error } = await endOfRun(platform, runId);
  return state === 'failed' ? (error as { code?: string } | null)?.code : state;
}

/** Every file of the newest snapshot as restic puts it back, after it has checked all data; none may lie elsewhere. */
async function byRestic(id: string): Promise<Map<string, Buffer>> {
  const place = await exportedPlace(platform, id, path.join(scratch, 'cache'));
  const restic = await newestRestic();
  await runRestic(restic, place, ['check', '--read-data']);
  if ((await listSnapshots(platform.db, id, { limit: 1 })).length === 0) return new Map();
  const around = await mkdtemp(path.join(scratch, 'around-'));
  await runRestic(restic, place, ['restore', 'latest', '--target', path.join(around, 'target')]);
  expect(await readdir(around)).toEqual(['target']);
  return filesBelow(Buffer.from(path.join(around, 'target')));
}

/** Files below a folder by their path, whose bytes are letters of Latin-1 here. */
function filesBelow(folder: Buffer, at = '', found = new Map<string, Buffer>()): Map<string, Buffer> {
  for (const entry of readdirSync(folder, { encoding: 'buffer', withFileTypes: true })) {
    const full = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    const name = `${at}${entry.name.toString('latin1')}`;
    if (entry.isDirectory()) filesBelow(full, `${name}/`, found);
    else found.set(name, readFileSync(full));
  }
  return found;
}

const oneFile = (entry: unknown[]): Lies => ({
  'files.list': () => ({ frames: [['J', { d: '', e: [entry] }]] }),
});

describe('files', () => {
  test.each([
    ['a name that leads out of its folder', ['..', 'd', 1, TIME, TIME, 0o755]],
    ['a path as a name', ['a%2F..%2F..%2Fetc', 'f', 1, TIME, TIME, 0o644]],
    ['an absolute path', ['/etc/passwd', 'f', 1, TIME, TIME, 0o644]],
    ['a name that ends early', ['a%00b', 'f', 1, TIME, TIME, 0o644]],
  ])('%s: no snapshot', async (_name, entry) => {
    const { id } = await lying(oneFile(entry));
    expect(await failure(id)).toBe('bad-path');
    expect(await listSnapshots(platform.db, id, { limit: 1 })).toEqual([]);
    expect(await byRestic(id)).toEqual(new Map());
  });

  test('odd names that a disk may hold come back as they are', async () => {
    const { id } = await lying(oneFile(['%FF%0A;rm -rf ~ \\..\\%1B[31m', 'f', FILE.length, TIME, TIME, 0o644]));
    expect(await backUp(id)).toMatchObject({ complete: true, figures: { files: 1 } });
    const files = [...(await byRestic(id)).keys()].filter((name) => name.startsWith('files/'));
    expect(files).toEqual(['files/root/\u00ff\n;rm -rf ~ \\..\\\u001b[31m']);
  });

  test('ten gigabytes that are not there are never asked for, and are a gap', async () => {
    const { site, id } = await lying(oneFile(['sparse.img', 'f', 10_000 * MB, TIME, TIME, 0o644]));
    const result = await backUp(id);
    expect(result).toMatchObject({
      complete: false,
      gaps: [{ code: 'files-missing', count: 1, examples: ['root:sparse.img'] }],
    });
    expect(site.commands).not.toContain('files.read');
    expect((await byRestic(id)).has('files/root/sparse.img')).toBe(false);
  });

  test('a list that never ends: no snapshot', async () => {
    const { id } = await lying({
      'files.list': (_args, times) => ({
        frames: [
          [
            'J',
            {
              d: '',
              e: Array.from({ length: 5000 }, (_one, i) => [`f${times}-${i}`, 'f', 1, TIME, TIME, 0o644]),
              more: true,
            },
          ],
        ],
        end: { next: { at: times } },
      }),
    });
    const { result, grownMb } = await growthOf(() => failure(id));
    expect(result).toBe('site-listing-too-large');
    // A million entries are what a walk may hold.
    expect(grownMb).toBeLessThan(1000);
    expect(await byRestic(id)).toEqual(new Map());
  });

  const size = 6 * MB;
  const piece = (of: { offset: number; n: number; size: number; mtime?: number }): [['J', object], ['D', Buffer]] => [
    [
      'J',
      {
        i: 0,
        size: of.size,
        mtime: of.mtime ?? TIME,
        ctime: TIME,
        n: of.n,
        eof: of.offset + of.n >= of.size,
        changed: false,
      },
    ],
    ['D', Buffer.alloc(of.n, of.mtime ?? 1)],
  ];
  const reads = (args: Record<string, unknown>): { o: number; n: number }[] =>
    args['reads'] as { o: number; n: number }[];

  test('a file that is longer with every answer is stored as it was last read, and said', async () => {
    const { site, id } = await lying({
      ...oneFile(['debug.log', 'f', size, TIME, TIME, 0o644]),
      'files.read': (args, times) => {
        const [read] = reads(args);
        const n = Math.min(read?.n ?? 0, MB);
        return { frames: piece({ offset: read?.o ?? 0, n, size: size + (times + 1) * 1000, mtime: TIME + times }) };
      },
    });
    const result = await backUp(id);
    expect(result.complete).toBe(true);
    expect(site.commands.filter((one) => one === 'files.read').length).toBeLessThan(50);
    const held = await byRestic(id);
    expect(held.get('files/root/debug.log')?.length).toBeLessThan(size + 50_000);
    expect(JSON.parse(String(held.get('nachtwacht/report.json')))).toMatchObject({
      changedWhileRead: [{ path: 'debug.log' }],
    });
  });

  test('a file that has less than the list said is read again, and stored with what it has', async () => {
    const { id } = await lying({
      ...oneFile(['film.mp4', 'f', size, TIME, TIME, 0o644]),
      'files.read': (args) => {
        const [read] = reads(args);
        const n = read?.o === 0 ? 1000 : 0;
        return { frames: piece({ offset: read?.o ?? 0, n, size: 1000 }) };
      },
    });
    expect(await backUp(id)).toMatchObject({ complete: true, figures: { fileBytes: 1000 } });
    expect((await byRestic(id)).get('files/root/film.mp4')?.length).toBe(1000);
  });

  test.each([
    ['a little one', 1],
    ['a large one', size],
  ])('%s that says it is a terabyte when it is read is left out, and is a gap', async (_name, listed) => {
    const { site, id } = await lying({
      ...oneFile(['film.mp4', 'f', listed, TIME, TIME, 0o644]),
      'files.read': (args) => {
        const [read] = reads(args);
        return { frames: cut(piece({ offset: read?.o ?? 0, n: read?.n ?? 0, size: 1_000_000 * MB })) };
      },
    });
    expect(await backUp(id)).toMatchObject({ complete: false, gaps: [{ code: 'files-missing', count: 1 }] });
    expect(site.commands.filter((one) => one === 'files.read').length).toBeLessThan(5);
    expect([...(await byRestic(id)).keys()]).not.toContain('files/root/film.mp4');
  });

  test.each([
    ['more than was asked', (n: number) => n + 1],
    ['nothing at all, for ever', () => 0],
  ])('a read that gives %s: no snapshot', async (_name, give) => {
    const { id } = await lying({
      ...oneFile(['film.mp4', 'f', size, TIME, TIME, 0o644]),
      'files.read': (args) => {
        const [read] = reads(args);
        const n = give(read?.n ?? 0);
        return { frames: cut(piece({ offset: read?.o ?? 0, n, size: 100 * MB })) };
      },
    });
    expect(await failure(id)).toBe('answer-invalid');
    expect(await byRestic(id)).toEqual(new Map());
  });
});

/** Data in frames of at most 1 MiB, as the protocol wants them. */
function cut([record, [, data]]: [['J', object], ['D', Buffer]]): ['J' | 'D', Buffer | object][] {
  const frames: ['J' | 'D', Buffer | object][] = [record];
  for (let at = 0; at < data.length; at += 1_000_000) frames.push(['D', data.subarray(at, at + 1_000_000)]);
  return frames;
}

describe('tables', () => {
  /** Rows of a megabyte with ever higher ids, and always more to come. */
  const endless: Lies['db.rows'] = (args, times) => {
    const cells = [String(times * 2 + 3), 'x'.repeat(MB - 100)].map((cell) => Buffer.from(cell));
    return {
      frames: [
        ['J', { i: 0, table: 'wp_options', cols: ['id', 'name'] }],
        ['D', encodeRows([cells])],
      ],
      end: { next: { i: 0, after: [{ t: String(times * 2 + 3) }] } },
    };
  };
  const began2: ['J', object] = ['J', { i: 0, table: 'wp_options', cols: ['id', 'name'] }];
  /** The two rows that are known have changed, and nothing comes after them. */
  const changedRange: Lies['db.sums'] = () => {
    const sums = [
      [2, '0123456789abcdef'],
      [0, '0'.repeat(16)],
    ];
    return { frames: [['J', { i: 0, from: 0, sums }]] };
  };
  const missing = [{ code: 'tables-missing', count: 1, examples: ['wp_options'] }];

  test('a new table whose rows never end is left out at the limit of the site', async () => {
    const { site, id } = await lying({ 'db.rows': endless });
    const { result, grownMb } = await growthOf(() => backUp(id));
    expect(result).toMatchObject({ complete: false, gaps: missing, figures: { tables: 0 } });
    expect(site.commands.filter((one) => one === 'db.rows')).toHaveLength(41);
    expect(grownMb).toBeLessThan(300);
    const held = await byRestic(id);
    expect([...held.keys()].filter((name) => name.startsWith('database/tables/'))).toEqual([]);
    const report = JSON.parse(String(held.get('nachtwacht/report.json')));
    expect(report.database.skipped).toEqual([
      {
        name: 'wp_options',
        why: 'table-over-limit',
        detail:
          'The table wp_options has more than the 40000000 bytes that a backup of this site takes: raise its limit or empty the table.',
      },
    ]);
  });

  test('a range of two rows of which there is no end: memory stays, and the table is left out', async () => {
    const { site, id } = await lying({}, 30 * MB);
    expect(await backUp(id)).toMatchObject({ complete: true, figures: { rows: 2 } });
    site.lies['db.sums'] = changedRange;
    site.lies['db.rows'] = endless;
    const { result, grownMb } = await growthOf(() => backUp(id));
    expect(result).toMatchObject({ complete: false, gaps: missing });
    expect(grownMb).toBeLessThan(300);
    expect((await byRestic(id)).has('database/tables/wp_options.sql')).toBe(false);
  });

  test('a range that really has grown beyond memory is read anew, whole and in order', async () => {
    const { site, id } = await lying({}, 50 * MB);
    await backUp(id);
    site.lies['db.sums'] = changedRange;
    let sent = 0;
    site.lies['db.rows'] = (args, times) => {
      // Each read from the start gets the same forty rows; the cursor says where it goes on.
      const from = args['from'] as { after: [{ t: string }] } | undefined;
      const at = from === undefined ? 0 : Number(from.after[0].t);
      sent += 1;
      const answer = endless(args, times);
      const cells = [String(at + 1), 'y'.repeat(MB - 100)].map((cell) => Buffer.from(cell));
      const isLast = at === 39;
      return {
        frames: [
          answer?.frames?.[0] ?? ['J', {}],
          ['D', encodeRows([cells])],
          ...(isLast ? ([['J', { i: 0, end: true, last: [{ t: '40' }] }]] as ['J', object][]) : []),
        ],
        end: isLast ? {} : { next: { i: 0, after: [{ t: String(at + 1) }] } },
      };
    };
    const { result, grownMb } = await growthOf(() => backUp(id));
    expect(result).toMatchObject({ complete: true, figures: { rows: 40 } });
    // 32 MB were held before it was given up, then all 40 came again.
    expect(sent).toBe(34 + 40);
    expect(grownMb).toBeLessThan(300);
    const sql = String((await byRestic(id)).get('database/tables/wp_options.sql'));
    expect([...sql.matchAll(/^\((\d+),'y+'\)[,;]$/gmu)].map((match) => Number(match[1]))).toEqual(
      Array.from({ length: 40 }, (_one, i) => i + 1),
    );
  });

  test('a table without a key whose one row never ends is left out', async () => {
    const { id } = await lying(
      {
        'db.tables': () => ({ frames: [['J', tableRecord('wp_log', [])]] }),
        'db.rows': () => ({
          frames: [
            ['J', { i: 0, table: 'wp_log', cols: ['id', 'name'] }],
            // A cell of 2 GiB begins; a hundred megabytes of it come.
            ['D', Buffer.from([2, 49, 0x81, 0x80, 0x80, 0x80, 0x08])],
            ...Array.from({ length: 105 }, (): ['D', Buffer] => ['D', Buffer.alloc(MB, 'x')]),
          ],
        }),
      },
      5000 * MB,
    );
    const { result, grownMb } = await growthOf(() => backUp(id));
    expect(result).toMatchObject({ complete: false, gaps: [{ code: 'tables-missing', examples: ['wp_log'] }] });
    expect(grownMb).toBeLessThan(700);
    await byRestic(id);
  });

  test('a name that leads out of its folder names a file within it', async () => {
    const name = '../../../etc/cron.d/x\n; DROP TABLE y';
    const { id } = await lying({
      'db.tables': () => ({ frames: [['J', tableRecord(name, ['id'])]] }),
    });
    expect(await backUp(id)).toMatchObject({ complete: true, figures: { tables: 1, rows: 2 } });
    const files = [...(await byRestic(id)).keys()].filter((one) => one.startsWith('database/tables/'));
    expect(files).toEqual([
      'database/tables/%2E%2E%2F%2E%2E%2F%2E%2E%2Fetc%2Fcron%2Ed%2Fx%0A%3B%20DROP%20TABLE%20y.sql',
    ]);
  });

  const ended: ['J', object] = ['J', { i: 0, end: true, last: null }];
  const began: ['J', object] = ['J', { i: 0, table: 'wp_log', cols: ['id', 'name'] }];
  const rows = (count: number): ['D', Buffer] => [
    'D',
    encodeRows(Array.from({ length: count }, (_one, i) => [Buffer.from(String(i)), Buffer.from('x')])),
  ];

  test.each<[string, ['J' | 'D', object | Buffer][]]>([
    ['before its rows', [['J', { i: 0, error: 'db-error', message: 'errno 145' }]]],
    ['in the middle of them', [began, rows(1000), ['J', { i: 0, error: 'db-error', message: 'errno 126' }]]],
  ])('a table without a key of which the database says no %s is a gap, not an empty table', async (_name, frames) => {
    const { id } = await lying({
      'db.tables': () => ({ frames: [['J', tableRecord('wp_log', [])]] }),
      'db.rows': () => ({ frames }),
    });
    expect(await backUp(id)).toMatchObject({
      complete: false,
      gaps: [{ code: 'tables-missing', examples: ['wp_log'] }],
      figures: { tables: 0 },
    });
    expect((await byRestic(id)).has('database/tables/wp_log.sql')).toBe(false);
  });

  test.each<[string, ['J' | 'D', object | Buffer][]]>([
    ['whose end never came', [began, rows(1000)]],
    ['that goes on after its end', [began, rows(10), ended, rows(10)]],
    ['that is another one', [['J', { i: 1, table: 'wp_log', cols: ['id', 'name'] }], rows(10), ended]],
  ])('a table without a key %s: no snapshot', async (_name, frames) => {
    const { id } = await lying({
      'db.tables': () => ({ frames: [['J', tableRecord('wp_log', [])]] }),
      'db.rows': () => ({ frames }),
    });
    expect(await failure(id)).toBe('answer-invalid');
    expect(await byRestic(id)).toEqual(new Map());
  });

  test('a table without a key that is whole is held', async () => {
    const { id } = await lying({
      'db.tables': () => ({ frames: [['J', tableRecord('wp_log', [])]] }),
      'db.rows': () => ({ frames: [began, rows(1000), rows(500), ended] }),
    });
    expect(await backUp(id)).toMatchObject({ complete: true, figures: { tables: 1, rows: 1500 } });
  });

  test('SQL that does more than make its table or trigger is in no file that is loaded, and a table of it is a gap', async () => {
    const evil = {
      ...tableRecord('wp_evil', ['id']),
      create: 'CREATE TABLE `wp_evil` (`id` int);\nDROP DATABASE mysql',
    };
    const trigger = 'CREATE TRIGGER t BEFORE INSERT ON wp_options FOR EACH ROW SET @a = 1;; DROP DATABASE mysql';
    const { id } = await lying({
      'db.tables': () => ({
        frames: [
          ['J', tableRecord('wp_options', ['id'])],
          ['J', evil],
        ],
      }),
      'db.schema': () => ({
        frames: [
          ['J', { kind: 'server', version: '11.8', sql_mode: '', charset: 'utf8mb4' }],
          ['J', { kind: 'trigger', name: 't', table: 'wp_options', sql: trigger }],
        ],
      }),
    });
    expect(await backUp(id)).toMatchObject({
      complete: false,
      gaps: [{ code: 'tables-missing', count: 1, examples: ['wp_evil'] }],
      figures: { tables: 1 },
    });
    const dumps = [...(await byRestic(id))].filter(([name]) => name.endsWith('.sql'));
    expect(dumps.map(([name]) => name)).toContain('database/objects.sql');
    expect(dumps.filter(([, bytes]) => bytes.includes('DROP DATABASE'))).toEqual([]);
  });

  test('answers without rows, for ever, come to an end', async () => {
    const { site, id } = await lying(
      {
        'db.rows': (_args, times) => ({
          frames: [['J', { i: 0, table: 'wp_options', cols: ['id', 'name'] }]],
          end: { next: { i: 0, after: [{ t: String(times) }] } },
        }),
      },
      MB,
    );
    expect(await backUp(id)).toMatchObject({ complete: false, gaps: missing });
    expect(site.commands.filter((one) => one === 'db.rows').length).toBeLessThan(500);
  });

  test('millions of rows of a few bytes where two were: memory stays', async () => {
    const { site, id } = await lying({}, 5 * MB);
    await backUp(id);
    const many = encodeRows(Array.from({ length: 250_000 }, () => [Buffer.from('1'), null]));
    site.lies['db.sums'] = changedRange;
    site.lies['db.rows'] = (_args, times) => ({
      frames: [began2, ...Array.from({ length: 9 }, (): ['D', Buffer] => ['D', many])],
      end: { next: { i: 0, after: [{ t: String(times) }] } },
    });
    const { result, grownMb } = await growthOf(() => backUp(id));
    expect(result).toMatchObject({ complete: false, gaps: missing });
    expect(grownMb).toBeLessThan(400);
  });
});
