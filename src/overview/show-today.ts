import { countKeysToExport } from '../backups/index.ts';
import { whoIsOnDutyNow } from '../oncall/index.ts';
import { listOpenRequests, type OpenRequest } from '../portal/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Reason, Today, Waiting } from './contract.ts';
import { judgeSites } from './judge-sites.ts';
import { gatherWaiting, type WaitingSites } from './rules/gather-waiting.ts';
import { isInOrder, type SiteReason, type SiteState } from './rules/site-state.ts';
import { countOpenIncidents } from './store.ts';

const shownLines = 50;

/** How many sites are in order, and what waits for the operator: most serious first, each with its one next step. */
export async function showToday(platform: Platform): Promise<Today> {
  const [{ now, sites }, house, keys, requests, incidents, onDuty] = await Promise.all([
    judgeSites(platform),
    readHouse(platform),
    countKeysToExport(platform.db),
    listOpenRequests(platform.db),
    countOpenIncidents(platform.db),
    whoIsOnDutyNow(platform, platform.clock.now()),
  ]);
  const states: Record<SiteState, number> = { broken: 0, unsure: 0, waits: 0, working: 0, well: 0 };
  for (const site of sites) states[site.state]++;
  const ofSites = gatherWaiting(
    sites.map(({ row, state, reasons }) => ({ id: row.id, url: row.url, state, reasons })),
  ).map(shownWaiting);
  // A customer who waits comes before what can wait itself, after what is broken.
  const broken = ofSites.filter((line) => line.state === 'broken');
  const lines = [
    ...(keys > 0 ? [keysToExport(keys)] : []),
    ...broken,
    ...requests.map(shownRequest),
    ...ofSites.slice(broken.length),
  ];
  return {
    at: now.toISOString(),
    timeZone: house.timeZone,
    sites: sites.length,
    inOrder: sites.filter((site) => isInOrder(site.state)).length,
    states,
    waits: lines.length,
    waiting: lines.slice(0, shownLines),
    incidents: {
      ...incidents,
      sitesOut: sites.filter((site) => site.reasons.some(({ code }) => code === 'out')).length,
    },
    onDuty: onDuty ? { ...onDuty.guard, until: onDuty.until.toISOString() } : null,
  };
}

/** Before all else: lose this machine now, and those backups are for nobody. */
function keysToExport(count: number): Waiting {
  return {
    key: 'keys',
    state: 'broken',
    reason: { code: 'keys-not-exported' },
    sites: [],
    count,
    customer: null,
    action: 'export-keys',
  };
}

function shownWaiting(line: WaitingSites): Waiting {
  const { state, reason, sites, count, action } = line;
  const of = count === 1 ? sites[0]?.id : 'sites';
  return {
    key: [of, reason.code, reason.duty, reason.saga, reason.error?.code, reason.finding?.code]
      .filter(Boolean)
      .join(':'),
    state,
    reason: shownReason(reason),
    sites,
    count,
    customer: null,
    action,
  };
}

function shownRequest({ id, at, customer, site }: OpenRequest): Waiting {
  return {
    key: `request:${id}`,
    state: 'waits',
    reason: { code: 'request', since: at.toISOString() },
    sites: [site],
    count: 1,
    customer,
    action: 'see-request',
  };
}

/** A reason with its times as the contract has times. */
export function shownReason({ since, until, ...reason }: SiteReason): Reason {
  return {
    ...reason,
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}
