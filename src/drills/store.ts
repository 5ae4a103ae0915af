import { sql, type Selectable } from 'kysely';
import type { Db } from '../platform/database/index.ts';

interface DrillsTable {
  id: string;
  started_at: Date;
  down_at: Date | null;
  confirmed_at: Date | null;
  accepted_at: Date | null;
  delivered_at: Date | null;
  acknowledged_at: Date | null;
  ended_at: Date | null;
  state: 'running' | 'passed' | 'failed';
  incident_id: string | null;
  started_by: string;
  /** Why it failed. */
  note: string | null;
}

interface DrillSettingsTable {
  only_row: boolean;
  enabled: boolean;
  day: number;
  time: string;
  guard_id: string | null;
  held_for: Date | null;
  page_secret: string;
  down_until: Date | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    drills: DrillsTable;
    drill_settings: DrillSettingsTable;
  }
}

export type DrillRow = Selectable<DrillsTable>;
export type DrillSettingsRow = Selectable<DrillSettingsTable>;

export function listDrills(db: Db, limit: number): Promise<DrillRow[]> {
  return db.selectFrom('drills').selectAll().orderBy('started_at', 'desc').limit(limit).execute();
}

export function findRunning(db: Db): Promise<DrillRow | undefined> {
  return db.selectFrom('drills').selectAll().where('state', '=', 'running').executeTakeFirst();
}

/** Ended lately, and nobody has taken it yet: the guard may still answer. */
export function findUnacknowledged(db: Db, endedAfter: Date): Promise<DrillRow | undefined> {
  return db
    .selectFrom('drills')
    .selectAll()
    .where('ended_at', '>', endedAfter)
    .where('acknowledged_at', 'is', null)
    .where('incident_id', 'is not', null)
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
}

/** Undefined = another one runs. */
export function insertDrill(db: Db, row: { id: string; at: Date; by: string }): Promise<DrillRow | undefined> {
  return db
    .insertInto('drills')
    .values({ id: row.id, started_at: row.at, down_at: row.at, state: 'running', started_by: row.by })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export type Measured = Pick<
  DrillRow,
  'confirmed_at' | 'accepted_at' | 'delivered_at' | 'acknowledged_at' | 'incident_id'
>;

export async function putMeasured(db: Db, id: string, measured: Measured): Promise<void> {
  await db.updateTable('drills').set(measured).where('id', '=', id).execute();
}

/** False = it had ended already. */
export async function endDrill(
  db: Db,
  id: string,
  end: { state: 'passed' | 'failed'; note: string | null; at: Date },
): Promise<boolean> {
  const ended = await db
    .updateTable('drills')
    .set({ state: end.state, note: end.note, ended_at: end.at })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** The watch still sees the page of the drill before as out: a new drill would be nothing new to it. */
export async function isStillOut(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from incidents where kind = 'drill' and resolved_at is null limit 1`.execute(db);
  return rows.length > 0;
}

/** The incident that a drill led to, and what was sent about it. */
export async function measure(db: Db, drill: Pick<DrillRow, 'down_at' | 'started_at'>): Promise<Measured | undefined> {
  const { rows } = await sql<Measured>`
    select i.id as incident_id, i.confirmed_at, i.acknowledged_at,
      (select min(coalesce(m.accepted_at, m.delivered_at)) from messages m where m.incident_id = i.id and m.means = 'sms'
        and m.purpose in ('alarm', 'drill') and m.state in ('accepted', 'delivered')) as accepted_at,
      (select min(m.delivered_at) from messages m where m.incident_id = i.id and m.means = 'sms'
        and m.purpose in ('alarm', 'drill')) as delivered_at
    from incidents i
    where i.kind = 'drill' and i.first_failure_at >= ${drill.down_at ?? drill.started_at}
    order by i.first_failure_at limit 1
  `.execute(db);
  return rows[0];
}

export function readSettings(db: Db): Promise<DrillSettingsRow> {
  return db.selectFrom('drill_settings').selectAll().executeTakeFirstOrThrow();
}

export async function putSettings(
  db: Db,
  set: Partial<Pick<DrillSettingsRow, 'enabled' | 'day' | 'time' | 'guard_id' | 'held_for' | 'down_until'>>,
): Promise<void> {
  if (Object.keys(set).length > 0) await db.updateTable('drill_settings').set(set).execute();
}

export async function findGuardName(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from guards where id = ${id} and removed_at is null and phone is not null
  `.execute(db);
  return rows[0]?.name;
}

export interface DrillGround {
  hasRota: boolean;
  hasSms: boolean;
  watchAt: Date | null;
  /** The watch sees the page fail although no drill made it. */
  isStray: boolean;
}

/** What a drill needs: somebody to ask, a path for the SMS, a watcher. */
export async function readGround(db: Db): Promise<DrillGround> {
  const { rows } = await sql<DrillGround>`
    select
      exists (select 1 from rota_turns t join rotas r on r.id = t.rota_id and r.removed_at is null
        join guards g on g.id = t.guard_id and g.removed_at is null and g.phone is not null) as "hasRota",
      exists (select 1 from message_providers where means = 'sms' and enabled and removed_at is null) as "hasSms",
      (select max(heartbeat_at) from watchers) as "watchAt",
      exists (select 1 from incidents i where i.kind = 'drill' and i.resolved_at is null and not exists (
        select 1 from drills d where d.down_at <= i.first_failure_at
          and (d.ended_at is null or d.ended_at >= i.first_failure_at))) as "isStray"
  `.execute(db);
  return rows[0] ?? { hasRota: false, hasSms: false, watchAt: null, isStray: false };
}

export const drillTargetId = 'drill';

/** The page as a target of the watch. Watchers are told only of what changed. */
export async function putTarget(db: Db, target: { url: string; keyword: string; enabled: boolean }): Promise<void> {
  const { url, keyword, enabled } = target;
  await sql`
    insert into watch_targets (id, kind, url, keyword, expected_status, enabled)
    select ${drillTargetId}, 'drill', ${url}::text, ${keyword}::text, 200, ${enabled}::boolean
    where not exists (select 1 from watch_targets where id = ${drillTargetId} and url = ${url}
      and keyword = ${keyword} and enabled = ${enabled})
    on conflict (id) do update set url = excluded.url, keyword = excluded.keyword, enabled = excluded.enabled,
      revision = nextval('watch_revisions')
  `.execute(db);
}
