// Backs up one folder into a new repository with src/restic; run by restic-first.ts, which measures this process.
// Reads files synchronously into one buffer: what is measured is the library, not ways of reading files.
import { closeSync, createReadStream, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { initRepository, openLocalBackend, worthCompressing } from '../src/restic/index.ts';
import type { Id, TreeNode, Writer } from '../src/restic/index.ts';

const [, , folder = '', repositoryFolder = '', password = ''] = process.argv;
const LARGE = 512 * 1024;
const buffer = Buffer.allocUnsafeSlow(LARGE);

const repository = await initRepository(openLocalBackend(repositoryFolder), password);
const lock = await repository.lock({ exclusive: false, holder: 'bench' });
await repository.loadIndex();
const writer = repository.writer(lock);
const tree = await saveFolder(writer, folder);
const stats = await writer.close();
await repository.saveSnapshot(lock, { time: new Date(), tree, paths: [folder], hostname: 'bench', tags: [] });
await lock.release();
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ maxRssBytes: maxRSS * 1024, bytesStored: stats.bytesStored })}\n`);

async function saveFolder(to: Writer, path: string): Promise<Id> {
  const nodes: TreeNode[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    const { mtimeNs, mode, size } = statSync(below, { bigint: true });
    const facts = { name: entry.name, mode: Number(mode) & 0o7777, mtimeNs };
    if (entry.isDirectory()) nodes.push({ ...facts, type: 'dir', subtree: await saveFolder(to, below) });
    if (entry.isFile()) nodes.push({ ...facts, type: 'file', ...(await saveFile(to, below, Number(size))) });
  }
  return to.saveTree(nodes);
}

async function saveFile(to: Writer, path: string, size: number): Promise<{ content: Id[]; size: number }> {
  const compress = worthCompressing(path);
  if (size > LARGE) return to.saveStream(createReadStream(path, { highWaterMark: LARGE }), { compress });
  const file = openSync(path, 'r');
  const length = readSync(file, buffer, 0, LARGE, 0);
  closeSync(file);
  if (length === 0) return { content: [], size: 0 };
  const { id } = await to.saveBlob('data', buffer.subarray(0, length), { compress });
  return { content: [id], size: length };
}
