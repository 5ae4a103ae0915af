import type { Clock } from '../platform/clock.ts';
import type { SagaRun } from '../platform/saga-types.ts';
import type { Id, TreeNode, Writer } from '../restic/types.ts';
import type { FileTable } from './files/file-table.ts';
import { ownFolder, writeTrees } from './files/write-trees.ts';
import { DATABASE_FOLDER, FILES_FOLDER } from './rules/snapshot-layout.ts';

/** What a killed attempt leaves for the next. */
export interface PartialCheckpoint {
  tree: Id;
  /** The site's clock when that attempt began, Unix seconds. */
  siteTime: number;
}

/** A checkpoint after so long or so much, whichever comes first: what a kill can cost at most. */
const CHECKPOINT_MS = 30_000;
const CHECKPOINT_BYTES = 64 * 1000 * 1000;

/** Writes partial trees now and then, so that a kill on either side does not start over. */
export class PartialTrees {
  readonly #on: { run: SagaRun; writer: Writer; clock: Clock; name: string; siteTime: number };
  #lastMs: number;
  #lastBytes = 0;
  #database: Id | undefined;
  #busy: Promise<void> | undefined;

  constructor(on: { run: SagaRun; writer: Writer; clock: Clock; name: string; siteTime: number }) {
    this.#on = on;
    this.#lastMs = on.clock.monotonicMs();
  }

  /** The database folder as far as it is read; kept with the next checkpoint. */
  setDatabase(tree: Id): void {
    this.#database = tree;
  }

  /** The database folder in the middle of being read: kept at once. */
  async keepDatabase(nodes: TreeNode[]): Promise<void> {
    this.#database = await this.#on.writer.saveTree(nodes);
    await this.#write([]);
  }

  /** Whether `whenDue` would write now; lets a caller skip work for it. */
  get isDue(): boolean {
    const { writer, clock } = this.#on;
    return (
      clock.monotonicMs() - this.#lastMs >= CHECKPOINT_MS || writer.stats.bytesNew - this.#lastBytes >= CHECKPOINT_BYTES
    );
  }

  async whenDue(tables: readonly FileTable[]): Promise<void> {
    // Two fetches run side by side: the second waits for the checkpoint that the first began.
    if (this.#busy === undefined && !this.isDue) return;
    this.#busy ??= this.#write(tables).finally(() => (this.#busy = undefined));
    await this.#busy;
  }

  async #write(tables: readonly FileTable[]): Promise<void> {
    const { run, writer, clock, name, siteTime } = this.#on;
    const roots: TreeNode[] = [];
    for (const table of tables) {
      const tree = await writeTrees(table, writer, 'partial');
      if (tree !== undefined) roots.push(ownFolder(table.root, tree));
    }
    const top: TreeNode[] = [];
    if (roots.length > 0) top.push(ownFolder(FILES_FOLDER, await writer.saveTree(roots)));
    if (this.#database !== undefined) top.push(ownFolder(DATABASE_FOLDER, this.#database));
    if (top.length > 0) {
      const tree = await writer.saveTree(top);
      await writer.checkpoint();
      const value: PartialCheckpoint = { tree, siteTime };
      await run.checkpoint(name, value);
    }
    this.#lastMs = clock.monotonicMs();
    this.#lastBytes = writer.stats.bytesNew;
  }
}
