// When retention is applied to a repository, and when unused data is removed from it.

export interface TidyFacts {
  /** Milliseconds since 1970. */
  now: number;
  /** When the first and the newest snapshot were stored. */
  firstStored?: number | undefined;
  lastStored?: number | undefined;
  tidiedAt?: number | undefined;
  prunedAt?: number | undefined;
  /** Start of the newest try, whatever came of it. */
  lastTry?: number | undefined;
  /** Backups that failed since the last good one, and when the newest of them ended. */
  failuresInRow?: number | undefined;
  lastFailure?: number | undefined;
}

export interface TidyDecision {
  due: boolean;
  /** Remove unused data as well. */
  prune: boolean;
  reason: {
    code:
      | 'nothing-stored'
      | 'nothing-new'
      | 'tidied-today'
      | 'tried-recently'
      | 'day-passed'
      | 'week-passed'
      | 'backups-fail';
  };
}

const DAY = 86_400_000;

/** Failures after which what the broken-off backups left is removed: one or two may still be gone on from. */
const FAILURES = 3;

/**
 * Retention once a day when something was stored since; prune once a week, as it rewrites data. Backups that fail again
 * and again leave data that nothing names: they are pruned once a day, so that a broken site fills no disk.
 */
export function decideTidy(facts: TidyFacts): TidyDecision {
  const no = (code: TidyDecision['reason']['code']): TidyDecision => ({ due: false, prune: false, reason: { code } });
  const hasLeftovers = (facts.failuresInRow ?? 0) >= FAILURES && (facts.lastFailure ?? 0) > (facts.prunedAt ?? 0);
  if (hasLeftovers && facts.now - (facts.prunedAt ?? 0) >= DAY && facts.now - (facts.lastTry ?? 0) >= DAY)
    return { due: true, prune: true, reason: { code: 'backups-fail' } };
  if (facts.lastStored === undefined) return no('nothing-stored');
  // A first day is left alone: there is nothing to forget yet.
  const since = facts.tidiedAt ?? facts.firstStored ?? facts.lastStored;
  if (facts.tidiedAt !== undefined && facts.lastStored <= facts.tidiedAt) return no('nothing-new');
  if (facts.now - since < DAY) return no('tidied-today');
  if (facts.lastTry !== undefined && facts.now - facts.lastTry < 3_600_000) return no('tried-recently');
  const prune = facts.now - (facts.prunedAt ?? facts.firstStored ?? facts.lastStored) >= 7 * DAY;
  return { due: true, prune, reason: { code: prune ? 'week-passed' : 'day-passed' } };
}
