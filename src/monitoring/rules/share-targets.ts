// Which watcher has which site, and when a site is looked at: from hashes alone, so that everybody finds the same.

/** 32 bits from a text: FNV-1a, then murmur3's finish, which spreads texts that differ in their last letter. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
}

/**
 * Rendezvous hashing: the watcher with the highest weight for this target has it. When one comes or goes, only its own
 * share moves. Undefined without watchers.
 */
export function watcherOf(targetId: string, watchers: readonly string[]): string | undefined {
  let best: string | undefined;
  let most = -1;
  for (const watcher of watchers) {
    const weight = hash32(`${watcher} ${targetId}`);
    if (weight > most || (weight === most && best !== undefined && watcher < best)) {
      best = watcher;
      most = weight;
    }
  }
  return best;
}

/**
 * The first moment at or after `now` at which a target is due by its own place in the interval. All times in
 * milliseconds. Sites are spread evenly, every watcher finds the same moments, and a start makes no herd.
 */
export function nextDue(targetId: string, intervalMs: number, now: number): number {
  const place = hash32(targetId) % intervalMs;
  const since = (now - place) % intervalMs;
  return since === 0 ? now : now + intervalMs - since;
}

/**
 * When a watcher that takes a target over looks first: at its next moment; when one passed unseen since `lastCheckAt`,
 * within `spreadMs`, so that it is not a whole interval late. Null = never checked.
 */
export function firstDue(
  target: { id: string; intervalMs: number; lastCheckAt: number | null },
  now: number,
  spreadMs: number,
): number {
  const due = nextDue(target.id, target.intervalMs, now);
  const { lastCheckAt } = target;
  const missed = lastCheckAt === null || due - lastCheckAt > 1.5 * target.intervalMs;
  if (!missed) return due;
  return Math.min(due, now + (hash32(`first ${target.id}`) % Math.max(1, Math.round(spreadMs))));
}
