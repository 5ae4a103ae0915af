import { sql, type Generated } from 'kysely';
import { json, type Db } from '../platform/database/index.ts';
import type { CanaryState, Kind, Means, Provider } from './message.ts';

export interface ProviderRow {
  id: string;
  kind: Kind;
  means: Means;
  name: string;
  position: number;
  config: Record<string, unknown>;
  secrets: Buffer | null;
  enabled: boolean;
  created_at: Date;
  removed_at: Date | null;
  canary_to: string | null;
  canary_at: Date | null;
  canary_state: CanaryState | null;
  canary_error: string | null;
  canary_message: string | null;
  last_error: string | null;
  last_error_at: Date | null;
  last_accepted_at: Date | null;
}

type Optional = 'canary_at' | 'canary_state' | 'canary_error' | 'canary_message' | 'last_error' | 'last_error_at';
declare module '../platform/database/tables.ts' {
  interface Tables {
    message_providers: Omit<ProviderRow, Optional | 'enabled' | 'last_accepted_at' | 'removed_at'> & {
      [Name in Optional | 'last_accepted_at' | 'removed_at']: Generated<ProviderRow[Name]>;
    } & { enabled: Generated<boolean> };
  }
}

/** All that are not removed, in the order in which they are set. */
export function listProviderRows(db: Db, means?: Means): Promise<ProviderRow[]> {
  let query = db.selectFrom('message_providers').selectAll().where('removed_at', 'is', null);
  if (means !== undefined) query = query.where('means', '=', means);
  return query.orderBy('means').orderBy('position').orderBy('created_at').orderBy('id').execute();
}

/**
 * Who carries messages of these means now, the one to try first first: one whose daily test failed comes after those that
 * work.
 */
export async function listProviders(db: Db, means?: Means): Promise<Provider[]> {
  const rows = (await listProviderRows(db, means)).filter((row) => row.enabled);
  const failsLast = (row: ProviderRow): number => (row.canary_state === 'failing' ? 1 : 0);
  return rows.toSorted((one, other) => failsLast(one) - failsLast(other)).map(shownProvider);
}

export function shownProvider(row: ProviderRow): Provider {
  const { id, kind, means, name, position, config, enabled } = row;
  return { id, kind, means, name, position, config, enabled, canaryState: row.canary_state };
}

/** Removed ones too: messages name them. */
export function listAllProviders(db: Db): Promise<Pick<ProviderRow, 'id' | 'name'>[]> {
  return db.selectFrom('message_providers').select(['id', 'name']).execute();
}

/** By id, or by the name of one that is not removed. */
export function findProvider(db: Db, reference: string): Promise<ProviderRow | undefined> {
  return db
    .selectFrom('message_providers')
    .selectAll()
    .where('removed_at', 'is', null)
    .where((eb) => eb.or([eb('id', '=', reference), eb(sql`lower(name)`, '=', reference.toLowerCase())]))
    .orderBy(sql`id = ${reference}`, 'desc')
    .executeTakeFirst();
}

/** At the end of its means. */
export async function insertProvider(
  db: Db,
  row: Pick<
    ProviderRow,
    'id' | 'kind' | 'means' | 'name' | 'config' | 'secrets' | 'enabled' | 'created_at' | 'canary_to'
  >,
): Promise<void> {
  const last = db
    .selectFrom('message_providers')
    .select(sql<number>`coalesce(max(position) + 1, 0)`.as('next'))
    .where('means', '=', row.means)
    .where('removed_at', 'is', null);
  await db
    .insertInto('message_providers')
    .values({ ...row, config: json(row.config), position: sql<number>`(${last})` })
    .execute();
}

/**
 * What is set anew is tried anew, at once. One whose daily test failed counts as failing until it has shown the contrary:
 * the incident of it stands as long.
 */
export async function updateProvider(
  db: Db,
  id: string,
  set: Pick<ProviderRow, 'name' | 'config' | 'secrets' | 'enabled' | 'canary_to'>,
): Promise<void> {
  await db
    .updateTable('message_providers')
    .set({
      ...set,
      config: json(set.config),
      canary_at: null,
      canary_state: sql<CanaryState | null>`case when canary_state = 'failing' then canary_state end`,
      canary_message: null,
      last_error: null,
      last_error_at: null,
    })
    .where('id', '=', id)
    .execute();
}

export async function markProviderRemoved(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('message_providers')
    .set({ removed_at: at, enabled: false, secrets: null })
    .where('id', '=', id)
    .execute();
}

export async function setPositions(db: Db, ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await db.updateTable('message_providers').set({ position }).where('id', '=', id).execute();
  }
}

/** What it did with the last message. `error`: `TROUBLE: words`; undefined = it took it. */
export async function recordOutcome(db: Db, id: string, outcome: { at: Date; error?: string }): Promise<void> {
  const set =
    outcome.error === undefined
      ? { last_accepted_at: outcome.at, last_error: null, last_error_at: null }
      : { last_error: outcome.error, last_error_at: outcome.at };
  await db.updateTable('message_providers').set(set).where('id', '=', id).execute();
}

/** SMS providers, and those that were taken away while something was known of their daily test. */
export function listCanaryRows(db: Db): Promise<ProviderRow[]> {
  return db
    .selectFrom('message_providers')
    .selectAll()
    .where('means', '=', 'sms')
    .where((eb) => eb.or([eb('removed_at', 'is', null), eb('canary_state', 'is not', null)]))
    .orderBy('position')
    .orderBy('id')
    .execute();
}

export async function setCanary(
  db: Db,
  id: string,
  set: Partial<Pick<ProviderRow, 'canary_at' | 'canary_state' | 'canary_error' | 'canary_message'>>,
): Promise<void> {
  await db.updateTable('message_providers').set(set).where('id', '=', id).execute();
}
