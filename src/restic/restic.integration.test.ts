// oxlint-disable vitest/no-standalone-expect -- `swears` is called by the tests only
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCeph } from '../../e2e/harness/ceph.ts';
import type { CephGateway } from '../../e2e/harness/ceph.ts';
import { resticBinaries, runRestic } from '../../e2e/harness/restic-binaries.ts';
import type { ResticBinary } from '../../e2e/harness/restic-binaries.ts';
import { initRepository, openLocalBackend, openRepository, openS3Backend } from './index.ts';
import type { Backend, RepositoryApi, Snapshot } from './index.ts';
import { encodeTree } from './tree.ts';
import { changeFolder, describeFolder, makeFolder, saveSnapshotOf } from './test-folder.ts';

const PASSWORD = 'correct horse battery staple';
const binaries = await resticBinaries();
let folder: string;
let ceph: CephGateway;

beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/nw-restic-');
  ceph = await startCeph();
});
afterAll(async () => {
  await ceph.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Place {
  backend(): Backend;
  location: string;
  environment: Record<string, string>;
}

function placeOf(kind: string, name: string): Place {
  if (kind === 'local') {
    const location = join(folder, name);
    return { backend: () => openLocalBackend(location), location, environment: {} };
  }
  return {
    backend: () => openS3Backend({ ...ceph, prefix: name }),
    location: `s3:${ceph.endpoint}/${ceph.bucket}/${name}`,
    environment: { AWS_ACCESS_KEY_ID: ceph.accessKeyId, AWS_SECRET_ACCESS_KEY: ceph.secretAccessKey },
  };
}

/** What both sides say about a repository after each step. */
class Witness {
  readonly #place: Place;
  readonly #binary: ResticBinary;
  readonly #scratch: string;
  #restores = 0;

  constructor(place: Place, binary: ResticBinary, scratch: string) {
    this.#place = place;
    this.#binary = binary;
    this.#scratch = scratch;
  }

  restic(...args: string[]): Promise<string> {
    const { location, environment } = this.#place;
    const cache = join(this.#scratch, 'cache');
    return runRestic(this.#binary, { location, password: PASSWORD, cache, environment }, args);
  }

  /** Both restores of this snapshot are what the folder was, and both checks find nothing. */
  async swears(snapshot: string, tree: string, wanted: string[]): Promise<void> {
    expect(await this.restic('check', '--read-data')).toContain('no errors were found');
    const byRestic = join(this.#scratch, `restic-${this.#restores}`);
    await this.restic('restore', snapshot, '--target', byRestic, '--verify');
    const repository = await openRepository(this.#place.backend(), PASSWORD);
    await repository.loadIndex();
    expect((await repository.check({ readData: 'all' })).problems).toEqual([]);
    const byUs = join(this.#scratch, `ours-${this.#restores++}`);
    await repository.restore(tree, byUs, { verify: true });
    await repository.close();
    expect(await describeFolder(byRestic)).toEqual(wanted);
    expect(await describeFolder(byUs)).toEqual(wanted);
  }
}

async function back(repository: RepositoryApi, site: string, tag?: string): Promise<Snapshot> {
  const lock = await repository.lock({ exclusive: false, holder: 'test' });
  await repository.loadIndex();
  try {
    return await saveSnapshotOf(repository, lock, site, {
      packSize: 2 * 1024 * 1024,
      ...(tag === undefined ? {} : { tag }),
    });
  } finally {
    await lock.release();
  }
}

async function forgetAndPrune(repository: RepositoryApi, keep: string[]): Promise<void> {
  const lock = await repository.lock({ exclusive: true, holder: 'test' });
  const all = await repository.listSnapshots();
  await repository.forget(
    lock,
    all.map(({ id }) => id).filter((id) => !keep.includes(id)),
  );
  // restic packs small packs again once there are ten of them: there must be fewer, however the folder changed.
  await repository.prune(lock, { maxUnusedShare: 0, packSize: 2 * 1024 * 1024 });
  await lock.release();
}

describe.each(binaries)('restic $version', (binary) => {
  // S3 waits more than it works: the lives of one restic go on at once.
  describe.concurrent.each(['local', 'S3'])('on %s', { timeout: 240_000 }, (kind) => {
    test('reads ours after each step of a life, and we go on after its steps', async () => {
      const scratch = await mkdtemp(join(folder, 'run-'));
      const place = placeOf(kind, `ours-${binary.version}`);
      const witness = new Witness(place, binary, scratch);
      const site = join(scratch, 'site');
      await makeFolder(site, { oddLinks: keepsBytesOfLinks(binary) });

      const repository = await initRepository(place.backend(), PASSWORD);
      const first = await back(repository, site, 'site=1');
      const wantedFirst = await describeFolder(site);
      await witness.swears(first.id, first.tree, wantedFirst);
      expect(JSON.parse(await witness.restic('snapshots', '--json', '--tag', 'site=1'))).toHaveLength(1);
      const listing = await witness.restic('ls', 'latest');
      expect(listing).toContain('/uploads/2026/11/file-0.txt');

      await changeFolder(site);
      const second = await back(repository, site);
      await witness.swears(second.id, second.tree, await describeFolder(site));

      await changeFolder(site);
      const third = await back(repository, site);
      const wantedThird = await describeFolder(site);
      await forgetAndPrune(repository, [first.id, third.id]);
      await witness.swears(first.id, first.tree, wantedFirst);
      await witness.swears(third.id, third.tree, wantedThird);
      // Nothing of ours is packed again by its prune: our trees are compressed, our packs full.
      expect(await witness.restic('prune', '--dry-run', '--max-unused', '0')).toMatch(/to repack: +0 blobs/);

      await witness.restic('forget', first.id, '--prune', '--max-unused', '0');
      await witness.swears(third.id, third.tree, wantedThird);

      await changeFolder(site);
      const fourth = await back(repository, site);
      const wantedFourth = await describeFolder(site);
      await witness.swears(fourth.id, fourth.tree, wantedFourth);
      await forgetAndPrune(repository, [fourth.id]);
      await witness.swears(fourth.id, fourth.tree, wantedFourth);
      await repository.close();
    });

    test('made by restic is read, added to and pruned by us', async () => {
      const scratch = await mkdtemp(join(folder, 'run-'));
      const place = placeOf(kind, `theirs-${binary.version}`);
      const witness = new Witness(place, binary, scratch);
      const site = join(scratch, 'site');
      await makeFolder(site, { oddLinks: keepsBytesOfLinks(binary) });
      await witness.restic('init', '--repository-version', '2');
      // From inside the folder, so that its snapshot has no folders above.
      await runInside(binary, place, scratch, site, ['backup', '.', '--host', 'elsewhere']);
      const repository = await openRepository(place.backend(), PASSWORD);
      const [theirs] = await repository.listSnapshots();
      const wantedTheirs = await describeFolder(site);
      await witness.swears(theirs!.id, theirs!.tree, wantedTheirs);

      await repository.loadIndex();
      const resaved = await resaveTree(repository, theirs!.tree);
      expect(resaved.differing).toEqual([]);
      expect(resaved.trees).toBeGreaterThan(3);

      await changeFolder(site);
      const ours = await back(repository, site);
      const wantedOurs = await describeFolder(site);
      await witness.swears(theirs!.id, theirs!.tree, wantedTheirs);
      await witness.swears(ours.id, ours.tree, wantedOurs);
      await forgetAndPrune(repository, [ours.id]);
      await witness.swears(ours.id, ours.tree, wantedOurs);
      await runInside(binary, place, scratch, site, ['backup', '.', '--host', 'elsewhere']);
      const after = (await repository.listSnapshots()).at(-1)!;
      await witness.swears(after.id, after.tree, wantedOurs);
      await repository.close();
    });
  });
});

function keepsBytesOfLinks({ version }: ResticBinary): boolean {
  return Number(version.split('.')[1]) >= 17;
}

async function runInside(
  binary: ResticBinary,
  place: Place,
  scratch: string,
  cwd: string,
  args: string[],
): Promise<void> {
  const repository = { ...place, password: PASSWORD, cache: join(scratch, 'cache'), cwd };
  await runRestic(binary, repository, args);
}

/** Every tree that restic wrote, decoded and encoded by us: `differing` are those that came out with other bytes. */
async function resaveTree(repository: RepositoryApi, root: string): Promise<{ trees: number; differing: string[] }> {
  const differing: string[] = [];
  let trees = 0;
  const visit = async (id: string): Promise<void> => {
    trees++;
    const bytes = await repository.readBlob('tree', id);
    const nodes = await repository.loadTree(id);
    // Fields that we never write: numbers of devices and of hard links.
    const theirs = bytes.toString().replaceAll(/,"(device_id|links)":\d+/g, '');
    const again = encodeTree(nodes).toString();
    if (again !== theirs) differing.push(`${theirs}\n${again}`);
    for (const node of nodes) if (node.subtree !== undefined) await visit(node.subtree);
  };
  await visit(root);
  return { trees, differing };
}
