import type { AnyCause } from '../words.ts';
import type { TargetState } from './target.ts';

/** An outage as it was seen; times in milliseconds since 1970. `OutageSeen` of incidents, as plain data. */
export interface SeenOutage {
  targetId: string;
  siteId: string | null;
  kind: 'outage' | 'drill';
  url: string;
  firstFailureAt: number;
  confirmedAt: number;
  cause: AnyCause;
  detail: string;
  reason: unknown;
  address: string | null;
  watcher: string;
  inMaintenance: boolean;
  /** Nobody is called before it: our own work may last so long. null = at once. */
  quietUntil: number | null;
}

/** A message of the emergency path, as it was or is being sent. Plain data of `messages` (NewMessage). */
export interface DirectMessage {
  id: string;
  guardId: string;
  guardName: string;
  recipient: string;
  means: 'sms' | 'call';
  providerId: string;
  text: string;
  step: number;
  attempt: number;
  /** Place of the provider in their order, as the rule of escalation counts. */
  provider: number;
  shortCode: number | null;
  at: number;
}

/**
 * What a watcher must not forget, in the order in which it happened. Each is on its disk before anything follows from it,
 * and goes into the database as soon as that is there; told twice it makes one thing.
 */
export type WatchEvent =
  /** `at`: of the look that confirmed it; `toldAt`: when it was over. `afterWork`: told before as one of our own work, which is over or lasts too long: now it counts and alarms. */
  | { type: 'opened'; at: number; toldAt?: number; seen: SeenOutage; state: TargetState; afterWork: boolean }
  | { type: 'resolved'; at: number; targetId: string; fixedAt: number; state: TargetState }
  | {
      type: 'partial';
      at: number;
      targetId: string;
      siteId: string | null;
      firstFailureAt: number;
      cause: AnyCause;
      detail: string;
    }
  | { type: 'partial-over'; at: number; targetId: string }
  | { type: 'blind'; at: number; watcher: string; since: number; cause: AnyCause }
  | { type: 'sees'; at: number; watcher: string }
  | { type: 'sending'; at: number; seen: SeenOutage; message: DirectMessage }
  | {
      type: 'sent';
      at: number;
      seen: SeenOutage;
      message: DirectMessage;
      state: 'accepted' | 'failed' | 'unknown';
      providerRef: string | null;
    };

/** What an event is about: events of one subject go into the database in their order, others do not wait for them. */
export function subjectOf(event: WatchEvent): string {
  return 'seen' in event ? event.seen.targetId : 'targetId' in event ? event.targetId : 'watch';
}
