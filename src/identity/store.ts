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
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    api_tokens: TokensTable;
  }
}

export type TokenRow = Omit<TokensTable, 'secret_hash'>;

const columns = ['id', 'name', 'scope', 'made_at', 'last_used_at', 'revoked_at'] as const;

export async function insertToken(
  db: Db,
  row: { id: string; name: string; scope: TokenScope; secretHash: Buffer; at: Date },
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
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

export function findByHash(db: Db, secretHash: Buffer): Promise<TokenRow | undefined> {
  return db
    .selectFrom('api_tokens')
    .select(columns)
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
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
