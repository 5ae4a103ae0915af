import type { Db } from '../../platform/database/index.ts';
import type { Strength } from './rules/session-life.ts';
import type { Attempts } from './rules/lock-out.ts';

// The tables `auth_*` have better-auth's shape and names; it writes them, we read them and end sessions.
interface UsersTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  createdAt: Date;
  updatedAt: Date;
  twoFactorEnabled: boolean | null;
}

interface SessionsTable {
  id: string;
  token: string;
  userId: string;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  strength: Strength;
  confirmedAt: Date;
  lastUsedAt: Date;
}

interface AccountsTable {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  password: string | null;
  createdAt: Date;
  updatedAt: Date;
}

interface TwoFactorsTable {
  id: string;
  userId: string;
  secret: string;
  backupCodes: string;
  verified: boolean | null;
}

interface PasskeysTable {
  id: string;
  name: string | null;
  userId: string;
  credentialID: string;
  backedUp: boolean;
  deviceType: string;
  createdAt: Date | null;
  aaguid: string | null;
}

interface AttemptsTable {
  key: string;
  count: number;
  first_at: Date;
  last_at: Date;
  locked_until: Date | null;
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    auth_users: UsersTable;
    auth_sessions: SessionsTable;
    auth_accounts: AccountsTable;
    auth_two_factors: TwoFactorsTable;
    auth_passkeys: PasskeysTable;
    auth_verifications: { id: string; identifier: string; value: string; expiresAt: Date };
    auth_rate_limits: { id: string; key: string; count: number; lastRequest: number };
    sign_in_attempts: AttemptsTable;
    used_codes: { user_id: string; code: string; at: Date };
    sign_in_secret: { only_row: boolean; sealed: Buffer; made_at: Date };
  }
}

export async function readSecret(db: Db): Promise<Buffer | undefined> {
  return (await db.selectFrom('sign_in_secret').select('sealed').executeTakeFirst())?.sealed;
}

export async function insertSecret(db: Db, sealed: Buffer, at: Date): Promise<void> {
  await db
    .insertInto('sign_in_secret')
    .values({ only_row: true, sealed, made_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Runs `decide` on the attempts under this key while nobody else can, and keeps what it gives. */
export async function updateAttempts<T>(
  db: Db,
  key: string,
  now: Date,
  decide: (before: Attempts | undefined) => { keep: Attempts | undefined; answer: T },
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('sign_in_attempts')
      .values({ key, count: 0, first_at: now, last_at: now, locked_until: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await trx
      .selectFrom('sign_in_attempts')
      .selectAll()
      .where('key', '=', key)
      .forUpdate()
      .executeTakeFirst();
    const before =
      row && row.count > 0 ? { count: row.count, firstAt: row.first_at, lockedUntil: row.locked_until } : undefined;
    const { keep, answer } = decide(before);
    if (keep) {
      const { count, firstAt, lockedUntil } = keep;
      await trx
        .updateTable('sign_in_attempts')
        .set({ count, first_at: firstAt, last_at: now, locked_until: lockedUntil })
        .where('key', '=', key)
        .execute();
    }
    return answer;
  });
}

export async function forgetAttempts(db: Db, keys: string[]): Promise<void> {
  if (keys.length > 0) await db.deleteFrom('sign_in_attempts').where('key', 'in', keys).execute();
}

/** Gives one attempt back (it was right), without forgetting the others under this key. */
export async function giveAttemptBack(db: Db, key: string): Promise<void> {
  await db
    .updateTable('sign_in_attempts')
    .set((is) => ({ count: is('count', '-', 1), locked_until: null }))
    .where('key', '=', key)
    .where('count', '>', 0)
    .execute();
}

/** True when this code was not used by this person before (within the time that codes are kept). */
export async function useCode(db: Db, userId: string, code: string, at: Date): Promise<boolean> {
  const row = await db
    .insertInto('used_codes')
    .values({ user_id: userId, code, at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  return row !== undefined;
}

export async function forgetCodes(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('used_codes').where('at', '<', before).execute();
}

/** Whose challenge this is; whether it still holds is judged by better-auth. */
export async function findChallengedUser(db: Db, identifier: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('auth_verifications')
    .select('value')
    .where('identifier', '=', identifier)
    .executeTakeFirst();
  return row?.value;
}

export interface UserFactors {
  email: string;
  name: string;
  password: string | null;
  secondFactor: boolean;
  passkeys: number;
}

export async function readFactors(db: Db, userId: string): Promise<UserFactors | undefined> {
  const row = await db
    .selectFrom('auth_users as u')
    .leftJoin('auth_accounts as a', (join) => join.onRef('a.userId', '=', 'u.id').on('a.providerId', '=', 'credential'))
    .select((is) => [
      'u.email',
      'u.name',
      'a.password',
      'u.twoFactorEnabled',
      is
        .selectFrom('auth_passkeys as p')
        .whereRef('p.userId', '=', 'u.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('passkeys'),
    ])
    .where('u.id', '=', userId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { email, name, password, passkeys } = row;
  return { email, name, password, secondFactor: row.twoFactorEnabled === true, passkeys: passkeys ?? 0 };
}

export interface SessionRow extends SessionsTable {
  email: string;
  twoFactorEnabled: boolean | null;
  passkeys: number | null;
  role: 'operator' | 'guard' | 'customer';
  customer_id: string | null;
  language: 'nl' | 'en' | null;
}

/** The live session of this token, with whose it is. Undefined when there is none or its person was deactivated. */
export function findLiveSession(db: Db, token: string, now: Date): Promise<SessionRow | undefined> {
  return db
    .selectFrom('auth_sessions as s')
    .innerJoin('auth_users as u', 'u.id', 's.userId')
    .innerJoin('people as p', 'p.user_id', 's.userId')
    .selectAll('s')
    .select((is) => [
      'u.email',
      'u.twoFactorEnabled',
      'p.role',
      'p.customer_id',
      'p.language',
      is
        .selectFrom('auth_passkeys as k')
        .whereRef('k.userId', '=', 's.userId')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('passkeys'),
    ])
    .where('s.token', '=', token)
    .where('s.expiresAt', '>', now)
    .where('p.deactivated_at', 'is', null)
    .executeTakeFirst();
}

export async function touchSession(db: Db, id: string, at: Date, expiresAt: Date): Promise<void> {
  await db.updateTable('auth_sessions').set({ lastUsedAt: at, expiresAt }).where('id', '=', id).execute();
}

export async function markConfirmed(db: Db, sessionId: string, at: Date): Promise<void> {
  await db.updateTable('auth_sessions').set({ confirmedAt: at }).where('id', '=', sessionId).execute();
}

export function listSessions(db: Db, userId: string, now: Date): Promise<SessionsTable[]> {
  return db
    .selectFrom('auth_sessions')
    .selectAll()
    .where('userId', '=', userId)
    .where('expiresAt', '>', now)
    .orderBy('lastUsedAt', 'desc')
    .execute();
}

/** Ends sessions of a person: one, all, or all but one. Gives how many there were. */
export async function endSessions(
  db: Db,
  userId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  let query = db.deleteFrom('auth_sessions').where('userId', '=', userId);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  return (await query.returning('id').execute()).length;
}

/** Takes away all means by which a person signs in. The account itself stays. */
export async function removeFactors(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('auth_accounts').where('userId', '=', userId).execute();
  await db.deleteFrom('auth_two_factors').where('userId', '=', userId).execute();
  await db.deleteFrom('auth_passkeys').where('userId', '=', userId).execute();
  await db.updateTable('auth_users').set({ twoFactorEnabled: false }).where('id', '=', userId).execute();
}

export async function setPassword(
  db: Db,
  row: { id: string; userId: string; password: string; at: Date },
): Promise<void> {
  const { id, userId, password, at } = row;
  const changed = await db
    .updateTable('auth_accounts')
    .set({ password, updatedAt: at })
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .returning('id')
    .executeTakeFirst();
  if (changed) return;
  await db
    .insertInto('auth_accounts')
    .values({ id, accountId: userId, providerId: 'credential', userId, password, createdAt: at, updatedAt: at })
    .execute();
}

/** Removes what has expired: sessions, challenges, counters. */
export async function removeExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('auth_sessions').where('expiresAt', '<', now).execute();
  await db.deleteFrom('auth_verifications').where('expiresAt', '<', now).execute();
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await db.deleteFrom('auth_rate_limits').where('lastRequest', '<', dayAgo.getTime()).execute();
  await db
    .deleteFrom('sign_in_attempts')
    .where('last_at', '<', dayAgo)
    .where((is) => is.or([is('locked_until', 'is', null), is('locked_until', '<', now)]))
    .execute();
}

/** Sealed by better-auth. Undefined when there is none, or it was never proved. */
export async function readTotpSecret(db: Db, userId: string): Promise<string | undefined> {
  const query = db.selectFrom('auth_two_factors').select('secret').where('userId', '=', userId);
  return (await query.where('verified', 'is not', false).executeTakeFirst())?.secret;
}

export async function endSessionOfToken(db: Db, token: string): Promise<void> {
  await db.deleteFrom('auth_sessions').where('token', '=', token).execute();
}

export function listPasskeys(db: Db, userId: string): Promise<PasskeysTable[]> {
  return db.selectFrom('auth_passkeys').selectAll().where('userId', '=', userId).orderBy('createdAt').execute();
}

/** Undefined when this person has no such passkey. */
export function deletePasskey(db: Db, userId: string, id: string): Promise<{ name: string | null } | undefined> {
  const query = db.deleteFrom('auth_passkeys').where('userId', '=', userId).where('id', '=', id);
  return query.returning('name').executeTakeFirst();
}
