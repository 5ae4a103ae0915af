import { describe, expect, test } from 'vitest';
import { NachtwachtError } from '../../platform/errors.ts';
import { defaultExcludes } from '../rules/excludes.ts';
import type { FileTable } from './file-table.ts';
import { MemorySite } from './memory-site.ts';
import { SkipList } from './skip-list.ts';
import type { ListedEntry, ListRecord } from './site-files.ts';
import { walkRoot, type WalkUse } from './walk-site.ts';

const limits = { entries: 1_000_000, depth: 200, nameBytes: 1_000_000 };
const like = { size: 0, mtime: 1, ctime: 1, mode: 0o644 };

interface Walked {
  table: FileTable;
  skips: SkipList;
  use: WalkUse;
}

async function walk(...records: ListRecord[]): Promise<Walked> {
  const site = new MemorySite();
  site.list = async function* () {
    yield* records;
  };
  const skips = new SkipList();
  const use = { entries: 0, nameBytes: 0, records: 0 };
  const signal = new AbortController().signal;
  const table = await walkRoot(site, 'root', defaultExcludes('s1'), skips, { use, limits, signal });
  return { table, skips, use };
}

/** What it was refused for; not the listing itself, which would fill the screen. */
async function refusal(...records: ListRecord[]): Promise<unknown> {
  return walk(...records).then(
    () => 'nothing',
    (error: unknown) => (error instanceof NachtwachtError ? `${error.code}: ${String(error.details['what'])}` : error),
  );
}

function entries(count: number, of: (i: number) => Pick<ListedEntry, 'name' | 'type'> & { target?: string }) {
  return Array.from({ length: count }, (_, i) => ({ ...like, ...of(i) }));
}

describe('what a listing makes us keep is bounded, whatever it is', () => {
  const tooLarge = 'site-listing-too-large: characters of names and paths';

  test('targets of links', async () => {
    const links = entries(200, (i) => ({ name: `link${i}`, type: 'l', target: 'x'.repeat(10_000) }));
    expect(await refusal({ folder: '', more: false, entries: links })).toBe(tooLarge);
  });

  test('paths of folders', async () => {
    const long = 'x'.repeat(250);
    const records: ListRecord[] = [];
    let folder = '';
    for (let depth = 0; depth < 20; depth++) {
      records.push({ folder, more: false, entries: entries(1, () => ({ name: long, type: 'd' })) });
      folder = folder === '' ? long : `${folder}/${long}`;
    }
    records.push({ folder, more: true, entries: entries(500, (i) => ({ name: `d${i}`, type: 'd' })) });
    expect(await refusal(...records)).toBe(tooLarge);
  });

  test('paths that it says it left out', async () => {
    const records = Array.from({ length: 200 }, (_, i) => ({
      skip: `${i}${'x'.repeat(10_000)}/nachtwacht-state`,
      why: 'excluded',
    }));
    expect(await refusal(...records)).toBe(tooLarge);
  });

  test('an honest site is far from it', async () => {
    const folders = entries(50, (i) => ({ name: `folder-${i}`, type: 'd' }));
    const files = entries(100, (i) => ({ name: `file-${i}.php`, type: 'f' }));
    const { use, table } = await walk(
      { folder: '', more: false, entries: folders },
      ...folders.map(({ name }) => ({ folder: name, more: false, entries: files })),
    );
    expect(table.length).toBe(5050);
    expect(use.nameBytes).toBeLessThan(60_000);
  });
});

test('one name a few hundred thousand times: the first stays, and nobody waits for it', async () => {
  const count = 300_000;
  const before = performance.now();
  const { table, skips } = await walk({
    folder: '',
    more: false,
    entries: entries(count, (i) => ({ name: i % 3 === 0 ? 'a' : 'b', type: 'f' })),
  });
  expect(performance.now() - before).toBeLessThan(3000);
  expect(table.folderAt(0).entries).toEqual([0, 1]);
  expect(skips.counts).toEqual({ 'duplicate-name': count - 2 });
});

describe('a folder that we leave out while the site tells what is in it', () => {
  const file = (name: string) => ({ ...like, name, type: 'f' as const });
  const dir = (name: string) => ({ ...like, name, type: 'd' as const });
  const told = (folder: string, ...inside: ListedEntry[]): ListRecord => ({ folder, more: false, entries: inside });

  test('is left out with all below, and the rest is read', async () => {
    const { table, skips } = await walk(
      told('', dir('wp-content'), file('index.php')),
      told('wp-content', dir('nachtwacht-state'), dir('uploads')),
      told('wp-content/nachtwacht-state', dir('page'), file('a')),
      told('wp-content/nachtwacht-state/page', file('b')),
      told('wp-content/uploads', file('c.jpg')),
    );
    expect(table.names).toEqual(['wp-content', 'index.php', 'uploads', 'c.jpg']);
    expect(skips.skipped).toEqual([{ root: 'root', path: 'wp-content/nachtwacht-state', why: 'excluded-own' }]);
  });

  test('as is one that lies too deep', async () => {
    const records: ListRecord[] = [];
    for (let folder = '', depth = 0; depth < 210; depth++) {
      records.push(told(folder, dir('d')));
      folder = folder === '' ? 'd' : `${folder}/d`;
    }
    const { table, skips } = await walk(...records, told(Array.from({ length: 210 }, () => 'd').join('/'), file('x')));
    expect(table.names).toHaveLength(200);
    expect(skips.counts).toEqual({ unreadable: 1 });
  });

  test('but not one that was never told of, nor one beside it', async () => {
    const top = told('', dir('wp-content'));
    await expect(
      walk(top, told('wp-content', dir('nachtwacht-state')), told('wp-content/nachtwacht-state-2', file('a'))),
    ).rejects.toThrow('never announced');
  });
});
