import type { BlobIndex, PackRun } from './blob-index.ts';
import type { Config } from './config.ts';
import type { KeyMaterial, Sealer } from './seal.ts';
import type { Backend, Id } from './types.ts';

/** What the verbs of an open repository share. */
export interface OpenState {
  readonly backend: Backend;
  readonly sealer: Sealer;
  readonly master: KeyMaterial;
  /** The key file that the password opened. */
  readonly keyId: Id;
  readonly config: Config;
  readonly gear: Int32Array;
  index: BlobIndex;
  /** When reading it began (performance.now()); undefined while it is empty. */
  indexReadAt: number | undefined;
  /** Index files that `index` was read from or that we wrote since. */
  indexFiles: Id[];
  /**
   * Packs in the store that no index file names yet, of all writers of this repository. Any checkpoint writes them
   * all: one writer may have reused a blob of another writer's pack.
   */
  unindexed: PackRun[];
  /** Ends when the last writing of index files asked for so far is over; one at a time. */
  indexing: Promise<void>;
}
