import type { Id, RepositoryApi, TreeNode, Writer } from '../../restic/types.ts';
import { writeManifest, type ManifestRange } from './manifest.ts';
import type { StoredRange } from './range-builder.ts';
import type { StoredTable } from './read-database.ts';
import { fileHead, fileNameOf, fileTail } from './table-file.ts';
import type { TableShape } from './table-shape.ts';

export interface TableFiles {
  sql: TreeNode;
  manifest: TreeNode;
}

type FileWriter = Pick<Writer, 'saveBlob'>;

/** One table on its way into the snapshot: which ranges it keeps, which it got. */
export class TableDump {
  readonly shape: TableShape;
  /** Rows that the server thinks there are. */
  readonly rowsExpected: number;
  /** Ranges of the parent whose blobs are all in the repository. */
  readonly known: readonly StoredRange[];
  isSkipped = false;
  readonly #stored: StoredTable | undefined;
  /** For each known range what stands in its place; undefined = itself. */
  readonly #replaced = new Map<number, StoredRange[]>();
  #tail: StoredRange[] = [];
  #tailComplete = false;
  #isFresh = false;

  constructor(
    shape: TableShape,
    stored: StoredTable | undefined,
    repo: Pick<RepositoryApi, 'hasBlob'>,
    rowsExpected: number,
  ) {
    this.shape = shape;
    const whole = (range: ManifestRange & { ids: Id[] }): boolean => range.ids.every((id) => repo.hasBlob('data', id));
    // A range whose blob is lost gets a sum that nothing has: it counts as changed.
    const known = (stored?.ranges ?? []).map((range) => (whole(range) ? range : { ...range, sum: LOST, rows: 0 }));
    const allThere = known.every((range) => range.sum !== LOST);
    this.known = shape.kind === 'none' && !allThere ? [] : known;
    this.#stored = stored;
    this.rowsExpected = Math.max(rowsExpected, this.rowsKept);
  }

  /** Rows in known ranges. */
  get rowsKept(): number {
    return this.known.reduce((sum, range) => sum + range.rows, 0);
  }

  /** What stands in the place of known range `index`: none when its rows are gone. */
  replace(index: number, ranges: StoredRange[]): void {
    this.#replaced.set(index, ranges);
  }

  /** Ranges after the known ones; `complete` when these are all. */
  setTail(ranges: StoredRange[], complete: boolean): void {
    this.#tail = ranges;
    this.#tailComplete = complete;
  }

  /** All ranges are read anew. */
  startOver(): void {
    this.#isFresh = true;
  }

  get ranges(): StoredRange[] {
    if (this.#isFresh) return this.#tail;
    return [...this.known.flatMap((range, index) => this.#replaced.get(index) ?? [range]), ...this.#tail];
  }

  get rows(): number {
    return this.ranges.reduce((sum, range) => sum + range.rows, 0);
  }

  get bytes(): number {
    return this.ranges.reduce((sum, range) => sum + range.bytes, 0);
  }

  get rangeCount(): number {
    return this.ranges.length;
  }

  get rangesChanged(): number {
    return this.#replaced.size + this.#tail.length;
  }

  get bytesChanged(): number {
    const sizes = [...this.#replaced.values(), this.#tail].flat().map((range) => range.bytes);
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** The last range as it stands; undefined when there is none. */
  get lastRange(): StoredRange | undefined {
    return this.#lastKnown()?.ranges.at(-1);
  }

  /** Takes `lastRange` away: its rows are in the tail now. */
  dropLastRange(): void {
    const last = this.#lastKnown();
    if (last !== undefined) this.#replaced.set(last.index, last.ranges.slice(0, -1));
  }

  #lastKnown(): { index: number; ranges: StoredRange[] } | undefined {
    for (let index = this.known.length - 1; index >= 0; index--) {
      const ranges = this.#replaced.get(index) ?? [this.known[index]!];
      if (ranges.length > 0) return { index, ranges };
    }
    return undefined;
  }

  /** Nodes of the finished table, with the parent's time when nothing changed: then they are the parent's nodes. */
  async files(writer: FileWriter, timeNs: bigint): Promise<TableFiles> {
    const stored = this.#stored;
    const isSame =
      stored !== undefined &&
      stored.manifest.complete &&
      stored.manifest.shape.create === this.shape.create &&
      stored.ranges.length === this.known.length &&
      this.rangesChanged === 0 &&
      !this.#isFresh;
    return await this.#make(writer, isSame ? stored.node.mtimeNs : timeNs, true);
  }

  /** Nodes with all that is done, undefined when nothing is. */
  async partialFiles(writer: FileWriter, timeNs: bigint): Promise<TableFiles | undefined> {
    if (this.isSkipped || this.ranges.length === 0) return undefined;
    if (this.shape.kind === 'none' && this.#isFresh && !this.#tailComplete) return undefined;
    return await this.#make(writer, timeNs, false);
  }

  async #make(writer: FileWriter, mtimeNs: bigint, complete: boolean): Promise<TableFiles> {
    const { shape, ranges } = this;
    const name = fileNameOf(shape.name);
    const head = fileHead(shape);
    const tail = fileTail(shape);
    const manifest = writeManifest({ shape, complete, ranges });
    const [headBlob, tailBlob, manifestBlob] = await Promise.all([
      writer.saveBlob('data', head),
      writer.saveBlob('data', tail),
      writer.saveBlob('data', manifest),
    ]);
    const size = ranges.reduce((sum, range) => sum + range.bytes, head.length + tail.length);
    const content = [headBlob.id, ...ranges.flatMap((range) => range.ids), tailBlob.id];
    return {
      sql: { name: `${name}.sql`, type: 'file', mode: 0o600, mtimeNs, size, content },
      manifest: {
        name: `${name}.json`,
        type: 'file',
        mode: 0o600,
        mtimeNs,
        size: manifest.length,
        content: [manifestBlob.id],
      },
    };
  }
}

const LOST = 'lost';
