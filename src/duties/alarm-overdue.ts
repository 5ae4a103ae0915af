import { raiseAlarm } from '../platform/alarms/index.ts';
import type { DueLoop } from '../platform/due/index.ts';
import type { Platform } from '../platform/platform.ts';
import { alarmCode } from './open-duty.ts';
import { isOverdue } from './rules/settle-duties.ts';
import { lockOpen, markAlarmed } from './store.ts';

/** Raises an alarm for every duty that is open past its due time and grace. Gives how many. */
export async function alarmOverdue(platform: Platform): Promise<number> {
  const now = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    let raised = 0;
    for (const row of await lockOpen(trx, { dueBefore: now })) {
      if (!isOverdue(now, { opensAt: row.opens_at, due: row.due })) continue;
      const facts = { promise: row.promise, kind: row.kind, due: row.due.toISOString(), duty: row.id };
      await raiseAlarm(trx, { code: alarmCode(row.kind), subject: row.subject, facts, at: now });
      await markAlarmed(trx, row.id, now);
      raised++;
    }
    return raised;
  });
}

export const overdueLoop: DueLoop = {
  name: 'duties-overdue',
  everyMs: 15_000,
  run: async (platform) => {
    const raised = await alarmOverdue(platform);
    if (raised > 0) platform.log.warn({ raised }, 'duties are overdue');
  },
};
