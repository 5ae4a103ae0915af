import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { withRepository } from '../../src/backups/restore/hold-repository.ts';
import { requestRestore } from '../../src/backups/restore/request-restore.ts';
import { restoreSite } from '../../src/backups/restore/restore-site.ts';
import { findSnapshot } from '../../src/backups/restore/snapshot-contents.ts';
import { systemActor } from '../../src/identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../../src/platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { backUp, careFor, doneRun } from '../harness/cared-site.ts';
import { compareFingerprints, takeFingerprint, type Fingerprint } from '../harness/fingerprints.ts';
import { addSparseFile } from '../harness/load.ts';
import { growthOf } from '../harness/memory-growth.ts';
import { readSnapshot } from '../harness/read-snapshot.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';
import { own } from '../harness/wordpress.ts';

const actor = systemActor('test');
const odd = 'wp-content/uploads/odd';
const deep = `${odd}/deep`;

/** What no backup can hold: it is told, and left out of the comparison. */
function isLost(path: string): boolean {
  return (
    path === `${odd}/sparse.img` || path === `${odd}/secret.txt` || path === `${odd}/busy.log` || path.startsWith(deep)
  );
}

/** Puts everything under one folder that makes a walk run in circles, wait for ever, or fall over a name. */
async function fillWithOddities(site: TestSite, elsewhere: string): Promise<void> {
  const folder = join(site.dir, odd);
  await mkdir(folder, { recursive: true });
  for (const [name, target] of [
    ['self', 'self'],
    ['loop', '.'],
    ['up', '../../..'],
    ['ring-a', 'ring-b'],
    ['ring-b', 'ring-a'],
    ['gone', 'nowhere/at/all'],
    ['passwd', '/etc/passwd'],
    ['everything', '/'],
    ['elsewhere', elsewhere],
  ] as const)
    await symlink(target, join(folder, name));
  const names = [
    Buffer.from('new\nline.txt'),
    Buffer.from('\u001b[31mred\u0007.txt'),
    Buffer.from('back\\slash.txt'),
    Buffer.from('%2e%2e%2fdots.txt'),
    Buffer.from('...'),
    Buffer.from('-rf ~;$(id).txt'),
    Buffer.from('é composed.txt'),
    Buffer.from('e\u0301 decomposed.txt'),
    Buffer.from([0xff, 0xfe, 0x80, 0x2e, 0x74]),
    Buffer.from('x'.repeat(255)),
  ];
  for (const name of names) await writeFile(Buffer.concat([Buffer.from(`${folder}/`), name]), name);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await writeFile(join(folder, 'secret.txt'), 'nobody reads this');
  // Deeper than we go, yet within what the system takes as one path.
  await mkdir(join(site.dir, deep, ...Array.from({ length: 210 }, () => 'd')), { recursive: true });
  await own(folder);
  await chmod(join(folder, 'secret.txt'), 0);
  await addSparseFile(site, 'odd/sparse.img', 10_000_000_000);
}

// Truth 8 on a real disk: what a careless or hostile hand can leave in a site's folder, through the whole backup and back.
describe('a site whose folder is full of traps', () => {
  let platform: TestPlatform;
  let worker: SagaWorker;
  let site: TestSite;
  let siteId: string;
  let elsewhere: string;
  let whole: BackupResult;
  let made: BackupResult;
  let state: Fingerprint;

  beforeAll(async () => {
    platform = await openTestPlatform();
    worker = await startSagaWorker(platform, [backupSite, restoreSite], 2);
    site = await startSite();
    siteId = await careFor(platform, site);
    elsewhere = await mkdtemp(join(tmpdir(), 'nw-elsewhere-'));
    await chmod(elsewhere, 0o755);
    await writeFile(join(elsewhere, 'photo.jpg'), 'of a linked folder');
    whole = await backUp(platform, siteId);
  });

  afterAll(async () => {
    await worker?.stop(5000);
    await site?.stop();
    await platform?.close();
    await rm(elsewhere, { recursive: true, force: true });
  });

  it('is backed up without growing, and the snapshot names what it lacks', async () => {
    expect(whole).toMatchObject({ complete: true, gaps: [] });
    await fillWithOddities(site, elsewhere);
    const busy = keepWriting(join(site.dir, odd, 'busy.log'));
    try {
      const { result, grownMb } = await growthOf(async () => await backUp(platform, siteId));
      made = result;
      expect(grownMb).toBeLessThan(300);
    } finally {
      await busy.stop();
    }
    expect(made.complete).toBe(false);
    const [gap] = made.gaps;
    expect(gap).toMatchObject({ code: 'files-missing' });
    expect(gap?.examples.toSorted()).toEqual([
      expect.stringMatching(/\/deep(\/d)+$/u),
      `root:${odd}/secret.txt`,
      `root:${odd}/sparse.img`,
    ]);
    state = await takeFingerprint(site, { ignore: isLost });
    const held = await readSnapshot(platform, siteId, made.snapshotId);
    expect(await compareFingerprints(state, held.fingerprint, { ignore: isLost })).toEqual([]);
    await held.drop();
  });

  it('is never the last good one', async () => {
    const good = await withRepository(platform, siteId, (repository) =>
      findSnapshot(repository, siteId, 'latest-good'),
    );
    expect(good.id).toBe(whole.snapshotId);
  });

  it('comes back as it was, and what was put in its place leads nowhere', async () => {
    const trap = await mkdtemp(join(tmpdir(), 'nw-trap-'));
    await chmod(trap, 0o777);
    await rm(join(site.dir, odd), { recursive: true });
    await symlink(trap, join(site.dir, odd));
    await own(join(site.dir, odd));
    const restore = { site: siteId, snapshot: made.snapshotId, files: [odd] };
    const { runId } = await requestRestore(platform, actor, restore);
    await doneRun(platform, runId);
    expect(await readdir(trap)).toEqual([]);
    expect(await readdir(elsewhere)).toEqual(['photo.jpg']);
    const now = await takeFingerprint(site, { ignore: isLost });
    expect(await compareFingerprints(state, now, { ignore: isLost })).toEqual([]);
    await rm(trap, { recursive: true });
  });
});

/** Rewrites a file from its start, longer and shorter, until it is told to stop. */
function keepWriting(path: string): { stop(): Promise<void> } {
  const over = new AbortController();
  const work = (async () => {
    for (let i = 0; !over.signal.aborted; i++) await writeFile(path, `${i} `.repeat(1 + ((i * 7919) % 5000)));
  })();
  return {
    stop: () => {
      over.abort();
      return work;
    },
  };
}
