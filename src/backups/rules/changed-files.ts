// Which files of a site must travel. The bytes of everything else are in the repository already.

/** What the site says of a file, or what the parent's tree holds of it. Times in whole Unix seconds. */
export interface FileFacts {
  size: number;
  mtime: number;
  ctime: number;
}

export type FileDecision =
  | { act: 'reuse'; why: 'same-size-and-times' }
  | { act: 'fetch'; why: 'new' | 'size-differs' | 'time-differs' | 'content-not-in-repository' }
  /** Ask the site for its SHA-256 and compare; fetch when it differs. */
  | { act: 'compare'; why: 'rolling-check' | 'changed-too-recently' };

export interface ComparePolicy {
  /** Every unchanged file is hashed again once in so many backups; 0 = never. */
  rollingOf: number;
  /** Which turn this backup has, any counting number. */
  turn: number;
  /** The site's clock when the parent's walk began, Unix seconds; undefined when the parent does not say. */
  parentSiteTime: number | undefined;
}

/**
 * A file that was written in the second in which its parent was read can change again without its size or times
 * telling (times are whole seconds): such files are compared by hash. Two seconds more for clocks that step.
 */
const RACY_SECONDS = 2;

/** Whether a file travels. Changed = size or max(mtime, ctime) differs: ctime also moves when mtime is set back. */
export function decideFile(
  path: string,
  now: FileFacts,
  before: FileFacts | undefined,
  beforeIsHeld: boolean,
  policy: ComparePolicy,
): FileDecision {
  if (before === undefined) return { act: 'fetch', why: 'new' };
  if (!beforeIsHeld) return { act: 'fetch', why: 'content-not-in-repository' };
  if (before.size !== now.size) return { act: 'fetch', why: 'size-differs' };
  if (latest(before) !== latest(now)) return { act: 'fetch', why: 'time-differs' };
  if (policy.parentSiteTime !== undefined && latest(now) >= policy.parentSiteTime - RACY_SECONDS)
    return { act: 'compare', why: 'changed-too-recently' };
  if (policy.rollingOf > 0 && hashOf(path) % policy.rollingOf === policy.turn % policy.rollingOf)
    return { act: 'compare', why: 'rolling-check' };
  return { act: 'reuse', why: 'same-size-and-times' };
}

function latest(facts: FileFacts): number {
  return Math.max(facts.mtime, facts.ctime);
}

/** FNV-1a, 32 bits: spreads paths and site ids evenly; nothing secret about it. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  // One more mix: FNV's low bits are weak for short texts that differ in the last letter only.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}
