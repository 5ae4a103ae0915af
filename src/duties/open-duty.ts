import { clearAlarm } from '../platform/alarms/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { DutyWindow } from './rules/due-times.ts';
import { insertDuty, withdraw } from './store.ts';

/** Opens a duty; doing it again changes nothing, so a due loop may call it each time. True = it is new. */
export async function openDuty(
  db: Db,
  duty: { promise: string; kind: string; subject: string } & DutyWindow,
): Promise<boolean> {
  const { promise, kind, subject, opensAt, due, closesAt } = duty;
  return insertDuty(db, { promise, kind, subject, opens_at: opensAt, due, closes_at: closesAt });
}

/** Nobody expects these any more (the site left our care). */
export async function withdrawDuties(db: Db, subject: string, at: Date): Promise<void> {
  const kinds = new Set((await withdraw(db, subject, at)).map((duty) => duty.kind));
  for (const kind of kinds) await clearAlarm(db, { code: alarmCode(kind), subject, at });
}

export function alarmCode(kind: string): string {
  return `${kind}-overdue`;
}
