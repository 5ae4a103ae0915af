import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';

export interface AlarmTimes {
  /** When a gateway took the first message about it, whatever its means; null = none did. */
  alarmedAt: Date | null;
  takenAt: Date | null;
}

/** When somebody was told of each of these incidents, and when somebody took it. Merged ones count with their group. */
export async function findAlarmTimes(db: Db, incidentIds: readonly string[]): Promise<Map<string, AlarmTimes>> {
  if (incidentIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; alarmed_at: Date | null; taken_at: Date | null }>`
    select i.id, i.acknowledged_at as taken_at, (
      select min(coalesce(m.accepted_at, m.delivered_at)) from messages m
      where m.purpose = 'alarm' and (m.incident_id = i.id or m.incident_id in (select x.id from incidents x where x.merged_into = i.id))
    ) as alarmed_at
    from incidents i where i.id = any (${[...incidentIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.id, { alarmedAt: row.alarmed_at, takenAt: row.taken_at }]));
}
