import {
  isInOrder,
  reasonCodes,
  stateOfReason,
  type ReasonCode,
  type SiteReason,
  type SiteState,
} from './site-state.ts';

/** What a person can do about it: the one next step. */
export const nextActions = ['back-up', 'pair', 'look', 'see-list', 'export-keys', 'see-request'] as const;
export type NextAction = (typeof nextActions)[number];

export interface JudgedSite {
  id: string;
  url: string;
  state: SiteState;
  reasons: readonly SiteReason[];
}

/** Something that waits for the operator: of one site, or of several that have the same trouble. */
export interface WaitingSites {
  state: SiteState;
  reason: SiteReason;
  /** Of one site all; of several the first few by address. */
  sites: { id: string; url: string }[];
  count: number;
  action: NextAction;
}

/** From this many sites with the same trouble on, it is one thing with one cause, and one line. */
const togetherFrom = 4;
const named = 3;

const actions: Record<ReasonCode, NextAction> = {
  out: 'look',
  'finding-urgent': 'look',
  'backup-damaged': 'look',
  'restore-failed': 'look',
  'duty-overdue': 'back-up',
  'backup-failed': 'back-up',
  'backup-incomplete': 'look',
  'work-failed': 'look',
  'backup-old': 'back-up',
  alarm: 'look',
  'not-paired': 'pair',
  'watch-blind': 'look',
  paused: 'look',
  'no-backup-yet': 'back-up',
  'certificate-ending': 'look',
  finding: 'look',
  'quote-needed': 'look',
  'size-near': 'look',
  'work-under-way': 'look',
  'backup-good': 'look',
};

/**
 * What waits, most serious first and of the same trouble the longest first. A site has one line, for its first reason that
 * asks for somebody; sites with the same trouble share one. Outages are told by their incidents, with who took them: here
 * stands what else is the matter with such a site.
 */
export function gatherWaiting(sites: readonly JudgedSite[]): WaitingSites[] {
  const groups = new Map<string, { reason: SiteReason; sites: JudgedSite[] }>();
  for (const given of sites) {
    const site = besidesOutage(given);
    if (!site) continue;
    if (isInOrder(site.state) && site.state !== 'waits') continue;
    const reason = cause(site);
    const key = [reason.code, reason.duty, reason.saga, reason.error?.code, reason.finding?.code].join(' ');
    const group = groups.get(key) ?? { reason, sites: [] };
    group.sites.push(site);
    groups.set(key, group);
  }
  const lines = Array.from(groups.values()).flatMap((group) =>
    group.sites.length < togetherFrom ? group.sites.map(ofOne) : [ofMany(group)],
  );
  return lines.toSorted((a, b) => weight(a) - weight(b) || (a.reason.since ?? Infinity) - (b.reason.since ?? Infinity));
}

function besidesOutage(site: JudgedSite): JudgedSite | undefined {
  if (site.reasons[0]?.code !== 'out') return site;
  const reasons = site.reasons.filter((reason) => reason.code !== 'out');
  return reasons[0] && { ...site, reasons, state: stateOfReason(reasons[0].code) };
}

/** The first reason, with what went wrong when a failure beside it says so ('late, because the site does not answer'). */
function cause(site: JudgedSite): SiteReason {
  const [reason, ...others] = site.reasons;
  if (!reason) return { code: 'no-backup-yet' };
  const failure = reason.error ? undefined : others.find((other) => other.code === 'backup-failed')?.error;
  return reason.code === 'duty-overdue' && failure ? { ...reason, error: failure } : reason;
}

function ofOne(site: JudgedSite): WaitingSites {
  const reason = cause(site);
  return { state: site.state, reason, sites: [{ id: site.id, url: site.url }], count: 1, action: actions[reason.code] };
}

function ofMany(group: { reason: SiteReason; sites: JudgedSite[] }): WaitingSites {
  const sites = group.sites.toSorted((a, b) => (a.url < b.url ? -1 : 1));
  const since = group.sites.map((site) => site.reasons[0]?.since).filter((each) => each !== undefined);
  return {
    state: stateOfReason(group.reason.code),
    reason: { ...group.reason, ...(since.length > 0 ? { since: Math.min(...since) } : {}) },
    sites: sites.slice(0, named).map(({ id, url }) => ({ id, url })),
    count: sites.length,
    action: 'see-list',
  };
}

/** Broken first, then what can be done, then what cannot be told; within that by the weight of the reason. */
function weight({ state, reason }: WaitingSites): number {
  const order: SiteState[] = ['broken', 'waits', 'unsure', 'working', 'well'];
  return order.indexOf(state) * 100 + reasonCodes.indexOf(reason.code);
}
