import { clearAlarm } from '../platform/alarms/index.ts';
import type { Db } from '../platform/database/index.ts';
import { alarmCode } from './open-duty.ts';
import { settleDuties, type Settlement } from './rules/settle-duties.ts';
import { lockOpen, settle } from './store.ts';

/**
 * Takes evidence (a snapshot id) of a moment: keeps the duty in whose window that moment lies, closes those that were
 * missed before it, clears the alarm. Call it in the transaction that makes the evidence. `at`: now.
 */
export async function dischargeDuty(
  db: Db,
  done: { kind: string; subject: string; evidenceAt: Date; evidence: Record<string, unknown>; at: Date },
): Promise<Settlement[]> {
  const { kind, subject, evidenceAt, at } = done;
  const open = (await lockOpen(db, { kind, subject })).map((row) => ({
    id: row.id,
    opensAt: row.opens_at,
    due: row.due,
    closesAt: row.closes_at,
  }));
  const settlements = settleDuties(evidenceAt, open);
  for (const { id, state } of settlements) {
    await settle(db, id, { state, at, ...(state === 'missed' ? {} : { evidence: done.evidence }) });
  }
  if (settlements.length > 0) await clearAlarm(db, { code: alarmCode(kind), subject, at });
  return settlements;
}
