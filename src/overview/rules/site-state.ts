// How a site is: what the watch sees of it as a visitor, and what we know ourselves: backups, contact, duties, size.

/** From what must be looked at first to what needs nobody. `waits`: in order, but something waits for the operator. */
export const siteStates = ['broken', 'unsure', 'waits', 'working', 'well'] as const;
export type SiteState = (typeof siteStates)[number];

export interface SiteFacts {
  /** Milliseconds since 1970, as all times here. */
  now: number;
  plan: 'daily' | 'hourly';
  /** Undefined = not paired. */
  pairedAt?: number | undefined;
  /** Backups were stopped by hand. */
  paused: boolean;
  /** Start of the newest backup that is whole and not found wrong. */
  lastGoodAt?: number | undefined;
  /** Judged by the sites' own rule; undefined = not measured. */
  size?: { state: 'ok' | 'near' | 'quote-needed'; share: number } | undefined;
  /** Duties that are open beyond their due time and grace. */
  overdue: readonly { kind: string; due: number }[];
  /** Alarms that stand. */
  alarms: readonly SiteAlarm[];
  /** What the looks at its health found (`monitoring`), the urgent first; none = nothing. */
  findings?: readonly SiteFinding[];
  /** Work that is queued or running. */
  running?: { saga: string } | undefined;
  /** Undefined = it is not to be watched. */
  watch?: WatchFacts | undefined;
}

/** What the watch knows of a site. */
export interface WatchFacts {
  /** An outage that is none of our own work, from incidents. */
  out?: { since: number; cause: string | null; incident: number } | undefined;
  watchedSince: number;
  checkedAt?: number | undefined;
  /** Of the last check; undefined = there was none. */
  verdict?: 'up' | 'down' | 'unknown' | undefined;
  certificateEndsAt?: number | undefined;
}

export interface SiteFinding {
  code: string;
  since: number;
  urgent: boolean;
  /** Two or three words, and the rest of a sentence after the site's name. */
  told: Record<'nl' | 'en', { short: string; says: string }>;
}

export interface SiteAlarm {
  code: string;
  raisedAt: number;
  facts?: unknown;
}

export const reasonCodes = [
  'out',
  'finding-urgent',
  'backup-damaged',
  'restore-failed',
  'duty-overdue',
  'backup-failed',
  'backup-incomplete',
  'work-failed',
  'backup-old',
  'alarm',
  'not-paired',
  'watch-blind',
  'paused',
  'no-backup-yet',
  'certificate-ending',
  'finding',
  'quote-needed',
  'size-near',
  'work-under-way',
  'backup-good',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** One reason for a state; the fields that its code has no use for are not there. */
export interface SiteReason {
  code: ReasonCode;
  /** Since when it is so. */
  since?: number;
  /** Of a duty: its kind. */
  duty?: string;
  /** Of work: the saga. */
  saga?: string;
  /** Code and sentence of what went wrong. */
  error?: { code: string; message: string };
  /** Of the size in the contract. */
  share?: number;
  /** The alarm's own code. */
  alarm?: string;
  /** Of an outage: what the watch found, and the number of its incident. */
  cause?: string;
  incident?: number;
  /** Of a finding: its code and words. */
  finding?: { code: string } & SiteFinding['told'];
  /** Until when it is still well. */
  until?: number;
}

export interface SiteVerdict {
  state: SiteState;
  /** Most serious first; there is always one. The first one made the state. */
  reasons: SiteReason[];
}

/** A backup older than this is no promise kept, whatever the duties say: it also tells when the watch itself stood still. */
const oldAfterMs = { daily: 36 * 3_600_000, hourly: 3 * 3_600_000 };

/** A site that nobody looked at for so long cannot be spoken for. (A watch that stands still alarms by itself, and sooner.) */
const unseenAfterMs = 600_000;
/** Certificates are renewed 30 days before their end: two weeks before it, that has failed. */
const certificateSoonMs = 14 * 24 * 3_600_000;

const stateOf: Record<ReasonCode, SiteState> = {
  out: 'broken',
  'finding-urgent': 'broken',
  'backup-damaged': 'broken',
  'restore-failed': 'broken',
  'duty-overdue': 'broken',
  'backup-failed': 'broken',
  'backup-incomplete': 'broken',
  'work-failed': 'broken',
  'backup-old': 'broken',
  alarm: 'broken',
  'not-paired': 'unsure',
  'watch-blind': 'unsure',
  paused: 'unsure',
  'no-backup-yet': 'unsure',
  'certificate-ending': 'waits',
  finding: 'waits',
  'quote-needed': 'waits',
  'size-near': 'waits',
  'work-under-way': 'working',
  'backup-good': 'well',
};

/** Judges a site. In order are `waits`, `working` and `well`. */
export function judgeSite(facts: SiteFacts): SiteVerdict {
  const reasons = reasonsOf(facts).toSorted((a, b) => rank(a) - rank(b));
  const first = reasons[0] ?? { code: 'no-backup-yet' as const };
  return { state: stateOf[first.code], reasons: reasons.length > 0 ? reasons : [first] };
}

export function isInOrder(state: SiteState): boolean {
  return state === 'waits' || state === 'working' || state === 'well';
}

/** The state that a reason alone makes. */
export function stateOfReason(code: ReasonCode): SiteState {
  return stateOf[code];
}

function rank(reason: SiteReason): number {
  return siteStates.indexOf(stateOf[reason.code]) * 100 + reasonCodes.indexOf(reason.code);
}

function reasonsOf(facts: SiteFacts): SiteReason[] {
  const reasons = facts.alarms.flatMap((alarm) => reasonOfAlarm(alarm, facts));
  if (facts.running) reasons.push({ code: 'work-under-way', saga: facts.running.saga });
  if (facts.size && facts.size.state !== 'ok')
    reasons.push({ code: facts.size.state === 'near' ? 'size-near' : 'quote-needed', share: facts.size.share });
  return [...reasons, ...reasonsOfWatch(facts), ...reasonsOfFindings(facts), ...reasonsOfBackups(facts)];
}

function reasonsOfWatch({ now, watch }: SiteFacts): SiteReason[] {
  if (!watch) return [];
  const { out, verdict, checkedAt, watchedSince, certificateEndsAt: until } = watch;
  const certificate: SiteReason[] =
    until !== undefined && until > now && until - now < certificateSoonMs
      ? [{ code: 'certificate-ending', until }]
      : [];
  if (out) {
    const { since, cause, incident } = out;
    return [{ code: 'out', since, ...(cause === null ? {} : { cause }), incident }, ...certificate];
  }
  const isUnseen = now - (checkedAt ?? watchedSince) > unseenAfterMs;
  if (verdict !== 'unknown' && !isUnseen) return certificate;
  return [{ code: 'watch-blind', ...(checkedAt === undefined ? {} : { since: checkedAt }) }, ...certificate];
}

/** The end of the certificate is told from the watch's own facts. */
function reasonsOfFindings({ findings = [] }: SiteFacts): SiteReason[] {
  return findings
    .filter((one) => one.code !== 'certificate-ends')
    .map(({ code, since, urgent, told }) => ({
      code: urgent ? 'finding-urgent' : 'finding',
      since,
      finding: { code, ...told },
    }));
}

function reasonsOfBackups(facts: SiteFacts): SiteReason[] {
  const { now, plan, pairedAt, lastGoodAt } = facts;
  if (pairedAt === undefined) return [{ code: 'not-paired' }];
  // Stopped on purpose: what is late because of that is no surprise, and has one cause.
  if (facts.paused) return [{ code: 'paused', ...(lastGoodAt === undefined ? {} : { since: lastGoodAt }) }];
  const late = facts.overdue.toSorted((a, b) => a.due - b.due)[0];
  if (late) return [{ code: 'duty-overdue', duty: late.kind, since: late.due }];
  if (lastGoodAt === undefined) return facts.running ? [] : [{ code: 'no-backup-yet', since: pairedAt }];
  if (now - lastGoodAt > oldAfterMs[plan]) return [{ code: 'backup-old', since: lastGoodAt }];
  return [{ code: 'backup-good', since: lastGoodAt }];
}

function reasonOfAlarm(alarm: SiteAlarm, { paused }: SiteFacts): SiteReason[] {
  const { code, raisedAt: since } = alarm;
  const error = errorIn(alarm.facts);
  // What these say is read from the facts themselves: duties, size.
  if (code.endsWith('-overdue') || code === 'site-size-near' || code === 'site-quote-needed') return [];
  if (code === 'backup-damaged' || code === 'backup-data-damaged')
    return [{ code: 'backup-damaged', since, alarm: code }];
  if (code === 'backup-incomplete') return [{ code: 'backup-incomplete', since, alarm: code }];
  if (!code.endsWith('-failed')) return [{ code: 'alarm', since, alarm: code, ...error }];
  const saga = code.slice(0, -'-failed'.length);
  if (saga === 'backup-site') return paused ? [] : [{ code: 'backup-failed', since, saga, alarm: code, ...error }];
  return [{ code: saga === 'restore-site' ? 'restore-failed' : 'work-failed', since, saga, alarm: code, ...error }];
}

function errorIn(facts: unknown): { error?: { code: string; message: string } } {
  if (typeof facts !== 'object' || facts === null || !('message' in facts)) return {};
  const { message } = facts;
  const code = 'code' in facts ? facts.code : undefined;
  if (typeof message !== 'string' || message === '') return {};
  return { error: { code: typeof code === 'string' ? code : 'unknown', message } };
}
