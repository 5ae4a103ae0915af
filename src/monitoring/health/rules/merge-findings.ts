import type { Finding, FindingCode, Seen } from './finding.ts';

/** What a look says of a code: seen, or not (null). Codes that it could say nothing of are not in the map. */
export type Judged = ReadonlyMap<FindingCode, Seen | null>;

/**
 * Findings after a look. One that goes on keeps its moment, unless it took another step (a certificate from 14 to 7
 * days): then it is news again. What the look could not see stays as it was.
 */
export function mergeFindings(before: readonly Finding[], judged: Judged, now: number): Finding[] {
  const kept = before.filter((finding) => !judged.has(finding.code));
  const seen = [...judged.values()].flatMap((one): Finding[] => {
    if (one === null) return [];
    const known = before.find((finding) => finding.code === one.code);
    const goesOn = known !== undefined && known.facts['step'] === one.facts['step'];
    return [{ ...one, since: goesOn ? known.since : new Date(now).toISOString() }];
  });
  return [...kept, ...seen].toSorted((a, b) => a.since.localeCompare(b.since) || a.code.localeCompare(b.code));
}

/** Those that an incident is about. */
export function urgentOf(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.urgency === 'high');
}
