import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { initRepository, openLocalBackend, type RepositoryApi, type Snapshot } from '../../restic/index.ts';
import { asOrdinaryUser } from '../../restic/test-ordinary-user.ts';
import { tryRestore } from './trial-restore.ts';

const folders: string[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** A snapshot as of a host that closes its folders, and some files too. */
async function saveClosed(repository: RepositoryApi): Promise<Snapshot> {
  const lock = await repository.lock({ exclusive: false, holder: 'test' });
  try {
    await repository.loadIndex();
    const writer = repository.writer(lock);
    const { id, length } = await writer.saveBlob('data', Buffer.from('<?php'));
    const file = { type: 'file' as const, mtimeNs: 0n, size: length, content: [id] };
    const inside = await writer.saveTree([
      { ...file, name: 'closed.php', mode: 0 },
      { ...file, name: 'wp-config.php', mode: 0o444 },
      { name: 'link', type: 'symlink', mode: 0o777, mtimeNs: 0n, linktarget: 'wp-config.php' },
    ]);
    const dir = { type: 'dir' as const, mtimeNs: 0n, subtree: inside };
    const root = await writer.saveTree([
      { ...dir, name: 'hardened', mode: 0o555 },
      { ...dir, name: 'nobody', mode: 0 },
    ]);
    const tree = await writer.saveTree([
      {
        ...dir,
        name: 'files',
        mode: 0o555,
        subtree: await writer.saveTree([{ ...dir, name: 'root', mode: 0o555, subtree: root }]),
      },
    ]);
    await writer.close();
    return await repository.saveSnapshot(lock, { time: new Date(), tree, paths: ['/'], hostname: 'test', tags: [] });
  } finally {
    await lock.release();
  }
}

test('an ordinary user tries a snapshot of closed folders and files, and leaves nothing behind', async () => {
  await asOrdinaryUser(async () => {
    const folder = await mkdtemp('/var/tmp/nw-trial-');
    folders.push(folder);
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    vi.stubEnv('TMPDIR', scratch);
    const cost = { N: 2, r: 8, p: 1 };
    const repository = await initRepository(openLocalBackend(join(folder, 'repository')), 'x', { cost });
    const snapshot = await saveClosed(repository);
    const run = { signal: new AbortController().signal, progress: () => undefined };
    const platform = { clock: systemClock, config: readConfig({ NACHTWACHT_DATA: folder }) };
    const result = await tryRestore(run, platform, repository, snapshot, Date.now());
    await repository.close();
    expect(result).toMatchObject({ isDamaged: false, files: 4, problems: ['the snapshot holds no database'] });
    expect(await readdir(scratch)).toEqual([]);
  });
});
