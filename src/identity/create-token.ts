import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/index.ts';
import type { TokenScope } from '../platform/http/procedure.ts';
import type { Platform } from '../platform/platform.ts';
import { requireScope, type Actor } from './actor.ts';
import { requireFreshSignIn } from './require-fresh-sign-in.ts';
import { insertToken, type TokenRow } from './store.ts';

/** 256 random bits: a plain hash is enough to keep it, and the hash finds it. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** How long a token lasts when nobody says otherwise. */
export const defaultTokenDays = 365;

/**
 * Makes a token. Its secret is given once, here, and kept nowhere. `days`: when it ends by itself; null = never. A person
 * must have signed in a moment ago (`sign-in-not-fresh`): a token outlives the session that was left open.
 */
export async function createToken(
  platform: Platform,
  actor: Actor,
  input: { name: string; scope: TokenScope; days?: number | null },
): Promise<{ token: TokenRow; secret: string }> {
  requireScope(actor, 'admin');
  requireFreshSignIn(actor, platform.clock.now());
  const secret = `nw_${randomBytes(32).toString('base64url')}`;
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const days = input.days === undefined ? defaultTokenDays : input.days;
    const expiresAt = days === null ? null : new Date(at.getTime() + days * 86_400_000);
    const { name, scope } = input;
    const token = await insertToken(trx, {
      id: randomUUID(),
      name,
      scope,
      secretHash: hashOf(secret),
      at,
      expiresAt,
      by: actor.name,
    });
    const details = { name, scope, expiresAt: expiresAt?.toISOString() ?? null };
    await recordAudit(trx, actor, { action: 'token-created', subject: `token:${token.id}`, details, at });
    return { token, secret };
  });
}
