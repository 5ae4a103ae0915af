// The file engine on the real repository library in a folder; only the site is made up here.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initRepository, openLocalBackend, openRepository, type Id, type RepositoryApi } from '../../restic/index.ts';
import { defaultExcludes } from '../rules/excludes.ts';
import { FILES_FOLDER } from '../rules/snapshot-layout.ts';
import { MemorySite } from './memory-site.ts';
import { readSiteFiles, totalsOf, type ReadFiles } from './read-site-files.ts';
import { SkipList } from './skip-list.ts';
import { ownFolder, writeTrees } from './write-trees.ts';
import type { EarlierTree } from './compare-files.ts';
import type { FileTable } from './file-table.ts';

let folder: string;
let repo: RepositoryApi;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nw-files-'));
  repo = await initRepository(openLocalBackend(path.join(folder, 'repo')), 'secret', { cost: { N: 2, r: 1, p: 1 } });
});
afterEach(async () => {
  await repo.close();
  await rm(folder, { recursive: true, force: true });
});

interface Run extends ReadFiles {
  tree: Id;
  skips: SkipList;
}

async function backUp(
  site: MemorySite,
  options: {
    parent?: { tree: Id; siteTime?: number; rollingOf?: number; turn?: number };
    partial?: Id;
    pause?: (tables: readonly FileTable[], save: () => Promise<Id | undefined>) => Promise<void>;
    limitBytes?: number;
    entries?: number;
  } = {},
): Promise<Run> {
  const lock = await repo.lock({ exclusive: false, holder: 'test' });
  await repo.loadIndex();
  const writer = repo.writer(lock);
  const skips = new SkipList();
  const earlier: EarlierTree[] = [];
  if (options.partial !== undefined)
    earlier.push({
      tree: options.partial,
      partial: true,
      policy: { rollingOf: 0, turn: 0, parentSiteTime: undefined },
    });
  if (options.parent !== undefined)
    earlier.push({
      tree: options.parent.tree,
      policy: {
        rollingOf: options.parent.rollingOf ?? 0,
        turn: options.parent.turn ?? 0,
        parentSiteTime: options.parent.siteTime ?? 1_800_000_000,
      },
    });
  const top = async (tables: readonly FileTable[], which?: 'partial'): Promise<Id | undefined> => {
    const table = tables[0];
    const tree =
      table === undefined
        ? undefined
        : which
          ? await writeTrees(table, writer, which)
          : await writeTrees(table, writer);
    if (tree === undefined) return undefined;
    return writer.saveTree([ownFolder(FILES_FOLDER, await writer.saveTree([ownFolder('root', tree)]))]);
  };
  try {
    const read = await readSiteFiles({
      site,
      repo,
      writer,
      earlier,
      excludes: defaultExcludes('s1'),
      content: { root: 'root', path: 'wp-content' },
      limitBytes: options.limitBytes ?? 5e9,
      ...(options.entries === undefined ? {} : { walkLimits: { entries: options.entries, depth: 50, nameBytes: 1e6 } }),
      skips,
      signal: new AbortController().signal,
      onProgress: () => {},
      pause: async (tables) =>
        options.pause?.(tables, async () => {
          const tree = await top(tables, 'partial');
          await writer.checkpoint();
          return tree;
        }),
      monotonicMs: () => performance.now(),
    });
    const tree = (await top(read.tables)) ?? '';
    await writer.close();
    return { ...read, tree, skips };
  } finally {
    await lock.release();
  }
}

async function restored(tree: Id): Promise<Map<string, string>> {
  const target = path.join(folder, `out-${randomBytes(4).toString('hex')}`);
  await repo.restore(tree, target, { verify: true });
  const found = new Map<string, string>();
  for await (const change of repo.diffTrees(undefined, tree))
    if ('node' in change && change.node.type === 'file') {
      const name = change.path.map(String).join('/');
      found.set(
        name,
        createHash('sha256')
          .update(await readFile(path.join(target, name)))
          .digest('hex'),
      );
    }
  return found;
}

function contentsOf(site: MemorySite): Map<string, string> {
  return new Map(
    [...site.files].map(([name, file]) => [`files/root/${name}`, createHash('sha256').update(file.data).digest('hex')]),
  );
}

function aSite(): MemorySite {
  const site = new MemorySite();
  site.put('index.php', '<?php // home');
  site.put('wp-config.php', '<?php // config');
  site.put('empty.txt', '');
  for (let i = 0; i < 300; i++) site.put(`wp-content/plugins/p${i % 7}/file-${i}.php`, randomBytes(200 + i * 11));
  site.put('wp-content/uploads/2026/11/large.bin', randomBytes(9_000_000));
  site.put('wp-content/uploads/2026/11/middle.jpg', randomBytes(1_500_000));
  site.put('wp-content/uploads/name with % and \u00e9'.replace('%', '%25'), 'odd name');
  return site;
}

describe('first, unchanged and changed', () => {
  it('stores every file as it is', async () => {
    const site = aSite();
    const first = await backUp(site);
    const wanted = contentsOf(site);
    wanted.set(
      'files/root/wp-content/uploads/name with % and \u00e9',
      wanted.get('files/root/wp-content/uploads/name with %25 and \u00e9') ?? '',
    );
    wanted.delete('files/root/wp-content/uploads/name with %25 and \u00e9');
    expect(await restored(first.tree)).toEqual(wanted);
    expect(first.skips.skipped).toEqual([]);
    expect(totalsOf(first.tables)).toMatchObject({ files: site.files.size });
    const check = await repo.check({ readData: 'all' });
    expect(check.problems).toEqual([]);
  });

  it('reads nothing of an unchanged site and stores the same tree', async () => {
    const site = aSite();
    const first = await backUp(site);
    site.counts.reads = 0;
    const second = await backUp(site, { parent: { tree: first.tree } });
    expect(site.counts).toMatchObject({ reads: 0, hashes: 0 });
    expect(second.tree).toBe(first.tree);
    expect(second.figures.filesReused).toBe(site.files.size - 0);
  });

  it('fetches only what changed', async () => {
    const site = aSite();
    const first = await backUp(site);
    const changed = ['index.php', 'wp-content/plugins/p3/file-3.php'];
    for (const name of changed) site.put(name, randomBytes(1000), 1_700_000_500);
    site.put('wp-content/uploads/new.txt', 'new', 1_700_000_500);
    site.files.delete('wp-content/plugins/p4/file-4.php');
    site.counts.bytes = 0;
    const second = await backUp(site, { parent: { tree: first.tree } });
    expect(site.counts.bytes).toBe(2003);
    expect(second.figures.filesFetched).toBe(3);
    expect((await restored(second.tree)).has('files/root/wp-content/plugins/p4/file-4.php')).toBe(false);
  });

  it('sees a file whose size and times were kept, when its turn for the rolling check comes', async () => {
    const site = aSite();
    const first = await backUp(site);
    const file = site.files.get('wp-content/uploads/2026/11/large.bin');
    if (file) file.data = randomBytes(9_000_000);
    const unseen = await backUp(site, { parent: { tree: first.tree } });
    expect(unseen.tree).toBe(first.tree);
    const seen = await backUp(site, { parent: { tree: first.tree, rollingOf: 1 } });
    expect(seen.figures.filesFetched).toBe(1);
    expect((await restored(seen.tree)).get('files/root/wp-content/uploads/2026/11/large.bin')).toBe(
      contentsOf(site).get('files/root/wp-content/uploads/2026/11/large.bin'),
    );
  });

  it('compares by hash what was written in the second of the last walk', async () => {
    const site = aSite();
    const first = await backUp(site);
    const file = site.files.get('index.php');
    if (file) file.data = Buffer.from('<?php // HOME');
    const second = await backUp(site, { parent: { tree: first.tree, siteTime: 1_700_000_001 } });
    expect(second.figures.filesFetched).toBe(1);
    expect(second.figures.filesHashed).toBeGreaterThan(300);
  });
});

describe('going on after a kill', () => {
  it('fetches nothing twice that a partial tree holds', async () => {
    const site = aSite();
    let partial: Id | undefined;
    let batches = 0;
    await expect(
      backUp(site, {
        pause: async (_tables, save) => {
          if (++batches < 4) return;
          partial = await save();
          throw new Error('killed');
        },
      }),
    ).rejects.toThrow('killed');
    expect(partial).toBeDefined();
    const before = site.counts.bytes;
    expect(before).toBeGreaterThan(0);
    repo = await openRepository(openLocalBackend(path.join(folder, 'repo')), 'secret');
    const second = await backUp(site, partial === undefined ? {} : { partial });
    const total = [...site.files.values()].reduce((sum, file) => sum + file.data.length, 0);
    expect(second.figures.filesReused).toBeGreaterThan(0);
    // The large file was under way: at most its unfinished piece and one batch travel again.
    expect(site.counts.bytes).toBeLessThan(total + 9_000_000);
    expect((await restored(second.tree)).size).toBe(site.files.size);
  });
});

describe('a site that moves', () => {
  it('reads a file again that changes while it is read, and keeps the last whole state', async () => {
    const site = aSite();
    let times = 0;
    site.onRead = (name) => {
      if (name === 'index.php' && times++ < 2) site.put(name, `state ${times}`, 1_700_000_000 + times);
    };
    const run = await backUp(site);
    expect(run.changedWhileRead).toEqual([]);
    expect(run.figures.filesRefetched).toBe(2);
    expect((await restored(run.tree)).get('files/root/index.php')).toBe(contentsOf(site).get('files/root/index.php'));
  });

  it('stores a file that never stands still as last read, and reports it', async () => {
    const site = aSite();
    let times = 0;
    site.onRead = (name) => {
      if (name === 'index.php' || name.endsWith('large.bin'))
        site.put(
          name,
          Buffer.concat([site.files.get(name)?.data ?? Buffer.alloc(0), Buffer.from('more')]),
          1_700_000_000 + ++times,
        );
    };
    const run = await backUp(site);
    expect(run.changedWhileRead.map((one) => one.path).toSorted()).toEqual([
      'index.php',
      'wp-content/uploads/2026/11/large.bin',
    ]);
    const check = await repo.check({ readData: 'all' });
    expect(check.problems).toEqual([]);
    await restored(run.tree);
  });

  it('a file that is gone when read is reported, not stored', async () => {
    const site = aSite();
    site.onRead = (name) => {
      if (name === 'index.php') site.files.delete(name);
    };
    const run = await backUp(site);
    expect(run.skips.skipped).toEqual([{ root: 'root', path: 'index.php', why: 'vanished', detail: 'gone' }]);
    expect((await restored(run.tree)).has('files/root/index.php')).toBe(false);
  });
});

describe('a hostile site', () => {
  it('names that lead elsewhere, twice named files and folders never listed are gaps', async () => {
    const site = aSite();
    site.twist = (record) => {
      if ('skip' in record || record.folder !== '') return [record];
      const like = { type: 'f' as const, size: 1, mtime: 1, ctime: 1, mode: 0o644 };
      return [
        {
          ...record,
          entries: [
            ...record.entries,
            { ...like, name: '..' },
            { ...like, name: '../../etc/passwd' },
            { ...like, name: '/etc/passwd' },
            { ...like, name: 'a\u0000b' },
            { ...like, name: 'index.php' },
            { ...like, name: 'never-listed', type: 'd' },
          ],
        },
      ];
    };
    const run = await backUp(site);
    expect(run.skips.counts).toEqual({ 'bad-name': 4, 'duplicate-name': 1, 'read-failed': 1 });
    expect(JSON.stringify(run.skips.skipped)).not.toContain('\\u0000');
    expect((await restored(run.tree)).size).toBe(site.files.size);
  });

  it('a listing without end is refused', async () => {
    const site = new MemorySite();
    site.list = async function* () {
      for (let i = 0; ; i++)
        yield {
          folder: '',
          more: true,
          entries: [{ name: `f${i}`, type: 'f', size: 1, mtime: 1, ctime: 1, mode: 0o644 }],
        };
    };
    await expect(backUp(site, { entries: 5000 })).rejects.toMatchObject({
      code: 'site-listing-too-large',
      retryable: false,
    });
  });

  it('a listing of endless nothing is refused', async () => {
    const site = new MemorySite();
    site.list = async function* () {
      for (;;) yield { folder: '', more: true, entries: [] };
    };
    await expect(backUp(site, { entries: 100 })).rejects.toMatchObject({ code: 'site-listing-too-large' });
  });

  it('a folder that was never announced is refused', async () => {
    const site = new MemorySite();
    site.list = async function* () {
      yield { folder: 'a/b', more: false, entries: [] };
    };
    await expect(backUp(site)).rejects.toMatchObject({ code: 'site-listing-invalid' });
  });

  it('a 10 GB sparse file is left out and said', async () => {
    const site = aSite();
    site.twist = (record) => {
      if ('skip' in record || record.folder !== '') return [record];
      const like = { type: 'f' as const, mtime: 1, ctime: 1, mode: 0o644 };
      return [{ ...record, entries: [...record.entries, { ...like, name: 'sparse.img', size: 10e9 }] }];
    };
    const run = await backUp(site);
    expect(run.skips.skipped).toEqual([
      { root: 'root', path: 'sparse.img', why: 'too-large', detail: '10000000000 bytes' },
    ]);
  });

  it('links are stored as text and never followed', async () => {
    const site = aSite();
    site.links.set('loop', 'loop');
    site.links.set('out', '../../../etc');
    const run = await backUp(site);
    const node = await repo.findNode(run.tree, ['files', 'root', 'out']);
    expect(node).toMatchObject({ type: 'symlink', linktarget: '../../../etc' });
  });

  it('a site that gives no bytes ends as an error, not as a loop', async () => {
    const site = aSite();
    site.read = async function* () {};
    await expect(backUp(site)).rejects.toMatchObject({ code: 'site-gives-nothing' });
  });
});
