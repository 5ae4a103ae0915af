import { Probe, ProbeFacts } from './contract.ts';
import { judgeSilence } from './rules/silent.ts';
import type { ProbeTimes } from './rules/times.ts';
import type { ProbeRow } from './store.ts';

/** What it said of itself; null = nothing yet. */
export function factsOfProbe(row: Pick<ProbeRow, 'facts'>): ProbeFacts | null {
  const facts = ProbeFacts.safeParse(row.facts);
  return facts.success ? facts.data : null;
}

/** It has an SMS account that works as far as it knows, and its copy of the rota is not over. */
export function canAlarm(facts: ProbeFacts | null, now: Date): boolean {
  return facts?.sms != null && facts.kitUntil !== null && new Date(facts.kitUntil) > now;
}

/** A second location as the contract shows it. */
export function shownProbe(row: ProbeRow, now: Date, times: ProbeTimes): Probe {
  const facts = factsOfProbe(row);
  return {
    id: row.id,
    name: row.name,
    state: stateOf(row, now, times),
    canAlarm: canAlarm(facts, now),
    invitedAt: row.created_at.toISOString(),
    invitedUntil: row.public_key === null ? (row.join_expires_at?.toISOString() ?? null) : null,
    joinedAt: row.joined_at?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    version: row.version,
    facts,
  };
}

function stateOf(row: ProbeRow, now: Date, times: ProbeTimes): Probe['state'] {
  if (row.public_key === null) return row.join_expires_at !== null && row.join_expires_at > now ? 'invited' : 'expired';
  const seenAt = row.last_seen_at;
  if (seenAt === null) return 'joined';
  return judgeSilence(now.getTime(), { lastSeenAt: seenAt.getTime(), canAlarm: false }, 0, times).state;
}
