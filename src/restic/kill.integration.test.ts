import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newestRestic, runRestic } from '../../e2e/harness/restic-binaries.ts';
import { initRepository, openLocalBackend, openRepository } from './index.ts';
import { describeFolder, makeFolder } from './test-folder.ts';

const PASSWORD = 'kill';
/** More by hand: NACHTWACHT_KILLS=200 npx vitest run --project integration src/restic/kill */
const KILLS = Number(process.env['NACHTWACHT_KILLS'] ?? 15);
const LONGEST_LIFE_MS = 2000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/nw-restic-kill-');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Snapshots that were acknowledged and not given up since, oldest first, and how often a prune was finished. */
interface Told {
  saved: Set<string>;
  pruned: number;
  repacked: number;
}

async function liveAndDie(args: string[], told: Told): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-kill-child.ts'), ...args]);
  let [output, errors] = ['', ''];
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('ready\n')) resolve();
    });
    child.once('exit', () => reject(new Error(`ended before it was ready: ${errors}`)));
  });
  const gone = new Promise<string | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
  await ready;
  await delay(Math.random() * LONGEST_LIFE_MS);
  child.kill('SIGKILL');
  expect(await gone, errors).toBe('SIGKILL');
  for (const line of output.split('\n').slice(0, -1)) {
    const [what, ...rest] = line.split(' ');
    if (what === 'saved') told.saved.add(rest[0]!);
    if (what === 'forgetting') for (const id of rest) told.saved.delete(id);
    if (what === 'pruned') {
      told.pruned++;
      told.repacked += Number(rest[1]);
    }
  }
}

test(
  `killed ${KILLS} times at any moment: nothing acknowledged is lost, nothing is broken`,
  { timeout: 60_000 + KILLS * 10_000 },
  async () => {
    const [location, site, states] = ['repository', 'site', 'states'].map((name) => join(folder, name));
    await makeFolder(site!, { oddLinks: true, files: 60 });
    await initRepository(openLocalBackend(location!), PASSWORD, { cost: { N: 1024, r: 8, p: 1 } });
    const told: Told = { saved: new Set(), pruned: 0, repacked: 0 };
    for (let kill = 0; kill < KILLS; kill++) {
      await liveAndDie([location!, PASSWORD, site!, states!], told);
      const repository = await openRepository(openLocalBackend(location!), PASSWORD);
      await repository.loadIndex();
      expect((await repository.check({ readData: 'all' })).problems).toEqual([]);
      const snapshots = await repository.listSnapshots();
      const there = new Set(snapshots.map(({ id }) => id));
      expect([...told.saved].filter((id) => !there.has(id))).toEqual([]);
      for (const { id, tree } of snapshots.filter((snapshot) => told.saved.has(snapshot.id)).slice(-2)) {
        const target = join(folder, `out-${kill}-${id.slice(0, 8)}`);
        await repository.restore(tree, target, { verify: true });
        expect(await describeFolder(target)).toEqual(JSON.parse(await readFile(join(states!, id), 'utf8')));
        await rm(target, { recursive: true });
      }
    }
    expect(told.saved.size).toBeGreaterThan(0);
    expect(told.pruned).toBeGreaterThan(0);

    const repository = await openRepository(openLocalBackend(location!), PASSWORD);
    const lock = await repository.lock({ exclusive: true, holder: 'test' });
    await repository.prune(lock, { maxUnusedShare: 0 });
    await lock.release();
    expect(await readdir(join(location!, 'locks'))).toEqual([]);
    const place = { location: location!, password: PASSWORD, cache: join(folder, 'cache') };
    const said = await runRestic(await newestRestic(), place, ['check', '--read-data']);
    expect(said).toContain('no errors were found');
    expect(said).not.toContain('additional files');
  },
);
