// P14: 5 GB in total, larger by quote. A site over its limit is still backed up whole and marked 'quote needed'
// (sites/rules); only what goes far beyond is left out, and that is said: the snapshot is not complete.

/** How many times its limit a site's files may be before the largest are left out. */
export const HARD_FACTOR = 2;

export interface TooLarge {
  /** Indexes of the files to leave out, largest first. */
  leaveOut: number[];
  reason: { code: 'all-fits' } | { code: 'left-out'; bytes: number; limitBytes: number };
}

/**
 * Which files are left out: any that alone is larger than the limit (a sparse file of 10 GB, a log gone wild), then
 * the largest ones until the rest is at most twice the limit. `limitBytes`: what the site's contract allows.
 */
export function decideTooLarge(sizes: readonly number[], limitBytes: number): TooLarge {
  let total = 0;
  for (const size of sizes) total += size;
  const leaveOut: number[] = [];
  let bytes = 0;
  const anyOver = sizes.some((size) => size > limitBytes);
  if (!anyOver && total <= limitBytes * HARD_FACTOR) return { leaveOut, reason: { code: 'all-fits' } };
  const largestFirst = sizes.map((_, i) => i).toSorted((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  for (const i of largestFirst) {
    const size = sizes[i] ?? 0;
    if (size <= limitBytes && total <= limitBytes * HARD_FACTOR) break;
    leaveOut.push(i);
    bytes += size;
    total -= size;
  }
  return { leaveOut, reason: { code: 'left-out', bytes, limitBytes } };
}

/**
 * Whether a file that changed while it was read is read once more. `size`: what it says of itself now; `fetched` and
 * `listed`: bytes that came so far, and that the list promised, of all files; `tries`: how often each may be read.
 */
export function mayReadAgain(
  of: { size: number; fetched: number; listed: number; tries: number },
  limitBytes: number,
): { code: 'go-on' | 'file-over-limit' | 'files-over-limit' } {
  if (of.size > limitBytes) return { code: 'file-over-limit' };
  // Every file at its promised size in every try, and the contract once more for what grew.
  if (of.fetched + of.size > of.listed * of.tries + limitBytes) return { code: 'files-over-limit' };
  return { code: 'go-on' };
}
