import type { Db } from '../../platform/database/index.ts';
import type { Language } from '../../platform/words.ts';
import type { Role } from '../actor.ts';

interface PeopleTable {
  user_id: string;
  role: Role;
  customer_id: string | null;
  language: Language | null;
  theme: 'light' | 'dark' | null;
  created_at: Date;
  last_seen_at: Date | null;
  deactivated_at: Date | null;
}

export const linkKinds = ['first-operator', 'invitation', 'reset', 'password'] as const;
export type LinkKind = (typeof linkKinds)[number];

interface LinksTable {
  id: string;
  kind: LinkKind;
  secret_hash: Buffer;
  user_id: string;
  email: string | null;
  name: string | null;
  role: Role;
  customer_id: string | null;
  language: Language;
  made_by: string;
  made_at: Date;
  expires_at: Date;
  mailed_at: Date | null;
  used_at: Date | null;
  revoked_at: Date | null;
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    people: PeopleTable;
    entry_links: LinksTable;
  }
}

export type LinkRow = Omit<LinksTable, 'secret_hash'>;

const linkColumns = [
  'id',
  'kind',
  'user_id',
  'email',
  'name',
  'role',
  'customer_id',
  'language',
  'made_by',
  'made_at',
  'expires_at',
  'mailed_at',
  'used_at',
  'revoked_at',
] as const;

export interface PersonRow extends PeopleTable {
  email: string;
  name: string;
  second_factor: boolean | null;
  passkeys: number | null;
  customer_name: string | null;
}

// The customer's name is joined here: `customers` uses this capability, so it cannot be asked through its index.
function selectPeople(db: Db) {
  return db
    .selectFrom('people as p')
    .innerJoin('auth_users as u', 'u.id', 'p.user_id')
    .leftJoin('customers as c', 'c.id', 'p.customer_id')
    .selectAll('p')
    .select((is) => [
      'u.email',
      'u.name',
      'u.twoFactorEnabled as second_factor',
      'c.name as customer_name',
      is
        .selectFrom('auth_passkeys as k')
        .whereRef('k.userId', '=', 'p.user_id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('passkeys'),
    ]);
}

export function listPeople(db: Db): Promise<PersonRow[]> {
  return selectPeople(db).orderBy('p.deactivated_at', 'desc').orderBy('u.name').execute();
}

export function findPerson(db: Db, userId: string): Promise<PersonRow | undefined> {
  return selectPeople(db).where('p.user_id', '=', userId).executeTakeFirst();
}

export function findPersonByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  return selectPeople(db).where('u.email', '=', email.toLowerCase()).executeTakeFirst();
}

/** Operators that can still come in. Locks their rows, so that two who remove one another do not both succeed. */
export async function lockActiveOperators(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select('user_id')
    .where('role', '=', 'operator')
    .where('deactivated_at', 'is', null)
    .orderBy('user_id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.user_id);
}

export async function hasOperator(db: Db): Promise<boolean> {
  const query = db.selectFrom('people').select('user_id').where('role', '=', 'operator');
  return (await query.where('deactivated_at', 'is', null).limit(1).executeTakeFirst()) !== undefined;
}

export async function insertPerson(
  db: Db,
  row: {
    userId: string;
    email: string;
    name: string;
    role: Role;
    customerId: string | null;
    language: Language | null;
    at: Date;
  },
): Promise<void> {
  const { userId, email, name, role, customerId, language, at } = row;
  await db
    .insertInto('auth_users')
    .values({
      id: userId,
      email: email.toLowerCase(),
      name,
      emailVerified: true,
      image: null,
      createdAt: at,
      updatedAt: at,
      twoFactorEnabled: false,
    })
    .execute();
  await db
    .insertInto('people')
    .values({
      user_id: userId,
      role,
      customer_id: customerId,
      language,
      theme: null,
      created_at: at,
      last_seen_at: null,
      deactivated_at: null,
    })
    .execute();
}

export async function updatePerson(
  db: Db,
  userId: string,
  change: Partial<Pick<PeopleTable, 'role' | 'customer_id' | 'language' | 'theme' | 'deactivated_at'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.updateTable('people').set(change).where('user_id', '=', userId).execute();
}

export async function updateName(db: Db, userId: string, name: string, at: Date): Promise<void> {
  await db.updateTable('auth_users').set({ name, updatedAt: at }).where('id', '=', userId).execute();
}

export async function insertLink(
  db: Db,
  row: Omit<LinkRow, 'mailed_at' | 'used_at' | 'revoked_at'> & { secretHash: Buffer },
): Promise<LinkRow> {
  const { secretHash, ...rest } = row;
  return db
    .insertInto('entry_links')
    .values({ ...rest, secret_hash: secretHash, mailed_at: null, used_at: null, revoked_at: null })
    .returning(linkColumns)
    .executeTakeFirstOrThrow();
}

export function findLinkByHash(db: Db, secretHash: Buffer): Promise<LinkRow | undefined> {
  return db.selectFrom('entry_links').select(linkColumns).where('secret_hash', '=', secretHash).executeTakeFirst();
}

export function findLink(db: Db, id: string): Promise<LinkRow | undefined> {
  return db.selectFrom('entry_links').select(linkColumns).where('id', '=', id).executeTakeFirst();
}

/** Takes the link for good. Undefined when it was used, revoked or has expired in the meantime. */
export function takeLink(db: Db, id: string, at: Date): Promise<LinkRow | undefined> {
  return db
    .updateTable('entry_links')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .returning(linkColumns)
    .executeTakeFirst();
}

/** Open invitations, those that have expired too (they can be sent again). */
export function listInvitations(db: Db): Promise<(LinkRow & { customer_name: string | null })[]> {
  return db
    .selectFrom('entry_links as l')
    .leftJoin('customers as c', 'c.id', 'l.customer_id')
    .select(linkColumns.map((name) => `l.${name}` as const))
    .select('c.name as customer_name')
    .where('l.kind', '=', 'invitation')
    .where('l.used_at', 'is', null)
    .where('l.revoked_at', 'is', null)
    .orderBy('l.made_at', 'desc')
    .execute();
}

/** Revokes open links: one by its id, or all of a kind (for one account). Gives those that were open. */
export function revokeLinks(
  db: Db,
  which: { id: string } | { kind: LinkKind; userId?: string } | { userId: string },
  at: Date,
): Promise<LinkRow[]> {
  let query = db
    .updateTable('entry_links')
    .set({ revoked_at: at })
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null);
  if ('id' in which) query = query.where('id', '=', which.id);
  if ('kind' in which) query = query.where('kind', '=', which.kind);
  if ('userId' in which && which.userId !== undefined) query = query.where('user_id', '=', which.userId);
  return query.returning(linkColumns).execute();
}

export async function markMailed(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('entry_links').set({ mailed_at: at }).where('id', '=', id).execute();
}

export async function customerExists(db: Db, id: string): Promise<boolean> {
  const query = db.selectFrom('customers').select('id').where('id', '=', id).where('removed_at', 'is', null);
  return (await query.executeTakeFirst()) !== undefined;
}

export async function customerName(db: Db, id: string): Promise<string | undefined> {
  return (await db.selectFrom('customers').select('name').where('id', '=', id).executeTakeFirst())?.name;
}

export async function markSeen(db: Db, userId: string, at: Date): Promise<void> {
  await db.updateTable('people').set({ last_seen_at: at }).where('user_id', '=', userId).execute();
}
