// Which watcher has which site, and when it looks first: from hashes alone, so that everybody finds the same.
import { nextTurn } from '../wheel/rules/due-times.ts';

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
 * When a watcher that takes a target over looks first: at its next moment; when one passed unseen since `lastCheckAt`,
 * within `spreadMs`, so that it is not a whole interval late. Null = never checked.
 */
export function firstDue(
  target: { id: string; intervalMs: number; lastCheckAt: number | null },
  now: number,
  spreadMs: number,
): number {
  const due = nextTurn(target.id, target.intervalMs, now);
  const { lastCheckAt } = target;
  const missed = lastCheckAt === null || due - lastCheckAt > 1.5 * target.intervalMs;
  if (!missed) return due;
  return Math.min(due, now + (hash32(`first ${target.id}`) % Math.max(1, Math.round(spreadMs))));
}
