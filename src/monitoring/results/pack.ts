import type { Cause, OwnCause } from '../rules/verdict.ts';

/** One check as it is kept: what it said, and how long each phase took in whole milliseconds (null = not reached). */
export interface CheckResult {
  /** When it began, milliseconds since 1970. */
  at: number;
  verdict: 'up' | 'down' | 'unknown';
  cause: Cause | OwnCause | null;
  status: number | null;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  totalMs: number | null;
}

// Stored by their place: only ever add at the end.
const verdicts = ['up', 'down', 'unknown'] as const;
export const storedCauses: readonly (Cause | OwnCause | null)[] = [
  null,
  'refused',
  'reset',
  'unreachable',
  'dns-gone',
  'dns-silent',
  'tls-expired',
  'tls-wrong-host',
  'tls-untrusted',
  'tls-failed',
  'too-slow',
  'status',
  'maintenance',
  'database-error',
  'critical-error',
  'white-page',
  'keyword-gone',
  'foreign-redirect',
  'redirect-loop',
  'answer-broken',
  'own-resolver',
  'own-network',
  'overload',
  'no-check-yet',
];

const version = 1;
const phases = ['dnsMs', 'connectMs', 'tlsMs', 'firstByteMs', 'totalMs'] as const;
const sameStatus = 0x80;

/**
 * Checks of one target in the order of time, about 10 bytes each. Layout: version byte, then for each check: varint of
 * milliseconds since the one before (the first: 0); a byte of verdict (2 bits), cause (5 bits) and 'same status as
 * before' (1 bit); else the status as varint (0 = none); five phases as varint of milliseconds + 1 (0 = not reached).
 */
export function packChecks(checks: readonly CheckResult[]): Buffer {
  const bytes: number[] = [version];
  let before = checks[0]?.at ?? 0;
  let status: number | null = null;
  for (const check of checks) {
    varint(bytes, Math.max(0, Math.round(check.at - before)));
    before = Math.max(before, check.at);
    const same = check.status === status;
    bytes.push(verdicts.indexOf(check.verdict) | (causeNumber(check.cause) << 2) | (same ? sameStatus : 0));
    if (!same) varint(bytes, check.status ?? 0);
    status = check.status;
    for (const phase of phases) {
      const value = check[phase];
      varint(bytes, value === null ? 0 : Math.max(0, Math.round(value)) + 1);
    }
  }
  return Buffer.from(bytes);
}

/** Takes a pack apart. `fromAt`: when its first check began, milliseconds since 1970. */
export function readPack(fromAt: number, packed: Uint8Array): CheckResult[] {
  if (packed[0] !== version) throw new Error(`pack of version ${packed[0]}`);
  const checks: CheckResult[] = [];
  let at = fromAt;
  let status: number | null = null;
  const place = { next: 1 };
  while (place.next < packed.length) {
    at += readVarint(packed, place);
    const head = packed[place.next++] ?? 0;
    if ((head & sameStatus) === 0) status = readVarint(packed, place) || null;
    const check: CheckResult = {
      at,
      verdict: verdicts[head & 3] ?? 'unknown',
      cause: storedCauses[(head >> 2) & 31] ?? null,
      status,
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      firstByteMs: null,
      totalMs: null,
    };
    for (const phase of phases) {
      const value = readVarint(packed, place);
      check[phase] = value === 0 ? null : value - 1;
    }
    checks.push(check);
  }
  return checks;
}

export function causeNumber(cause: CheckResult['cause']): number {
  return Math.max(0, storedCauses.indexOf(cause));
}

export function verdictNumber(verdict: CheckResult['verdict']): number {
  return verdicts.indexOf(verdict);
}

export function verdictOf(number: number): CheckResult['verdict'] {
  return verdicts[number] ?? 'unknown';
}

/** Counts and averages of a pack, for its row. */
export function summarise(checks: readonly CheckResult[]): {
  checks: number;
  down: number;
  unknown: number;
  totalAvg: number | null;
  totalMax: number | null;
} {
  const answered = checks.flatMap(({ totalMs, verdict }) =>
    totalMs === null || verdict === 'unknown' ? [] : [totalMs],
  );
  return {
    checks: checks.length,
    down: checks.filter((check) => check.verdict === 'down').length,
    unknown: checks.filter((check) => check.verdict === 'unknown').length,
    totalAvg: mean(answered),
    totalMax: answered.length === 0 ? null : Math.round(answered.reduce((most, one) => Math.max(most, one), 0)),
  };
}

/** Rounded; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.round(values.reduce((sum, one) => sum + one, 0) / values.length);
}

function varint(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readVarint(packed: Uint8Array, place: { next: number }): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = packed[place.next++];
    if (byte === undefined) throw new Error('pack is cut off');
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
}
