import { implement } from '@orpc/server';
import type { ApiContext } from './actor.ts';
import { identityContract, type Token } from './contract.ts';
import { createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';
import { listAll, type TokenRow } from './store.ts';

const os = implement(identityContract).$context<ApiContext>();

function shown(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    madeAt: row.made_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

export const identityRoutes = os.router({
  list: os.list.handler(async ({ context }) => (await listAll(context.platform.db)).map(shown)),
  create: os.create.handler(async ({ context, input }) => {
    const { token, secret } = await createToken(context.platform, context.actor, input);
    return { ...shown(token), secret };
  }),
  revoke: os.revoke.handler(async ({ context, input }) =>
    (await revokeToken(context.platform, context.actor, input.token)).map(shown),
  ),
});
