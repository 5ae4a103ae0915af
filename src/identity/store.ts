import type { Db } from '../platform/database/index.ts';
import type { TokenScope } from '../platform/http/procedure.ts';

interface TokensTable {
  id: string;
  name: string;
  scope: TokenScope;
  secret_hash: Buffer;
  made_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  /** Null = never. */
  expires_at: Date | null;
  made_by: string | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    api_tokens: TokensTable;
  }
}

export type TokenRow = Omit<TokensTable, 'secret_hash'>;

const columns = ['id', 'name', 'scope', 'made_at', 'last_used_at', 'revoked_at', 'expires_at', 'made_by'] as const;

export async function insertToken(
  db: Db,
  row: {
    id: string;
    name: string;
    scope: TokenScope;
    secretHash: Buffer;
    at: Date;
    expiresAt: Date | null;
    by: string;
  },
): Promise<TokenRow> {
  return db
    .insertInto('api_tokens')
    .values({
      id: row.id,
      name: row.name,
      scope: row.scope,
      secret_hash: row.secretHash,
      made_at: row.at,
      last_used_at: null,
      revoked_at: null,
      expires_at: row.expiresAt,
      made_by: row.by,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Undefined too when it was revoked or has ended. */
export function findByHash(db: Db, secretHash: Buffer, now: Date): Promise<TokenRow | undefined> {
  return db
    .selectFrom('api_tokens')
    .select(columns)
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
    .executeTakeFirst();
}

export async function markUsed(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', id).execute();
}

export function listAll(db: Db): Promise<TokenRow[]> {
  return db.selectFrom('api_tokens').select(columns).orderBy('made_at').execute();
}

/** True when a token was revoked by this call. `by`: its id, or its name. */
export async function revoke(db: Db, by: { id: string } | { name: string }, at: Date): Promise<TokenRow[]> {
  const query = db.updateTable('api_tokens').set({ revoked_at: at }).where('revoked_at', 'is', null);
  return ('id' in by ? query.where('id', '=', by.id) : query.where('name', '=', by.name)).returning(columns).execute();
}
