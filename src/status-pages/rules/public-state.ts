/**
 * out: an outage; work: our own announced work; unsure: nobody has looked lately, or the watch could not see; unwatched: it
 * is not looked at. In the order of weight.
 */
export const publicStates = ['out', 'work', 'unsure', 'unwatched', 'well'] as const;
export type PublicState = (typeof publicStates)[number];

export interface PublicStretch {
  from: number;
  to: number | null;
  inMaintenance: boolean;
}

/** A look older than three intervals and two minutes tells nothing of now (as the watch itself counts unwatched sites). */
const graceMs = 120_000;

/** How a site is for the public, and since when it is out or worked on. Times in milliseconds since 1970. */
export function publicStateOf(
  site: { watched: boolean; intervalMs: number; verdict: 'up' | 'down' | 'unknown' | null; checkedAt: number | null },
  stretches: readonly PublicStretch[],
  now: number,
): { state: PublicState; since: number | null } {
  const open = stretches.filter((one) => one.to === null);
  const sinceOf = (all: readonly PublicStretch[]): number => Math.min(...all.map((one) => one.from));
  const out = open.filter((one) => !one.inMaintenance);
  if (out.length > 0) return { state: 'out', since: sinceOf(out) };
  if (open.length > 0) return { state: 'work', since: sinceOf(open) };
  if (!site.watched) return { state: 'unwatched', since: null };
  const isOld = site.checkedAt === null || now - site.checkedAt > graceMs + 3 * site.intervalMs;
  return { state: isOld || site.verdict === 'unknown' ? 'unsure' : 'well', since: null };
}

/** The worst of all sites, and how many are in that state. */
export function worstOf(states: readonly PublicState[]): { state: PublicState; sites: number } {
  const state = publicStates.find((one) => states.includes(one)) ?? 'unwatched';
  return { state, sites: states.filter((one) => one === state).length };
}

export const publicCauses = ['unreachable', 'address', 'certificate', 'slow', 'error'] as const;
export type PublicCause = (typeof publicCauses)[number];

/** What visitors saw, and no more: which part of a site broke, or where it led, is nobody's business. */
export function publicCauseOf(cause: string | null): PublicCause {
  if (cause === 'refused' || cause === 'reset' || cause === 'unreachable') return 'unreachable';
  if (cause?.startsWith('dns-')) return 'address';
  if (cause?.startsWith('tls-')) return 'certificate';
  return cause === 'too-slow' ? 'slow' : 'error';
}

/** Only nothing out is 100 %: the share is cut to two decimals, never rounded up. */
export function shareInHundredths(share: number): number {
  return Math.floor(share * 10_000 + 1e-6) / 10_000;
}
