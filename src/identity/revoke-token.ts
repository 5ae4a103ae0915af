import { recordAudit } from '../audit/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { requireScope, type Actor } from './actor.ts';
import { revoke, type TokenRow } from './store.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Revokes the token of this id, or all of this name; from the next request on they are refused. */
export async function revokeToken(platform: Platform, actor: Actor, reference: string): Promise<TokenRow[]> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const gone = await revoke(trx, uuid.test(reference) ? { id: reference } : { name: reference }, at);
    if (gone.length === 0) {
      throw new NachtwachtError({
        code: 'token-not-found',
        kind: 'not-found',
        message: `There is no valid token "${reference}".`,
        nextStep: 'Look at the list: nachtwacht token list',
        retryable: false,
      });
    }
    for (const token of gone) {
      const details = { name: token.name };
      await recordAudit(trx, actor, { action: 'token-revoked', subject: `token:${token.id}`, details, at });
    }
    return gone;
  });
}
