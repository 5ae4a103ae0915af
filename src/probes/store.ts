import { sql, type Selectable } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';
import type { ProbeFacts } from './contract.ts';

interface ProbesTable {
  id: string;
  name: string;
  join_hash: Buffer | null;
  join_expires_at: Date | null;
  public_key: Buffer | null;
  created_at: Date;
  joined_at: Date | null;
  last_seen_at: Date | null;
  version: string | null;
  /** `{}` until it was heard. */
  facts: ProbeFacts | Record<string, never>;
  removed_at: Date | null;
}

interface ProbeNoncesTable {
  probe_id: string;
  nonce: string;
  seen_at: Date;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    probes: ProbesTable;
    probe_nonces: ProbeNoncesTable;
  }
}

export type ProbeRow = Selectable<ProbesTable>;

export function listProbes(db: Db): Promise<ProbeRow[]> {
  return db.selectFrom('probes').selectAll().where('removed_at', 'is', null).orderBy('created_at').execute();
}

/** By id or name; undefined too when it was removed. */
export function findProbe(db: Db, reference: string): Promise<ProbeRow | undefined> {
  return db
    .selectFrom('probes')
    .selectAll()
    .where('removed_at', 'is', null)
    .where((is) => is.or([is('id', '=', reference), is(sql`lower(name)`, '=', reference.toLowerCase())]))
    .executeTakeFirst();
}

/** False = one of this name is there. An invitation that nobody used is replaced. */
export async function insertProbe(
  db: Db,
  row: { id: string; name: string; joinHash: Buffer; joinExpiresAt: Date; at: Date },
): Promise<ProbeRow | undefined> {
  await db
    .updateTable('probes')
    .set({ removed_at: row.at, join_hash: null })
    .where(sql<boolean>`lower(name) = lower(${row.name})`)
    .where('removed_at', 'is', null)
    .where('public_key', 'is', null)
    .execute();
  return db
    .insertInto('probes')
    .values({
      id: row.id,
      name: row.name,
      join_hash: row.joinHash,
      join_expires_at: row.joinExpiresAt,
      created_at: row.at,
      facts: json({}),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** False = it was removed already. */
export async function markRemoved(db: Db, id: string, at: Date): Promise<boolean> {
  const gone = await db
    .updateTable('probes')
    .set({ removed_at: at, join_hash: null, public_key: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}

/**
 * The token is used up by the key that comes with it. The same key may come again with it (its first answer was lost),
 * until the second location was heard; another key may not. Undefined = no such token, over, or used.
 */
export function takeToken(
  db: Db,
  given: { joinHash: Buffer; publicKey: Buffer; version: string; at: Date },
): Promise<ProbeRow | undefined> {
  const { joinHash, publicKey, version, at } = given;
  return db
    .updateTable('probes')
    .set({ public_key: publicKey, joined_at: at, version })
    .where('join_hash', '=', joinHash)
    .where('join_expires_at', '>', at)
    .where('removed_at', 'is', null)
    .where((is) => is.or([is('public_key', 'is', null), is('public_key', '=', publicKey)]))
    .returningAll()
    .executeTakeFirst();
}

/** False = this nonce was there: somebody plays an old request again. */
export async function takeNonce(db: Db, probeId: string, nonce: string, at: Date): Promise<boolean> {
  const taken = await db
    .insertInto('probe_nonces')
    .values({ probe_id: probeId, nonce, seen_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce')
    .executeTakeFirst();
  return taken !== undefined;
}

export async function deleteNonces(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('probe_nonces').where('seen_at', '<', before).execute();
}

/** A sign of life. Its token, if it had kept one, counts no more. */
export async function markSeen(
  db: Db,
  id: string,
  seen: { at: Date; version: string; facts: ProbeFacts },
): Promise<void> {
  await db
    .updateTable('probes')
    .set({ last_seen_at: seen.at, version: seen.version, facts: json(seen.facts), join_hash: null })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute();
}

/** The youngest heartbeat of any watcher; null = there is none. */
export async function lastWatchHeartbeat(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(heartbeat_at) as at from watchers`.execute(db);
  return rows[0]?.at ?? null;
}

export async function listReferenceHosts(db: Db): Promise<string[]> {
  const { rows } = await sql<{ hosts: string[] }>`select reference_hosts as hosts from watch_settings`.execute(db);
  return rows[0]?.hosts ?? [];
}

/** Tells every process that listens; payloads are below 8000 bytes. */
export async function notify(db: Db, channel: 'probe_ask' | 'probe_answer', payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}

/** Subjects of open incidents about second locations. */
export async function listSilentSubjects(db: Db): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select subject from incidents where kind = 'probe' and resolved_at is null and subject like 'probe:%'
  `.execute(db);
  return rows.map(({ subject }) => subject);
}
