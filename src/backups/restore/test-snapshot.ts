import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import {
  initRepository,
  openLocalBackend,
  type Id,
  type RepositoryApi,
  type Snapshot,
  type TreeNode,
} from '../../restic/index.ts';

/** Files of a site by path; a Buffer or text = its bytes, `null` = an empty folder. For tests. */
export type TestFiles = Record<string, string | Buffer | null | { link: string }>;

export interface TestRepository {
  repository: RepositoryApi;
  folder: string;
  /** Saves a snapshot of these files (under `files/root`) and other paths from the top; gives its tree. */
  save(files: TestFiles, top?: TestFiles): Promise<Id>;
  remove(): Promise<void>;
}

/** A repository of our own library in a temporary folder. */
export async function makeTestRepository(): Promise<TestRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'nw-restore-'));
  const backend = openLocalBackend(join(folder, 'repository'));
  const repository = await initRepository(backend, 'a password for tests', { cost: { N: 1024, r: 8, p: 1 } });
  return {
    repository,
    folder,
    save: async (files, top) => (await saveTestSnapshot(repository, 'test', files, top)).tree,
    remove: async () => {
      await repository.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Saves a snapshot of these files (under `files/root`) and other paths from the top, as one of this site. */
export async function saveTestSnapshot(
  repository: RepositoryApi,
  site: string,
  files: TestFiles,
  top: TestFiles = {},
): Promise<Snapshot> {
  const all: TestFiles = { ...top };
  for (const [path, content] of Object.entries(files)) all[`files/root/${path}`] = content;
  const lock = await repository.lock({ exclusive: false, holder: 'test' });
  try {
    await repository.loadIndex();
    const writer = repository.writer(lock);
    const tree = await saveFolder(
      all,
      async (content) => {
        const saved = await writer.saveStream(bytesOf(content));
        return { content: saved.content, size: saved.size };
      },
      (nodes) => writer.saveTree(nodes),
    );
    await writer.close();
    const tags = [`site=${site}`, 'complete=yes', 'reason=by-hand'];
    return await repository.saveSnapshot(lock, { time: new Date(), tree, paths: ['/'], hostname: 'test', tags });
  } finally {
    await lock.release();
  }
}

async function saveFolder(
  files: TestFiles,
  saveFile: (content: Buffer) => Promise<{ content: Id[]; size: number }>,
  saveTree: (nodes: TreeNode[]) => Promise<Id>,
): Promise<Id> {
  const nodes: TreeNode[] = [];
  const below = new Map<string, TestFiles>();
  const base = { mtimeNs: 1_700_000_000_000_000_000n };
  for (const [path, content] of Object.entries(files)) {
    const slash = path.indexOf('/');
    if (slash > 0) {
      const name = path.slice(0, slash);
      below.set(name, { ...below.get(name), [path.slice(slash + 1)]: content });
    } else if (content === null) below.set(path, below.get(path) ?? {});
    else if (typeof content === 'object' && 'link' in content) {
      nodes.push({ ...base, name: path, type: 'symlink', mode: 0o777, linktarget: content.link });
    } else {
      nodes.push({ ...base, name: path, type: 'file', mode: 0o644, ...(await saveFile(Buffer.from(content))) });
    }
  }
  for (const [name, inside] of below) {
    nodes.push({ ...base, name, type: 'dir', mode: 0o755, subtree: await saveFolder(inside, saveFile, saveTree) });
  }
  return saveTree(nodes);
}

async function* bytesOf(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
