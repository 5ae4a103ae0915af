import type { IncidentView } from '../../../src/incidents/contract.ts';
import type { Step } from '../../ui/Steps.tsx';
import { secondsBetween } from './incident-facts.ts';

export type ProofKey = 'first' | 'confirmed' | 'accepted' | 'delivered' | 'acknowledged' | 'fixed';

export interface Proof {
  key: ProofKey;
  at: string | null;
  /** Seconds after the first failure. */
  after: number;
  state: Step['state'];
}

/** The six moments that prove how it was handled. What did not come about before it was over is left out. */
export function proofOf(
  incident: Pick<
    IncidentView,
    'firstFailureAt' | 'confirmedAt' | 'acknowledged' | 'fixedAt' | 'resolvedAt' | 'timeline'
  >,
): Proof[] {
  const { firstFailureAt, timeline } = incident;
  const first = (kind: 'accepted' | 'delivered'): string | null =>
    timeline.find((entry) => entry.kind === kind && entry.message?.purpose === 'alarm')?.at ?? null;
  const moments: [ProofKey, string | null][] = [
    ['first', firstFailureAt],
    ['confirmed', incident.confirmedAt],
    ['accepted', first('accepted')],
    ['delivered', first('delivered')],
    ['acknowledged', incident.acknowledged?.at ?? null],
    ['fixed', incident.fixedAt],
  ];
  const isOver = incident.resolvedAt !== null;
  const shown = moments.filter(([, at]) => at !== null || !isOver);
  const next = shown.findIndex(([, at]) => at === null);
  return shown.map(([key, at], nth) => ({
    key,
    at,
    after: at === null ? 0 : secondsBetween(firstFailureAt, at),
    state: at !== null ? 'done' : nth === next ? 'now' : 'later',
  }));
}
