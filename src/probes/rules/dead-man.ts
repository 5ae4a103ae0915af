import type { ProbeTimes } from './times.ts';

/**
 * The dead man's switch of a second location: when does it alarm by itself, and when is that over? Times are epoch
 * milliseconds of its own clock.
 */
export interface Heard {
  /** Last sign of life of the core, by any path: its stream, its answer to ours, its public page. */
  coreAt: number;
  /** Since when the core says that no watcher lives; null = one does, or nothing is known of it. */
  watchSilentSince: number | null;
  /** Since when the core says that its database is away; null = it is there. */
  databaseAwaySince: number | null;
  /** Since when all is well without a break; null = it is not. */
  wellSince: number | null;
  /** Until then no opinion: it just started, or slept. */
  graceUntil: number;
}

/** What one contact said. `page`: only that the public page answers, which says nothing of the watch. */
export type Sign =
  | { kind: 'beat'; watch: 'lives' }
  | { kind: 'beat'; watch: 'silent'; since: number }
  | { kind: 'beat' | 'page'; watch: 'unknown' }
  | { kind: 'page'; watch: 'not-told' };

export type AlarmReason = 'core-silent' | 'watch-silent' | 'database-away';

export interface Standing {
  reason: AlarmReason;
  since: number;
}

export type Opinion =
  | { do: 'nothing'; why: 'well' | 'just-begun' | 'still-wrong' | 'not-yet-back' }
  | { do: 'nothing'; why: 'not-yet'; reason: AlarmReason; alarmAt: number }
  /** Hosts of others do not answer either: it is this machine's network, and nobody is woken for that. */
  | { do: 'nothing'; why: 'cut-off'; since: number }
  | { do: 'alarm'; reason: AlarmReason; since: number }
  | { do: 'end'; since: number };

/**
 * At the start. `lastHeardAt`: from before a restart; the core may have died meanwhile, so silence counts from then, yet
 * the first `graceMs` are for trying.
 */
export function beginHearing(now: number, lastHeardAt: number | null, times: ProbeTimes): Heard {
  const coreAt = Math.min(now, Math.max(lastHeardAt ?? now, now + times.graceMs - times.silentMs));
  const nothing = { watchSilentSince: null, databaseAwaySince: null, wellSince: null };
  return { coreAt, ...nothing, graceUntil: now + times.graceMs };
}

/** The core was heard. */
export function hear(heard: Heard, now: number, sign: Sign): Heard {
  const core = { ...heard, coreAt: now };
  if (sign.watch === 'unknown') {
    return { ...core, watchSilentSince: null, databaseAwaySince: heard.databaseAwaySince ?? now, wellSince: null };
  }
  if (sign.watch === 'silent') {
    const watchSilentSince = heard.watchSilentSince ?? Math.min(sign.since, now);
    return { ...core, watchSilentSince, databaseAwaySince: null, wellSince: null };
  }
  const wellSince = heard.wellSince ?? now;
  // The page alone does not say whether the watch lives: what was known of it stays.
  if (sign.watch === 'not-told') {
    return { ...core, databaseAwaySince: null, wellSince: heard.watchSilentSince === null ? wellSince : null };
  }
  return { ...core, watchSilentSince: null, databaseAwaySince: null, wellSince };
}

/** This machine stood still for `gapMs` (suspended, clock set): what was not heard meanwhile counts against nobody. */
export function afterSleep(heard: Heard, now: number, gapMs: number, times: ProbeTimes): Heard {
  const move = (at: number | null): number | null => (at === null ? null : at + gapMs);
  return {
    coreAt: Math.min(now, heard.coreAt + gapMs),
    watchSilentSince: move(heard.watchSilentSince),
    databaseAwaySince: move(heard.databaseAwaySince),
    wellSince: move(heard.wellSince),
    graceUntil: Math.max(heard.graceUntil, now + times.graceMs),
  };
}

/** Its own network is back: hosts of others are often heard before the core is, so the core gets its time to be. */
export function afterCut(heard: Heard, now: number, times: ProbeTimes): Heard {
  return { ...heard, graceUntil: Math.max(heard.graceUntil, now + times.graceMs) };
}

/** What to do now. `references`: hosts of others, seen from here; 'none' = none are known, so nothing speaks against it. */
export function judgeCore(
  now: number,
  heard: Heard,
  references: 'fine' | 'failing' | 'none',
  standing: Standing | null,
  times: ProbeTimes,
): Opinion {
  const wrong = whatIsWrong(now, heard, times);
  if (standing !== null) {
    if (wrong !== null || heard.wellSince === null) return { do: 'nothing', why: 'still-wrong' };
    if (now - heard.coreAt >= times.silentMs / 2) return { do: 'nothing', why: 'still-wrong' };
    if (now - heard.wellSince < times.backMs) return { do: 'nothing', why: 'not-yet-back' };
    return { do: 'end', since: heard.wellSince };
  }
  if (wrong === null) return { do: 'nothing', why: 'well' };
  if (now < heard.graceUntil) return { do: 'nothing', why: 'just-begun' };
  const { reason, since, alarmAt } = wrong;
  if (now < alarmAt) return { do: 'nothing', why: 'not-yet', reason, alarmAt };
  if (references === 'failing') return { do: 'nothing', why: 'cut-off', since };
  return { do: 'alarm', reason, since };
}

function whatIsWrong(
  now: number,
  heard: Heard,
  times: ProbeTimes,
): { reason: AlarmReason; since: number; alarmAt: number } | null {
  const { coreAt, watchSilentSince, databaseAwaySince } = heard;
  const of = (reason: AlarmReason, since: number, ms: number) => ({ reason, since, alarmAt: since + ms });
  // Two beats may get lost before it is worth a thought.
  if (now - coreAt >= times.beatMs * 2.5) return of('core-silent', coreAt, times.silentMs);
  if (databaseAwaySince !== null) return of('database-away', databaseAwaySince, times.databaseAwayMs);
  if (watchSilentSince !== null) return of('watch-silent', watchSilentSince, times.silentMs);
  return null;
}

/** Once nothing is heard, what was well is no more. Called with every look at the time. */
export function notice(heard: Heard, now: number, times: ProbeTimes): Heard {
  return now - heard.coreAt >= times.beatMs * 2.5 && heard.wellSince !== null ? { ...heard, wellSince: null } : heard;
}
