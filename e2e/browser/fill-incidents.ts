// Incidents of the house: one that is open, one of low urgency, and some that are over, each with its proof.
import { acknowledgeIncident, noteCause, openIncident, openOutage, resolveOutage } from '../../src/incidents/index.ts';
import type { Db } from '../../src/platform/database/index.ts';
import { withDatabase } from './fill-watch.ts';
import type { PlatformProcess } from './platform-process.ts';

const secondMs = 1000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

interface Outage {
  site: string;
  cause: 'database-error' | 'status' | 'refused' | 'too-slow';
  detail: string;
  /** How long ago it began, and how long it lasted; undefined = it lasts. */
  agoMs: number;
  lengthMs?: number;
}

/** Opens an outage as the watcher does: first failure, then confirmed 51 seconds later. */
export async function openOne(db: Db, { site, cause, detail, agoMs }: Outage): Promise<string> {
  const firstFailureAt = new Date(Date.now() - agoMs);
  const at = new Date(firstFailureAt.getTime() + 51 * secondMs);
  const { incidentId } = await db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: site,
      siteId: site,
      firstFailureAt,
      confirmedAt: at,
      cause,
      detail,
      reason: { code: 'confirmed-elsewhere', failures: 3, cause },
      address: '192.0.2.7',
      watcher: 'watcher-1',
      inMaintenance: false,
      at,
    }),
  );
  return incidentId;
}

/** An SMS about it that was accepted and, when `delivered`, arrived. */
export async function tellSms(
  db: Db,
  sms: { incident: string; what: string; guard: string; provider: string; agoMs: number; delivered: boolean },
): Promise<void> {
  const at = new Date(Date.now() - sms.agoMs);
  const later = (ms: number): Date => new Date(at.getTime() + ms);
  await db
    .insertInto('messages')
    .values({
      id: `${sms.incident}:sms`,
      purpose: 'alarm',
      means: 'sms',
      provider_id: sms.provider,
      incident_id: sms.incident,
      guard_id: sms.guard,
      recipient: '+31612345678',
      content: { text: `STORING ${sms.what}. 7A=ik pak het 7D=klaar` },
      short_code: 7,
      state: sms.delivered ? 'delivered' : 'accepted',
      created_at: at,
      next_try_at: at,
      give_up_at: later(3_600_000),
      accepted_at: later(1200),
      delivered_at: sms.delivered ? later(4300) : null,
    } as never)
    .execute();
}

export interface IncidentsToFill {
  /** Site that is out now. */
  out: string;
  /** Site with outages in the past. */
  past: string;
  guard: string;
  provider: string;
}

/** Gives the id of the open outage. */
export async function fillIncidents(platform: PlatformProcess, given: IncidentsToFill): Promise<string> {
  let open = '';
  await withDatabase(platform, async ({ db }) => {
    for (const [days, minutes] of [
      [3, 12],
      [26, 4],
      [48, 31],
    ] as const) {
      const agoMs = days * dayMs;
      const lengthMs = minutes * minuteMs;
      const id = await openOne(db, { site: given.past, cause: 'status', detail: '503', agoMs, lengthMs });
      const sms = { guard: given.guard, provider: given.provider, delivered: true };
      await tellSms(db, { ...sms, what: 'bakkerij.example 503', incident: id, agoMs: agoMs - 52 * secondMs });
      await acknowledgeIncident(
        db,
        { name: `guard:${given.guard}` },
        id,
        new Date(Date.now() - agoMs + 116 * secondMs),
        {
          means: 'sms',
        },
      );
      const fixedAt = new Date(Date.now() - agoMs + lengthMs);
      const at = new Date(fixedAt.getTime() + 17 * secondMs);
      await db.transaction().execute((trx) => resolveOutage(trx, { targetId: given.past, fixedAt, at }));
      if (days === 3) {
        const text = 'De hoster herstartte PHP-FPM zonder het te melden.';
        await noteCause(db, { name: `guard:${given.guard}` }, id, text, new Date(Date.now() - 2 * dayMs));
      }
    }
    open = await openOne(db, { site: given.out, cause: 'database-error', detail: '500', agoMs: 8 * minuteMs });
    const sms = { guard: given.guard, provider: given.provider, delivered: true };
    await tellSms(db, {
      ...sms,
      what: 'kaashuis-holland.example databasefout',
      incident: open,
      agoMs: 8 * minuteMs - 52 * secondMs,
    });
    const at = new Date(Date.now() - 40 * minuteMs);
    await openIncident(db, {
      id: `probe:frankfurt:${at.getTime()}`,
      kind: 'probe',
      urgency: 'low',
      subject: 'probe:frankfurt',
      title: { name: 'FRANKFURT' },
      firstFailureAt: at,
      at,
    });
  });
  return open;
}
