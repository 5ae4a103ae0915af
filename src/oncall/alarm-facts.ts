import { listIncidentSites, type IncidentRow } from '../incidents/index.ts';
import type { Db } from '../platform/database/index.ts';
import { getSiteById } from '../sites/index.ts';
import type { AlarmFacts } from './alarm-text.ts';

/** What an alarm about this incident tells this guard. */
export async function factsOf(
  db: Db,
  incident: IncidentRow,
  guard: { language: 'nl' | 'en' },
  timeZone: string,
): Promise<AlarmFacts> {
  const stretches = await listIncidentSites(db, incident.id);
  const named = incident.title['sites'];
  const ids = new Set([
    ...stretches.flatMap((one) => (one.site_id === null ? [] : [one.site_id])),
    ...(Array.isArray(named) ? named.filter((one) => typeof one === 'string') : []),
  ]);
  // An alarm names one site and counts the others: hundreds go out at once when a hoster does.
  const [first] = ids;
  const site = first === undefined ? undefined : await getSiteById(db, first).catch(() => undefined);
  const place = incident.title['value'];
  const { detail, sites: failing } = incident.reason;
  // Of a host that goes down most are still in doubt when the first are certain: they failed with them.
  const sites = Math.max(ids.size, typeof failing === 'number' ? failing : 0);
  return {
    kind: incident.kind,
    hosts: site ? [new URL(site.url).host] : [],
    ...(incident.kind === 'group' && typeof place === 'string' ? { group: { place, sites } } : {}),
    cause: incident.cause,
    detail: typeof detail === 'string' ? detail : '',
    since: incident.first_failure_at,
    timeZone,
    language: guard.language,
  };
}
