import type { BlobType } from './types.ts';

/** Facts about one pack that is in the index and in the store. */
export interface PackUse {
  pack: number;
  fileSize: number;
  type: BlobType;
  usedBytes: number;
  unusedBytes: number;
  /** Holds a used tree that is not compressed: restic would pack it again at each prune. */
  rawTree: boolean;
}

export type PackDecision = { pack: number; reason: 'unused' | 'mostly-unused' | 'raw-tree' | 'small' };

export interface PrunePlan {
  remove: PackDecision[];
  repack: PackDecision[];
}

/** Packs below this share of the target size count as small, and are joined when there are this many of them. */
const SMALL_SHARE = 0.25;
const SMALL_PACKS = 10;

/** Which packs go and which are written anew, each with its reason. Pure. */
export function planPrune(packs: PackUse[], options: { maxUnusedShare: number; packSize: number }): PrunePlan {
  const remove: PackDecision[] = [];
  const repack = new Map<number, PackDecision>();
  const kept = packs.filter((pack) => {
    if (pack.usedBytes > 0) return true;
    remove.push({ pack: pack.pack, reason: 'unused' });
    return false;
  });
  for (const { pack, rawTree } of kept) if (rawTree) repack.set(pack, { pack, reason: 'raw-tree' });

  let unused = 0;
  let used = 0;
  for (const pack of kept) {
    used += pack.usedBytes;
    if (!repack.has(pack.pack)) unused += pack.unusedBytes;
  }
  const share = (pack: PackUse): number => pack.unusedBytes / (pack.usedBytes + pack.unusedBytes);
  for (const pack of kept.toSorted((a, b) => share(b) - share(a))) {
    if (unused <= used * options.maxUnusedShare || pack.unusedBytes === 0) break;
    if (repack.has(pack.pack)) continue;
    repack.set(pack.pack, { pack: pack.pack, reason: 'mostly-unused' });
    unused -= pack.unusedBytes;
  }

  for (const type of ['data', 'tree'] as const) {
    const small = kept.filter((p) => p.type === type && p.fileSize < options.packSize * SMALL_SHARE);
    if (small.length < SMALL_PACKS) continue;
    for (const { pack } of small) if (!repack.has(pack)) repack.set(pack, { pack, reason: 'small' });
  }
  return { remove, repack: [...repack.values()] };
}
