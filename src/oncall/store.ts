import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';
import type { AskedFirst, DutyPolicy, GuardRow, OverrideRow, RotaRow, TurnRow } from './duty.ts';
import type { Hours } from './rules/hours.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    guards: GuardRow;
    rotas: RotaRow;
    rota_turns: TurnRow;
    rota_overrides: OverrideRow;
    duty_policy: {
      only_row: Generated<boolean>;
      receipt_ms: number;
      call_ms: number;
      next_ms: number;
      rounds: number;
      asked_first: AskedFirst[];
      office_hours: Hours;
      calendar_hash: Buffer | null;
    };
    short_codes: { guard_id: string; code: number; incident_id: string; given_at: Date; freed_at: Date | null };
    guard_links: { hash: Buffer; incident_id: string; guard_id: string; made_at: Date; expires_at: Date };
  }
}

/** Those who may be on duty. People who left the house are none any more, with or without a rota. */
export async function listGuards(db: Db): Promise<(GuardRow & { account: string | null })[]> {
  return db
    .selectFrom('guards')
    .leftJoin('auth_users', 'auth_users.id', 'guards.user_id')
    .leftJoin('people', 'people.user_id', 'guards.user_id')
    .selectAll('guards')
    .select('auth_users.email as account')
    .where('guards.removed_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .orderBy('guards.name')
    .execute();
}

export async function findGuard(db: Db, id: string): Promise<GuardRow | undefined> {
  return (await listGuards(db)).find((one) => one.id === id);
}

export async function findGuardOfUser(db: Db, userId: string): Promise<GuardRow | undefined> {
  return (await listGuards(db)).find((one) => one.user_id === userId);
}

export async function insertGuard(db: Db, row: GuardRow): Promise<void> {
  await db.insertInto('guards').values(row).execute();
}

export async function updateGuard(db: Db, id: string, set: Partial<GuardRow>): Promise<boolean> {
  const row = await db
    .updateTable('guards')
    .set(set)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** All turns of a guard become nobody's: a hole that is told, rather than a call into the void. */
export async function emptyTurnsOf(db: Db, guardId: string): Promise<void> {
  await db.updateTable('rota_turns').set({ guard_id: null }).where('guard_id', '=', guardId).execute();
}

export function listRotas(db: Db): Promise<RotaRow[]> {
  return db.selectFrom('rotas').selectAll().where('removed_at', 'is', null).orderBy('position').orderBy('id').execute();
}

export function listTurns(db: Db): Promise<TurnRow[]> {
  return db.selectFrom('rota_turns').selectAll().orderBy('rota_id').orderBy('position').execute();
}

export async function upsertRota(db: Db, row: RotaRow, turns: readonly (string | null)[]): Promise<void> {
  await db
    .insertInto('rotas')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        name: row.name,
        position: row.position,
        time_zone: row.time_zone,
        every: row.every,
        handover: row.handover,
        first_turn: row.first_turn,
      }),
    )
    .execute();
  await db.deleteFrom('rota_turns').where('rota_id', '=', row.id).execute();
  if (turns.length === 0) return;
  await db
    .insertInto('rota_turns')
    .values(turns.map((guard, position) => ({ rota_id: row.id, position, guard_id: guard })))
    .execute();
}

export async function removeRotaRow(db: Db, id: string, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('rotas')
    .set({ removed_at: at })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Overrides that are not over at `from`, of rotas that are there. */
export function listOverrides(db: Db, from: Date): Promise<OverrideRow[]> {
  return db
    .selectFrom('rota_overrides')
    .innerJoin('rotas', 'rotas.id', 'rota_overrides.rota_id')
    .selectAll('rota_overrides')
    .where('rota_overrides.removed_at', 'is', null)
    .where('rotas.removed_at', 'is', null)
    .where('to_at', '>', from)
    .orderBy('from_at')
    .execute();
}

export async function insertOverride(db: Db, row: OverrideRow): Promise<void> {
  await db.insertInto('rota_overrides').values(row).execute();
}

export async function removeOverrideRow(db: Db, id: string, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('rota_overrides')
    .set({ removed_at: at })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findPolicy(db: Db): Promise<DutyPolicy & { hasCalendar: boolean; calendarHash: Buffer | null }> {
  const row = await db.selectFrom('duty_policy').selectAll().executeTakeFirstOrThrow();
  return {
    receiptMs: row.receipt_ms,
    callMs: row.call_ms,
    nextMs: row.next_ms,
    rounds: row.rounds,
    askedFirst: row.asked_first,
    officeHours: row.office_hours,
    hasCalendar: row.calendar_hash !== null,
    calendarHash: row.calendar_hash,
  };
}

export async function updatePolicy(db: Db, policy: DutyPolicy): Promise<void> {
  await db
    .updateTable('duty_policy')
    .set({
      receipt_ms: policy.receiptMs,
      call_ms: policy.callMs,
      next_ms: policy.nextMs,
      rounds: policy.rounds,
      asked_first: json([...policy.askedFirst]),
      office_hours: json(policy.officeHours),
    })
    .execute();
}

export async function setCalendarHash(db: Db, hash: Buffer | null): Promise<void> {
  await db.updateTable('duty_policy').set({ calendar_hash: hash }).execute();
}

/** The guard's number for this incident: the one it has, else the lowest that is free on his phone. */
export async function giveCode(db: Db, guardId: string, incidentId: string, at: Date): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`short codes ${guardId}`}, 0))`.execute(db);
  const rows = await db
    .selectFrom('short_codes')
    .select(['code', 'incident_id'])
    .where('guard_id', '=', guardId)
    .where('freed_at', 'is', null)
    .execute();
  const had = rows.find((one) => one.incident_id === incidentId);
  if (had) return had.code;
  const used = new Set(rows.map((one) => one.code));
  let code = 1;
  while (used.has(code)) code += 1;
  await db
    .insertInto('short_codes')
    .values({ guard_id: guardId, code, incident_id: incidentId, given_at: at, freed_at: null })
    .execute();
  return code;
}

/** As a watcher gave it while the database was away; nothing when that number or incident has one already. */
export async function keepCode(
  db: Db,
  given: { guardId: string; code: number; incidentId: string; at: Date },
): Promise<void> {
  await db
    .insertInto('short_codes')
    .values({
      guard_id: given.guardId,
      code: given.code,
      incident_id: given.incidentId,
      given_at: given.at,
      freed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Codes in use, the newest first. */
export function listCodes(
  db: Db,
  guardId?: string,
): Promise<{ guard_id: string; code: number; incident_id: string; given_at: Date }[]> {
  let query = db
    .selectFrom('short_codes')
    .select(['guard_id', 'code', 'incident_id', 'given_at'])
    .where('freed_at', 'is', null);
  if (guardId !== undefined) query = query.where('guard_id', '=', guardId);
  return query.orderBy('given_at', 'desc').orderBy('code', 'desc').execute();
}

/** Numbers of incidents that have been over for a while are free again: an answer that comes late still means its own. */
export async function freeCodes(db: Db, overBefore: Date, at: Date): Promise<void> {
  await sql`
    update short_codes c set freed_at = ${at} from incidents i
    where i.id = c.incident_id and c.freed_at is null and i.resolved_at < ${overBefore}`.execute(db);
}

/** For the time that is left, who leads the console: everybody whom a lost alarm is mailed to. */
export async function listOperatorMails(db: Db): Promise<{ email: string; language: 'nl' | 'en' | null }[]> {
  return db
    .selectFrom('people')
    .innerJoin('auth_users', 'auth_users.id', 'people.user_id')
    .select(['auth_users.email', 'people.language'])
    .where('people.role', '=', 'operator')
    .where('people.deactivated_at', 'is', null)
    .execute();
}

/** Whether a fire drill (src/drills/) was under way at a moment, and who was chosen for it; null = whoever is on duty. */
export async function findDrill(db: Db, at: Date): Promise<{ isHeld: boolean; guardId: string | null }> {
  const { rows } = await sql<{ isHeld: boolean; guardId: string | null }>`
    select guard_id as "guardId", exists (select 1 from drills where down_at <= ${at}
      and (ended_at is null or ended_at >= ${at})) as "isHeld" from drill_settings
  `.execute(db);
  return rows[0] ?? { isHeld: false, guardId: null };
}

/** Incidents that ended since a moment and of which a guard was woken by SMS who has not heard yet that it is over. */
export async function listUntold(db: Db, since: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from incidents i
    where i.resolved_at >= ${since} and i.merged_into is null and i.urgency = 'high' and exists (
      select 1 from messages m
      where m.incident_id = i.id and m.means = 'sms' and m.guard_id is not null and m.purpose not in ('update', 'reply')
        and not exists (
          select 1 from messages u where u.incident_id = i.id and u.guard_id = m.guard_id and u.purpose = 'update'))
    order by i.resolved_at`.execute(db);
  return rows.map((row) => row.id);
}
