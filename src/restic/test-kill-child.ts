// For kill.integration.test.ts: backs up, forgets and prunes without end, and says each thing once it is done. A killed
// process of this kind must never have said anything that is not so.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalBackend, openRepository } from './index.ts';
import { changeFolder, describeFolder, saveSnapshotOf } from './test-folder.ts';

const [, , location = '', password = '', site = '', states = ''] = process.argv;
const SMALL_PACKS = 128 * 1024;
const KEEP = 3;

function say(...words: string[]): void {
  // Synchronous on a pipe: once it returns the parent has it, whatever happens to this process.
  process.stdout.write(`${words.join(' ')}\n`);
}

const repository = await openRepository(openLocalBackend(location), password);
await mkdir(states, { recursive: true });
say('ready');
for (let round = 0; ; round++) {
  await changeFolder(site);
  const state = await describeFolder(site);
  const lock = await repository.lock({ exclusive: false, holder: 'kill-test', waitMs: 2000 });
  await repository.loadIndex();
  const snapshot = await saveSnapshotOf(repository, lock, site, { packSize: SMALL_PACKS });
  await lock.release();
  await writeFile(join(states, snapshot.id), JSON.stringify(state));
  say('saved', snapshot.id);
  if (round % 2 === 0) continue;

  const alone = await repository.lock({ exclusive: true, holder: 'kill-test', waitMs: 2000 });
  const old = (await repository.listSnapshots()).slice(0, -KEEP).map(({ id }) => id);
  say('forgetting', ...old);
  await repository.forget(alone, old);
  const { packsRemoved, packsRepacked } = await repository.prune(alone, { maxUnusedShare: 0, packSize: SMALL_PACKS });
  say('pruned', String(packsRemoved), String(packsRepacked));
  await alone.release();
}
