import { findIncident, handOverIncident } from '../incidents/index.ts';
import { listMessages, listProviders } from '../messages/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { askGuard } from './dispatch-alarms.ts';
import type { GuardRow } from './duty.ts';
import { askedAt, readDuty } from './on-duty.ts';

export type HandedOver =
  | { handed: true; to: string }
  /** nobody: there is no other guard who can be asked; already: the next one was asked before. */
  | { handed: false; why: 'nobody' | 'already' };

/**
 * A guard passes an incident on: the next one in the order is asked at once, and it is in nobody's hands until he takes it.
 * Doing it twice asks one person. Error: `incident-not-yours`.
 */
export async function handOver(platform: Platform, guard: GuardRow, incidentId: string): Promise<HandedOver> {
  const { db } = platform;
  const now = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  return db.transaction().execute(async (trx): Promise<HandedOver> => {
    const [duty, providers, messages] = await Promise.all([
      readDuty(trx, now),
      listProviders(trx, 'sms'),
      listMessages(trx, { incidentId }),
    ]);
    const asked = messages.filter((row) => row.purpose === 'alarm' || row.purpose === 'drill');
    const step = asked.reduce((most, row) => Math.max(most, row.step), 0);
    const last = asked.findLast((row) => row.step === step);
    const order = askedAt(duty, timeZone, now).filter((one) => one.guard.phone !== null);
    const place = order.findIndex((one) => one.guard.id === guard.id);
    // After him in the order, else from its beginning; somebody who is not in it hands over to the first.
    const next = [...order.slice(place + 1), ...order.slice(0, Math.max(0, place))].find(
      (one) => one.guard.id !== guard.id,
    )?.guard;
    const [provider] = providers;
    if (!next || !provider) return { handed: false, why: 'nobody' };
    const incident = await findIncident(trx, incidentId);
    const isWithOthers = last !== undefined && last.guard_id !== guard.id && incident?.acknowledged_at === null;
    if (!incident || isWithOthers) return { handed: false, why: 'already' };
    const key = `${step}:${guard.id}`;
    const actor = { name: `guard:${guard.id}` };
    await handOverIncident(trx, actor, incidentId, { to: next.name, key }, now);
    const asking = { step: step + 1, means: 'sms', attempt: 0, provider, why: 'handed-over' } as const;
    await askGuard({ ...platform, db: trx }, incident, next, asking, { timeZone }, now);
    return { handed: true, to: next.name };
  });
}
