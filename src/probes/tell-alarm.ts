import { recordAudit } from '../audit/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { ProbeRow } from './store.ts';
import type { Told } from './wire.ts';

/** A second location alarmed by itself while we were away, and tells so now. Telling it twice makes one. */
export async function tellAlarm(platform: Platform, probe: ProbeRow, told: Told): Promise<void> {
  const at = platform.clock.now();
  const actor = { name: `probe:${probe.name}` };
  const details = { name: probe.name, reason: told.reason, since: told.since, sent: told.sent.length };
  await recordAudit(platform.db, actor, { action: 'probe-alarmed', subject: `probe:${probe.id}`, details, at });
}
