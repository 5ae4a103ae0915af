export const incidentKinds = [
  'outage',
  'group',
  'partial',
  'duty',
  'blind',
  'channel',
  'probe',
  'rota',
  'finding',
  'drill',
] as const;
/**
 * outage: one site; group: several of one host; partial: fails here only; duty: a promise is overdue; blind: the watch
 * cannot see; channel: an alarm path is broken; probe: a second location is silent; rota: nobody is on duty; finding:
 * something about a site that cannot wait; drill: a fire drill.
 */
export type IncidentKind = (typeof incidentKinds)[number];
export type Urgency = 'high' | 'low';

/** What several sites that fail together have in common. */
export interface GroupTitle {
  by: 'address' | 'network';
  value: string;
}

export interface IncidentRow {
  id: string;
  number: number;
  kind: IncidentKind;
  urgency: Urgency;
  subject: string;
  title: Record<string, unknown>;
  cause: string | null;
  reason: Record<string, unknown>;
  first_failure_at: Date;
  confirmed_at: Date;
  opened_at: Date;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  fixed_at: Date | null;
  resolved_at: Date | null;
  reopened: number;
  cause_note: string | null;
  merged_into: string | null;
  quiet_until: Date | null;
  given_up_at: Date | null;
}

/** A stretch in which an incident hit a site (or a thing of our own: `site_id` null). */
export interface IncidentSiteRow {
  incident_id: string;
  target_id: string;
  site_id: string | null;
  from_at: Date;
  to_at: Date | null;
  cause: string | null;
  detail: string | null;
  address: string | null;
  in_maintenance: boolean;
}

export const eventKinds = [
  'first-failure',
  'confirmed',
  'opened',
  'site-out',
  'site-back',
  'merged',
  'split',
  'asked',
  'not-sent',
  'given-up',
  'acknowledged',
  'acknowledged-late',
  'handed-over',
  'said-done',
  'note',
  'cause',
  'fixed',
  'resolved',
  'reopened',
] as const;
export type EventKind = (typeof eventKinds)[number];

export interface IncidentEventRow {
  id: number;
  incident_id: string;
  at: Date;
  kind: EventKind;
  facts: Record<string, unknown>;
  actor: string;
  key: string;
}
