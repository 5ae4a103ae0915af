import type { Kind, Means, Secrets } from '../channels/kinds.ts';
import type { CanaryState, MessageState, Purpose } from './contract.ts';

export type { Kind, Means } from '../channels/kinds.ts';
export type { CanaryState, MessageState, Purpose } from './contract.ts';

/** What a message says. `text`: of an SMS one segment (channels/sms/rules/segment.ts); of a call what is read out. */
export interface MessageContent {
  text: string;
  subject?: string;
  html?: string;
  link?: string;
  urgency?: 'high' | 'low';
  language?: 'nl' | 'en';
}

/** One message to be sent. */
export interface NewMessage {
  /** Ours, unique: letters, digits and `-`. The provider gets it as the reference. */
  id: string;
  purpose: Purpose;
  means: Means;
  incidentId: string | null;
  guardId: string | null;
  recipient: string;
  content: MessageContent;
  /** Place in the order of guards, and which try at this step. */
  step: number;
  attempt: number;
  shortCode?: number;
  providerId: string;
  at: Date;
  /** For how long the same path is tried again while it is certain that nothing left. Default: rules/give-up.ts. */
  giveUpAfterMs?: number;
}

/** A provider without its secrets. */
export interface Provider {
  id: string;
  kind: Kind;
  means: Means;
  name: string;
  position: number;
  config: Record<string, unknown>;
  enabled: boolean;
  canaryState: CanaryState | null;
}

/** With secrets: give it to `openSender(kind, config, secrets)`, or put it into a sealed kit. Plain JSON. */
export interface OpenProvider extends Provider {
  secrets: Secrets;
}

/** A message as it stands. */
export interface MessageRow {
  id: string;
  purpose: Purpose;
  means: Means;
  provider_id: string;
  incident_id: string | null;
  guard_id: string | null;
  recipient: string;
  content: MessageContent;
  step: number;
  attempt: number;
  short_code: number | null;
  state: MessageState;
  created_at: Date;
  claimed_by: string | null;
  claimed_at: Date | null;
  tries: number;
  next_try_at: Date;
  give_up_at: Date;
  accepted_at: Date | null;
  delivered_at: Date | null;
  failed_at: Date | null;
  provider_ref: string | null;
  /** `TROUBLE: what the gateway said`, see channels/sender.ts. */
  error: string | null;
  sent_by: string | null;
}

/** What came in from somebody's phone. */
export interface InboundRow {
  id: string;
  provider_id: string;
  provider_ref: string;
  sender: string;
  text: string;
  received_at: Date;
  handled_at: Date | null;
  outcome: string | null;
}
