import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/index.ts';
import type { TokenScope } from '../platform/http/procedure.ts';
import type { Platform } from '../platform/platform.ts';
import { requireScope, type Actor } from './actor.ts';
import { insertToken, type TokenRow } from './store.ts';

/** 256 random bits: a plain hash is enough to keep it, and the hash finds it. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Makes a token. Its secret is given once, here, and kept nowhere. */
export async function createToken(
  platform: Platform,
  actor: Actor,
  input: { name: string; scope: TokenScope },
): Promise<{ token: TokenRow; secret: string }> {
  requireScope(actor, 'admin');
  const secret = `nw_${randomBytes(32).toString('base64url')}`;
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const row = { id: randomUUID(), name: input.name, scope: input.scope, secretHash: hashOf(secret), at };
    const token = await insertToken(trx, row);
    await recordAudit(trx, actor, { action: 'token-created', subject: `token:${token.id}`, details: input, at });
    return { token, secret };
  });
}
