import { implement } from '@orpc/server';
import type { ApiContext } from './actor.ts';
import { identityContract, type Token } from './contract.ts';
import { createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';
import { listAll, type TokenRow } from './store.ts';

const os = implement(identityContract).$context<ApiContext>();

function shown(row: TokenRow, now: Date): Token {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    madeAt: row.made_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    madeBy: row.made_by,
    expiresAt: row.expires_at?.toISOString() ?? null,
    valid: row.revoked_at === null && (row.expires_at === null || row.expires_at > now),
  };
}

export const identityRoutes = os.router({
  list: os.list.handler(async ({ context }) => {
    const { db, clock } = context.platform;
    return (await listAll(db)).map((row) => shown(row, clock.now()));
  }),
  create: os.create.handler(async ({ context, input }) => {
    const { token, secret } = await createToken(context.platform, context.actor, input);
    return { ...shown(token, context.platform.clock.now()), secret };
  }),
  revoke: os.revoke.handler(async ({ context, input }) => {
    const { platform, actor } = context;
    return (await revokeToken(platform, actor, input.token)).map((row) => shown(row, platform.clock.now()));
  }),
});
