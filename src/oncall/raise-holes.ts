import { listOpenOfKind, openIncident, resolveIncident } from '../incidents/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { deleteLinks } from './link/link-store.ts';
import { readDuty } from './on-duty.ts';
import { findGaps } from './rules/find-gaps.ts';
import { nextInsideHours } from './rules/hours.ts';
import { dutySpans } from './rules/order-guards.ts';

/** So early a hole is told: a rota can still be mended in the hours of the agency, whatever the weekday. */
const aheadMs = 7 * 86_400_000;
/** A link that is over its time is remembered so long, to say so rather than 'no such link'. */
const linksKeptMs = 30 * 86_400_000;

/**
 * A time ahead in which nobody would be asked, or somebody who has no number, is an incident of low urgency until it is
 * mended. A house without any rota has not begun with duty: its console says so, nothing is raised. Safe to repeat.
 */
export async function settleHoles(platform: Pick<Platform, 'db' | 'clock' | 'config'>): Promise<void> {
  const { db } = platform;
  const now = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  const duty = await readDuty(db, now);
  const until = new Date(now.getTime() + aheadMs);
  const spans = dutySpans(duty.lines, duty.policy.askedFirst, timeZone, now, until);
  const gaps =
    duty.lines.length === 0
      ? { holes: [], withoutPhone: [] }
      : findGaps(spans, (guard) => (duty.guards.get(guard)?.phone ?? null) !== null);
  const standing = new Set<string>();
  const raise = async (
    subject: string,
    begins: string,
    cause: string,
    more: Record<string, unknown>,
  ): Promise<void> => {
    standing.add(subject);
    await db.transaction().execute((trx) =>
      openIncident(trx, {
        // Of the moment it was seen: a hole that was mended and comes back is told again.
        id: `${subject}:${now.getTime()}`,
        kind: 'rota',
        urgency: 'low',
        subject,
        cause,
        reason: { code: cause, from: begins, ...more },
        firstFailureAt: now,
        at: now,
        quietUntil: nextInsideHours(duty.policy.officeHours, timeZone, now) ?? now,
        title: 'guard' in more ? { name: more['guard'] } : {},
      }),
    );
  };
  const [hole] = gaps.holes;
  if (hole) await raise('rota:hole', hole.from, 'nobody-on-duty', { to: hole.to });
  for (const { guard, from } of gaps.withoutPhone) {
    await raise(`rota:phone:${guard}`, from, 'guard-without-phone', { guard: duty.guards.get(guard)?.name ?? guard });
  }
  for (const incident of await listOpenOfKind(db, 'rota')) {
    if (standing.has(incident.subject)) continue;
    const done = { subject: incident.subject, at: now, actor: 'system:oncall' };
    await db.transaction().execute((trx) => resolveIncident(trx, done));
  }
}

export const holesLoop: DueLoop = {
  name: 'oncall-holes',
  everyMs: 60_000,
  run: async (platform) => {
    await settleHoles(platform);
    await deleteLinks(platform.db, new Date(platform.clock.now().getTime() - linksKeptMs));
  },
};
