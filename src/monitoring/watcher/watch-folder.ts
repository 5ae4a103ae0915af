import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { takeMainProcessLock } from '../../platform/database/index.ts';
import { carriesFacts } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';

/** A watcher's own place on disk: spool, what it kept, and who it is. One process at a time has it. */
export interface WatchFolder {
  folder: string;
  /** The same through restarts, so that its sites stay with it. */
  watcherId: string;
  release(): Promise<void>;
}

const mostSlots = 64;

/** The first place in `<data>/watch/` that no living process has: `0` as long as there is one watcher on this machine. */
export async function takeWatchFolder(dataFolder: string): Promise<WatchFolder> {
  for (let slot = 0; slot < mostSlots; slot++) {
    const taken = await tryTake(path.join(dataFolder, 'watch', String(slot)));
    if (taken) return taken;
  }
  throw new Error(`more than ${mostSlots} watchers on one data folder`);
}

/** Places that a process left behind, one after the other, each held while `work` is done with it. */
export async function visitOrphans(dataFolder: string, work: (orphan: WatchFolder) => Promise<void>): Promise<void> {
  const root = path.join(dataFolder, 'watch');
  for (const name of readdirSync(root)) {
    const folder = path.join(root, name);
    if (!/^\d+$/.test(name) || !readdirSync(folder).some((file) => /^(results-.*\.bin|events\.jsonl)$/.test(file)))
      continue;
    const orphan = await tryTake(folder);
    if (!orphan) continue;
    try {
      await work(orphan);
    } finally {
      await orphan.release();
    }
  }
}

async function tryTake(folder: string): Promise<WatchFolder | undefined> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const lock = await takeMainProcessLock(folder);
    return { folder, watcherId: idIn(folder), release: () => lock.release() };
  } catch (error) {
    if (carriesFacts(error) && error.code === 'already-running') return undefined;
    throw error;
  }
}

function idIn(folder: string): string {
  const file = path.join(folder, 'id');
  try {
    const id = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-z]{6,40}$/.test(id)) return id;
  } catch {
    // The first time in this place.
  }
  const id = newId();
  writeFileSync(file, `${id}\n`, { mode: 0o600 });
  return id;
}
