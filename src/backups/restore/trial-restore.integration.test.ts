import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startMariaDb } from '../../../e2e/harness/mariadb.ts';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import {
  initRepository,
  openLocalBackend,
  type RepositoryApi,
  type Snapshot,
  type TreeNode,
  type Writer,
} from '../../restic/index.ts';
import { asOrdinaryUser } from '../../restic/test-ordinary-user.ts';
import { databaseFolder } from '../database/database-folder.ts';
import { tryRestore, type TrialResult } from './trial-restore.ts';

const folders: string[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** A snapshot of these nodes at its top. */
async function saveSnapshot(
  repository: RepositoryApi,
  make: (writer: Writer, dir: { type: 'dir'; mtimeNs: bigint; mode: number }) => Promise<TreeNode[]>,
): Promise<Snapshot> {
  const lock = await repository.lock({ exclusive: false, holder: 'test' });
  try {
    await repository.loadIndex();
    const writer = repository.writer(lock);
    const tree = await writer.saveTree(await make(writer, { type: 'dir', mtimeNs: 0n, mode: 0o555 }));
    await writer.close();
    return await repository.saveSnapshot(lock, { time: new Date(), tree, paths: ['/'], hostname: 'test', tags: [] });
  } finally {
    await lock.release();
  }
}

/** As of a host that closes its folders, and some files too. */
function saveClosed(repository: RepositoryApi): Promise<Snapshot> {
  return saveSnapshot(repository, async (writer, dir) => {
    const { id, length } = await writer.saveBlob('data', Buffer.from('<?php'));
    const file = { type: 'file' as const, mtimeNs: 0n, size: length, content: [id] };
    const inside = await writer.saveTree([
      { ...file, name: 'closed.php', mode: 0 },
      { ...file, name: 'wp-config.php', mode: 0o444 },
      { name: 'link', type: 'symlink', mode: 0o777, mtimeNs: 0n, linktarget: 'wp-config.php' },
    ]);
    const root = await writer.saveTree([
      { ...dir, name: 'hardened', subtree: inside },
      { ...dir, name: 'nobody', mode: 0, subtree: inside },
    ]);
    return [{ ...dir, name: 'files', subtree: await writer.saveTree([{ ...dir, name: 'root', subtree: root }]) }];
  });
}

async function tryIn(
  folder: string,
  save: (repository: RepositoryApi) => Promise<Snapshot>,
  environment: Record<string, string> = {},
): Promise<TrialResult> {
  const cost = { N: 2, r: 8, p: 1 };
  const repository = await initRepository(openLocalBackend(join(folder, 'repository')), 'x', { cost });
  const snapshot = await save(repository);
  const run = { signal: new AbortController().signal, progress: () => undefined };
  const platform = { clock: systemClock, config: readConfig({ NACHTWACHT_DATA: folder, ...environment }) };
  try {
    return await tryRestore(run, platform, repository, snapshot, Date.now());
  } finally {
    await repository.close();
  }
}

test('an ordinary user tries a snapshot of closed folders and files, and leaves nothing behind', async () => {
  await asOrdinaryUser(async () => {
    const folder = await mkdtemp('/var/tmp/nw-trial-');
    folders.push(folder);
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    vi.stubEnv('TMPDIR', scratch);
    const result = await tryIn(folder, saveClosed);
    expect(result).toMatchObject({ isDamaged: false, files: 4, problems: ['the snapshot holds no database'] });
    expect(await readdir(scratch)).toEqual([]);
  });
});

test('on a server of the operator an event of the site is not even made', async () => {
  const folder = await mkdtemp('/var/tmp/nw-trial-');
  folders.push(folder);
  const server = await startMariaDb({ settings: ['--event-scheduler=ON', '--general-log=1', '--log-output=TABLE'] });
  try {
    const own = await server.createDatabase('operator');
    await own.sql("CREATE USER trial@'127.%' IDENTIFIED BY 'pw'; GRANT ALL ON *.* TO trial@'127.%';");
    const schema = [
      { kind: 'view' as const, name: 'v', sql: 'CREATE VIEW `v` AS SELECT 1 AS `one`' },
      { kind: 'event' as const, name: 'e', sql: 'CREATE EVENT `e` ON SCHEDULE EVERY 1 SECOND DO SET @a = 1' },
    ];
    const save = (repository: RepositoryApi): Promise<Snapshot> =>
      saveSnapshot(repository, async (writer, dir) => {
        const snapshot = { consistent: true, code: 'one-snapshot' as const, reason: '' };
        const nodes = await databaseFolder(writer, [], 0n, { schema, snapshot, report: [] });
        const root = { ...dir, name: 'root', subtree: await writer.saveTree([]) };
        return [
          { ...dir, name: 'database', subtree: await writer.saveTree(nodes) },
          { ...dir, name: 'files', subtree: await writer.saveTree([root]) },
        ];
      });
    const url = `mysql://trial:pw@${server.host}:${server.port}`;
    expect(await tryIn(folder, save, { NACHTWACHT_TRIAL_DATABASE_URL: url })).toMatchObject({ ok: true, problems: [] });
    const made = async (what: string): Promise<number> =>
      own.count(`SELECT COUNT(*) FROM mysql.general_log WHERE argument LIKE 'CREATE ${what}%'`);
    expect([await made('VIEW'), await made('EVENT')]).toEqual([1, 0]);
  } finally {
    await server.stop();
  }
});
