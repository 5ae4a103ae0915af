import { implement } from '@orpc/server';
import type { ApiContext } from '../identity/index.ts';
import { listAlarms } from '../platform/alarms/index.ts';
import type { Db } from '../platform/database/index.ts';
import { getSite, listSites, siteSubject } from '../sites/index.ts';
import { dutiesContract } from './contract.ts';
import { isOverdue } from './rules/settle-duties.ts';
import { listDuties } from './store.ts';

const os = implement(dutiesContract).$context<ApiContext>();

async function subjectOf(db: Db, site: string | undefined): Promise<{ subject?: string }> {
  return site === undefined ? {} : { subject: siteSubject((await getSite(db, site, { removedToo: true })).id) };
}

/** From the subject of a row to the URL a person knows. */
async function siteNames(db: Db): Promise<(subject: string) => string | null> {
  const urls = new Map((await listSites(db, { removedToo: true })).map((site) => [site.id, site.url]));
  return (subject) => urls.get(subject.slice(subject.indexOf(':') + 1)) ?? null;
}

export const dutiesRoutes = os.router({
  list: os.list.handler(async ({ context, input }) => {
    const { db, clock } = context.platform;
    const filter = { ...(await subjectOf(db, input.site)), ...(input.openOnly ? { states: ['open' as const] } : {}) };
    const nameOf = await siteNames(db);
    const now = clock.now();
    return (await listDuties(db, { ...filter, limit: input.limit })).map((row) => ({
      id: row.id,
      promise: row.promise,
      kind: row.kind,
      subject: row.subject,
      site: nameOf(row.subject),
      opensAt: row.opens_at.toISOString(),
      due: row.due.toISOString(),
      state: row.state,
      overdue: row.state === 'open' && isOverdue(now, { opensAt: row.opens_at, due: row.due }),
      settledAt: row.settled_at?.toISOString() ?? null,
      evidence: row.evidence,
    }));
  }),
  alarms: os.alarms.handler(async ({ context, input }) => {
    const { db } = context.platform;
    const nameOf = await siteNames(db);
    const filter = { ...(await subjectOf(db, input.site)), standing: !input.all, limit: input.limit };
    return (await listAlarms(db, filter)).map((row) => ({
      id: row.id,
      code: row.code,
      subject: row.subject,
      site: nameOf(row.subject),
      facts: row.facts,
      raisedAt: row.raised_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      times: row.times,
      clearedAt: row.cleared_at?.toISOString() ?? null,
    }));
  }),
});
