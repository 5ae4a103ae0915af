import { listProviders, queueMessage } from '../messages/index.ts';
import { guardsInOrder } from '../oncall/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { silentSms } from './sms-text.ts';
import type { ProbeRow } from './store.ts';

/**
 * One short message to the guard on duty, without calls and without a next guard: nothing confirms outages from elsewhere
 * now. Doing it again sends none.
 */
export async function tellGuard(
  platform: Platform,
  silent: { probe: ProbeRow; since: Date; incidentId: string; at: Date },
): Promise<void> {
  const { probe, since, incidentId, at } = silent;
  const [asked, [provider], { timeZone }] = await Promise.all([
    guardsInOrder(platform, at),
    listProviders(platform.db, 'sms'),
    readHouse(platform),
  ]);
  const guard = asked.find((one) => one.guard.phone !== null)?.guard;
  if (!guard?.phone || !provider) return;
  const { id: guardId, language, phone: recipient } = guard;
  await queueMessage(platform.db, {
    id: `probe-silent-${probe.id}-${since.getTime()}`,
    purpose: 'notice',
    means: 'sms',
    incidentId,
    guardId,
    recipient,
    content: { text: silentSms({ name: probe.name, language, timeZone }, since.getTime()), language },
    step: 0,
    attempt: 0,
    providerId: provider.id,
    at,
  });
}
