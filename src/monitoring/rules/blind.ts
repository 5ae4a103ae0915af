import type { OwnCause } from './verdict.ts';

/** What a watcher knows of itself at one moment. */
export interface OwnSigns {
  /** Its own pace (loop delay, lateness) cannot be trusted. */
  overload: boolean;
  /** Hosts of others that always answer; none = not asked lately. */
  references: 'fine' | 'failing' | 'none';
  /** Part of the checks of the last minute in which our own resolver failed, 0 to 1. */
  resolverFailed: number;
}

export interface Sight {
  /** Since when there are signs of trouble, and of which kind; null = none. */
  troubleSince: number | null;
  cause: OwnCause | null;
  /** Since when it is called blind; null = it sees. */
  blindSince: number | null;
  /** Since when all signs are good again while it is called blind. */
  calmSince: number | null;
}

export const seeing: Sight = { troubleSince: null, cause: null, blindSince: null, calmSince: null };

/** Shorter troubles are told to nobody: a look that met one is 'unknown' and is repeated. */
export const blindAfterMs = 20_000;
export const calmForMs = 20_000;
const resolverFailsFrom = 0.5;

/** Whether the watch is blind: trouble of its own that stays. `event`: tell it; times in milliseconds. */
export function judgeSight(
  sight: Sight,
  signs: OwnSigns,
  now: number,
  policy: { blindAfterMs: number; calmForMs: number } = { blindAfterMs, calmForMs },
): { sight: Sight; event: 'blind' | 'sees' | null } {
  const cause = causeOf(signs);
  if (cause === null) {
    if (sight.blindSince === null) return { sight: seeing, event: null };
    const calmSince = sight.calmSince ?? now;
    if (now - calmSince >= policy.calmForMs) return { sight: seeing, event: 'sees' };
    return { sight: { ...sight, calmSince }, event: null };
  }
  const troubleSince = sight.troubleSince ?? now;
  const next: Sight = { troubleSince, cause, blindSince: sight.blindSince, calmSince: null };
  if (sight.blindSince !== null || now - troubleSince < policy.blindAfterMs) return { sight: next, event: null };
  return { sight: { ...next, blindSince: troubleSince }, event: 'blind' };
}

function causeOf({ overload, references, resolverFailed }: OwnSigns): OwnCause | null {
  if (references === 'failing') return 'own-network';
  if (overload) return 'overload';
  return resolverFailed >= resolverFailsFrom ? 'own-resolver' : null;
}
