import type { SiteClient } from '../connector/index.ts';
import type { Clock } from '../platform/clock.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { SagaRun } from '../platform/saga-types.ts';
import type { Id, Lock, RepositoryApi, Snapshot, TreeNode, Writer } from '../restic/types.ts';
import type { BackupFigures } from './backup-figures.ts';
import { dumpDatabase } from './database/index.ts';
import { chooseParents, readReport } from './earlier-snapshots.ts';
import type { EarlierTree } from './files/compare-files.ts';
import type { FileTable } from './files/file-table.ts';
import { readSiteFiles, totalsOf } from './files/read-site-files.ts';
import { siteFilesOf } from './files/site-files-of-client.ts';
import { SkipList } from './files/skip-list.ts';
import { ownFolder, writeTrees } from './files/write-trees.ts';
import { makeReport, type DatabaseRead } from './make-report.ts';
import { PartialTrees, type PartialCheckpoint } from './partial-trees.ts';
import type { ComparePolicy } from './rules/changed-files.ts';
import { defaultExcludes, type ContentPlace, type Exclude } from './rules/excludes.ts';
import type { Gap, SiteReport } from './rules/site-report.ts';
import {
  DATABASE_FOLDER,
  FILES_FOLDER,
  INVENTORY_FILE,
  OURS_FOLDER,
  REPORT_FILE,
  SNAPSHOT_PATHS,
  tagsOf,
  tagValue,
  type BackupReason,
} from './rules/snapshot-layout.ts';

export interface StoreInput {
  siteId: string;
  /** Home URL of the site. */
  url: string;
  /** Goes into the snapshot's tags: the same run never stores two snapshots under one key. */
  runKey: string;
  reason: BackupReason;
  excludes: readonly Exclude[];
  limitBytes: number;
  /** Keep what can be read when the database cannot be: before a restore of a broken site. */
  allowPartial: boolean;
}

export interface StoredSnapshot {
  snapshotId: string;
  /** ISO instants. */
  takenAt: string;
  storedAt: string;
  consistent: boolean;
  complete: boolean;
  gaps: Gap[];
  figures: BackupFigures;
}

interface Ground {
  run: SagaRun;
  client: SiteClient;
  repo: RepositoryApi;
  clock: Clock;
  /** Free bytes where the repository lies; undefined = not known (S3). */
  freeBytes: () => Promise<number | undefined>;
}

/** Room that must be left where the repository lies. Bytes. */
const LEAVE_FREE = 256 * 1000 * 1000;

/**
 * Reads the whole site into its repository and stores the snapshot. Order: lock, index, database, files, trees,
 * report, snapshot; a snapshot is only ever stored when everything it names is in the repository. Can run twice:
 * a snapshot that this run stored before it was killed is found by its tag.
 */
export async function storeSnapshot(ground: Ground, input: StoreInput): Promise<StoredSnapshot> {
  const { run, repo } = ground;
  const lock = await repo.lock({
    exclusive: false,
    waitMs: 120_000,
    holder: `nachtwacht ${run.runId}`,
    signal: run.signal,
  });
  try {
    await repo.loadIndex();
    const snapshots = await repo.listSnapshots();
    const stored = snapshots.find(
      (one) => tagValue(one.tags, 'site') === input.siteId && tagValue(one.tags, 'run') === input.runKey,
    );
    if (stored !== undefined) {
      const facts = await run.lastCheckpoint<Omit<StoredSnapshot, 'snapshotId'>>(`saving-${input.runKey}`);
      if (facts !== undefined) return { ...facts, snapshotId: stored.id };
    }
    return await readAndStore(ground, input, lock, chooseParents(snapshots, input.siteId));
  } finally {
    await lock.release();
  }
}

async function readAndStore(
  ground: Ground,
  input: StoreInput,
  lock: Lock,
  parents: Snapshot[],
): Promise<StoredSnapshot> {
  const { run, client, repo, clock } = ground;
  const started = clock.monotonicMs();
  const takenAt = clock.now();
  const writer = repo.writer(lock);
  const partialName = `partial-${input.runKey}`;
  const before = await run.lastCheckpoint<PartialCheckpoint>(partialName);
  const partial = before !== undefined && repo.hasBlob('tree', before.tree) ? before : undefined;

  run.progress({ step: 'connect' });
  const { siteTime, databaseAnswers } = await lookAtSite(client);
  const traffic = { ...client.traffic };
  const keep = new PartialTrees({ run, writer, clock, name: partialName, siteTime });

  run.progress({ step: 'database' });
  const database: DatabaseRead =
    input.allowPartial && !databaseAnswers
      ? { held: false, why: 'db-unreachable', detail: 'The site says that its database does not answer.' }
      : await readDatabase(ground, input, writer, { parents, partial, keep, takenAt });
  const databaseDone = clock.monotonicMs();

  const skips = new SkipList();
  const content = await contentPlace(client);
  const files = await readSiteFiles({
    site: siteFilesOf(client, run.signal),
    repo,
    writer,
    earlier: await earlierTrees(repo, parents, partial, input.reason, takenAt),
    excludes: [...defaultExcludes(input.siteId), ...input.excludes],
    content,
    limitBytes: input.limitBytes,
    skips,
    signal: run.signal,
    monotonicMs: () => clock.monotonicMs(),
    onProgress: (now) =>
      run.progress({
        step: now.step,
        filesDone: now.files,
        bytesDone: now.bytes,
        ...(now.filesTotal === undefined ? {} : { filesTotal: now.filesTotal }),
        ...(now.bytesTotal === undefined ? {} : { bytesTotal: now.bytesTotal }),
      }),
    pause: async (tables) => {
      refuseFullStore(await ground.freeBytes(), 0);
      await keep.whenDue(tables);
    },
    beforeFetch: async (bytes) => refuseFullStore(await ground.freeBytes(), bytes),
  });
  const filesDone = clock.monotonicMs();

  run.progress({ step: 'store' });
  const inventory = await readInventory(client, input.allowPartial ? 0 : undefined);
  const totals = totalsOf(files.tables);
  const report = makeReport({
    input,
    runId: run.runId,
    takenAt,
    endedAt: clock.now(),
    siteTime,
    files,
    totals,
    skips,
    database,
  });
  const tree = await writeSnapshotTree(writer, files.tables, database, { report, inventory });
  const stats = await writer.close();
  await lock.assertHeld();

  const storedAt = clock.now();
  const consistent = database.held && database.dump.consistent;
  const end = client.traffic;
  const facts: Omit<StoredSnapshot, 'snapshotId'> = {
    takenAt: takenAt.toISOString(),
    storedAt: storedAt.toISOString(),
    consistent,
    complete: report.complete,
    gaps: report.gaps,
    figures: {
      files: totals.files,
      folders: totals.folders,
      links: totals.links,
      fileBytes: totals.bytes,
      filesFetched: files.figures.filesFetched,
      filesReused: files.figures.filesReused,
      filesHashed: files.figures.filesHashed,
      fileBytesFetched: files.figures.bytesFetched,
      tables: database.held ? database.dump.tables : 0,
      rows: database.held ? database.dump.rows : 0,
      databaseBytes: database.held ? database.dump.bytesTotal : 0,
      ranges: database.held ? database.dump.ranges : 0,
      rangesChanged: database.held ? database.dump.rangesChanged : 0,
      databaseBytesFetched: database.held ? database.dump.bytesFetched : 0,
      wireUp: end.up - traffic.up,
      wireDown: end.down - traffic.down,
      requests: end.requests - traffic.requests,
      bytesStored: stats.bytesStored,
      blobsNew: stats.blobsNew,
      bytesNew: stats.bytesNew,
      ms: {
        total: Math.round(clock.monotonicMs() - started),
        walk: Math.round(files.figures.msWalk),
        files: Math.round(files.figures.msFetch),
        database: Math.round(databaseDone - started),
        store: Math.round(clock.monotonicMs() - filesDone),
      },
      attempt: run.attempt,
    },
  };
  await run.checkpoint(`saving-${input.runKey}`, facts);
  const snapshot = await repo.saveSnapshot(lock, {
    time: takenAt,
    tree,
    ...(parents[0] === undefined ? {} : { parent: parents[0].id }),
    paths: [...SNAPSHOT_PATHS],
    hostname: new URL(input.url).hostname,
    username: 'nachtwacht',
    tags: tagsOf({
      site: input.siteId,
      run: input.runKey,
      reason: input.reason,
      consistent,
      complete: report.complete,
    }),
  });
  return { ...facts, snapshotId: snapshot.id };
}

async function readDatabase(
  ground: Ground,
  input: StoreInput,
  writer: Writer,
  options: { parents: Snapshot[]; partial: PartialCheckpoint | undefined; keep: PartialTrees; takenAt: Date },
): Promise<DatabaseRead> {
  const { run, client, repo } = ground;
  const { parents, partial, keep, takenAt } = options;
  try {
    const dump = await dumpDatabase({
      client,
      repo,
      writer,
      parentTree: await firstDatabase(
        repo,
        parents.map((one) => one.tree),
      ),
      partialTree: partial === undefined ? undefined : await firstDatabase(repo, [partial.tree]),
      consistent: true,
      timeNs: BigInt(takenAt.getTime()) * 1_000_000n,
      signal: run.signal,
      onProgress: ({ step, detail, rowsDone, rowsTotal, bytesDone }) =>
        run.progress({ step: `database-${step}`, detail, rowsDone, rowsTotal, bytesDone }),
      limitBytes: input.limitBytes,
      makeSureOfRoom: async () => refuseFullStore(await ground.freeBytes(), 0),
      onPartial: (nodes) => keep.keepDatabase(nodes),
    });
    const tree = await writer.saveTree(dump.nodes);
    keep.setDatabase(tree);
    return { held: true, dump, tree };
  } catch (error) {
    if (!input.allowPartial || !(error instanceof NachtwachtError) || error.kind !== 'site') throw error;
    run.signal.throwIfAborted();
    return { held: false, why: error.code, detail: error.message };
  }
}

/** The database folder of the first of these trees that has one. */
async function firstDatabase(repo: RepositoryApi, trees: readonly Id[]): Promise<Id | undefined> {
  for (const tree of trees) {
    const node = await repo.findNode(tree, [DATABASE_FOLDER]);
    if (node?.subtree !== undefined && repo.hasBlob('tree', node.subtree)) return node.subtree;
  }
  return undefined;
}

async function earlierTrees(
  repo: RepositoryApi,
  parents: readonly Snapshot[],
  partial: PartialCheckpoint | undefined,
  reason: BackupReason,
  now: Date,
): Promise<EarlierTree[]> {
  const rolling = rollingTurn(reason, now);
  const earlier: EarlierTree[] = [];
  if (partial !== undefined)
    earlier.push({
      tree: partial.tree,
      partial: true,
      policy: { rollingOf: 0, turn: 0, parentSiteTime: partial.siteTime },
    });
  for (const parent of parents) {
    const report = await readReport(repo, parent.tree);
    earlier.push({ tree: parent.tree, policy: { ...rolling, parentSiteTime: report?.siteTime } });
  }
  return earlier;
}

/** Every unchanged file is hashed again by the site once in 30 days, whatever the plan. */
function rollingTurn(reason: BackupReason, now: Date): Pick<ComparePolicy, 'rollingOf' | 'turn'> {
  if (reason === 'daily') return { rollingOf: 30, turn: Math.floor(now.getTime() / 86_400_000) };
  if (reason === 'hourly') return { rollingOf: 720, turn: Math.floor(now.getTime() / 3_600_000) };
  return { rollingOf: 0, turn: 0 };
}

/** Asks the site how it is: learns its limits, and gives its own clock, Unix seconds, and whether its database answers. */
async function lookAtSite(client: SiteClient): Promise<{ siteTime: number; databaseAnswers: boolean }> {
  const status = await client.status();
  const time = status['time'];
  return {
    siteTime: typeof time === 'number' ? Math.floor(time) : 0,
    databaseAnswers: status.mysql_reachable !== false,
  };
}

/** Where wp-content lies. A root of its own when it is outside the main one, else the folder of that name. */
async function contentPlace(client: SiteClient): Promise<ContentPlace> {
  const roots = await client.files.roots();
  return roots.some((root) => root.id === 'content')
    ? { root: 'content', path: '' }
    : { root: 'root', path: 'wp-content' };
}

/** Versions of everything; needs WordPress, so a broken site has none and that is no gap: nothing is restored from it. */
async function readInventory(client: SiteClient, retries: number | undefined): Promise<unknown> {
  try {
    return { held: true, records: await client.inventory(retries === undefined ? {} : { retries }) };
  } catch (error) {
    return { held: false, why: error instanceof NachtwachtError ? error.code : 'unknown' };
  }
}

async function writeSnapshotTree(
  writer: Writer,
  tables: readonly FileTable[],
  database: DatabaseRead,
  ours: { report: SiteReport; inventory: unknown },
): Promise<Id> {
  const roots: TreeNode[] = [];
  for (const table of tables) roots.push(ownFolder(table.root, await writeTrees(table, writer)));
  const report = await jsonFile(writer, REPORT_FILE, ours.report);
  const inventory = await jsonFile(writer, INVENTORY_FILE, ours.inventory);
  const top = [
    ownFolder(FILES_FOLDER, await writer.saveTree(roots)),
    ownFolder(OURS_FOLDER, await writer.saveTree([report, inventory])),
  ];
  if (database.held) top.push(ownFolder(DATABASE_FOLDER, database.tree));
  return writer.saveTree(top);
}

async function jsonFile(writer: Writer, name: string, value: unknown): Promise<TreeNode> {
  const bytes = Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
  const source = async function* (): AsyncIterable<Buffer> {
    yield bytes;
  };
  const { content, size } = await writer.saveStream(source());
  return { name, type: 'file', mode: 0o644, mtimeNs: 0n, size, content };
}

function refuseFullStore(free: number | undefined, coming: number): void {
  if (free === undefined || free > coming + LEAVE_FREE) return;
  throw new NachtwachtError({
    code: 'store-full',
    kind: 'store',
    message: 'There is no room for this backup where the repository lies.',
    nextStep: 'Make room on that disk, or move the backups to a larger one; then start the backup again.',
    retryable: true,
    details: { free, coming },
  });
}
