import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '../../audit/index.ts';
import { requireScope, type Actor } from '../../identity/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { setCalendarHash } from '../store.ts';

/** A new address of the feed; the old one ends. It is shown once: only its hash is kept. */
export async function makeCalendar(platform: Platform, actor: Actor): Promise<{ url: string }> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const secret = randomBytes(24).toString('base64url');
  await platform.db.transaction().execute(async (trx) => {
    await setCalendarHash(trx, calendarHash(secret));
    await recordAudit(trx, actor, { action: 'duty-calendar-made', subject: 'oncall:calendar', at });
  });
  return { url: `${platform.config.publicUrl ?? ''}/oncall/calendar/${secret}.ics` };
}

/** The feed ends: its address gives nothing any more. */
export async function revokeCalendar(platform: Platform, actor: Actor): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await setCalendarHash(trx, null);
    await recordAudit(trx, actor, { action: 'duty-calendar-revoked', subject: 'oncall:calendar', at });
  });
}

export function calendarHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
