import { damaged } from './errors.ts';
import { MAX_DEPTH } from './diff.ts';
import type { BlobReader } from './read.ts';
import { treeReferences } from './tree.ts';
import type { Id } from './types.ts';

export interface TreeVisitor {
  /** False when this tree was seen before. */
  enter(tree: Id): boolean;
  /** The bytes of a tree, and the blobs its files are made of. */
  take(tree: Id, plain: Buffer, contents: Id[]): void;
  /** Called instead of throwing when given: the walk goes on beside the broken tree. */
  onBroken?(tree: Id, error: unknown): void;
}

/**
 * Visits every tree below the roots once, however often it is used: a repository cannot make this longer than its
 * number of trees. In the order trees were written in, so that neighbours in their packs come one after the other.
 */
export async function walkTrees(reader: BlobReader, roots: Iterable<Id>, visitor: TreeVisitor): Promise<void> {
  for (const root of roots) {
    const stack: Id[][] = [[root]];
    for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
      const id = level.pop();
      if (id === undefined) {
        stack.pop();
        continue;
      }
      if (!visitor.enter(id)) continue;
      try {
        const plain = await reader.readBlob('tree', id);
        const { subtrees, contents } = treeReferences(plain, `tree ${id}`);
        if (stack.length >= MAX_DEPTH && subtrees.length > 0) throw damaged(`tree ${id} lies deeper than a folder can`);
        visitor.take(id, plain, contents);
        stack.push(subtrees.toReversed());
      } catch (error) {
        if (visitor.onBroken === undefined) throw error;
        visitor.onBroken(id, error);
      }
    }
  }
}
