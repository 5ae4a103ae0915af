import { sql, type Generated } from 'kysely';
import { json, type Db } from '../database/index.ts';

declare module '../database/tables.ts' {
  interface Tables {
    alarms: {
      id: Generated<number>;
      code: string;
      subject: string;
      facts: unknown;
      raised_at: Date;
      last_seen_at: Date;
      times: Generated<number>;
      cleared_at: Date | null;
    };
  }
}

export interface AlarmRow {
  id: number;
  code: string;
  subject: string;
  facts: unknown;
  raised_at: Date;
  last_seen_at: Date;
  times: number;
  cleared_at: Date | null;
}

/** One alarm stands per code and subject: raising it again counts it and takes the newest facts. */
export async function raiseAlarm(
  db: Db,
  alarm: { code: string; subject: string; facts: Record<string, unknown>; at: Date },
): Promise<{ id: number; isNew: boolean }> {
  const row = await db
    .insertInto('alarms')
    .values({
      code: alarm.code,
      subject: alarm.subject,
      facts: json(alarm.facts),
      raised_at: alarm.at,
      last_seen_at: alarm.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['code', 'subject'])
        .where('cleared_at', 'is', null)
        .doUpdateSet((is) => ({
          facts: is.ref('excluded.facts'),
          last_seen_at: is.ref('excluded.last_seen_at'),
          times: is('alarms.times', '+', 1),
        })),
    )
    .returning(['id', 'times'])
    .executeTakeFirstOrThrow();
  return { id: row.id, isNew: row.times === 1 };
}

/** Clears the alarm that stands, if any. */
export async function clearAlarm(db: Db, alarm: { code: string; subject: string; at: Date }): Promise<boolean> {
  const cleared = await db
    .updateTable('alarms')
    .set({ cleared_at: alarm.at })
    .where('code', '=', alarm.code)
    .where('subject', '=', alarm.subject)
    .where('cleared_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return cleared !== undefined;
}

export function listAlarms(
  db: Db,
  filter: { subject?: string; standing?: boolean; codeEnds?: string; limit: number },
): Promise<AlarmRow[]> {
  let query = db.selectFrom('alarms').selectAll();
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.standing) query = query.where('cleared_at', 'is', null);
  if (filter.codeEnds !== undefined) query = query.where('code', 'like', `%${filter.codeEnds}`);
  return query.orderBy('id', 'desc').limit(filter.limit).execute();
}

export async function countStandingAlarms(db: Db): Promise<number> {
  const row = await db
    .selectFrom('alarms')
    .select(sql<number>`count(*)`.as('n'))
    .where('cleared_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}
