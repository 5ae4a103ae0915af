import { z } from 'zod';
import { moment, procedure, tokenScopes } from '../platform/http/procedure.ts';

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(tokenScopes),
  madeAt: moment,
  madeBy: z.string().nullable(),
  expiresAt: moment.nullable(),
  /** Neither revoked nor expired. */
  valid: z.boolean(),
  lastUsedAt: moment.nullable(),
  revokedAt: moment.nullable(),
});
export type Token = z.infer<typeof Token>;

export const identityContract = {
  list: procedure('admin', 'GET', '/tokens', 'All tokens, those that ended too').output(z.array(Token)),
  create: procedure('admin', 'POST', '/tokens', 'Make a token; its secret is shown once')
    .input(
      z.object({
        name: z.string().trim().min(1).max(100),
        scope: z.enum(tokenScopes),
        days: z
          .number()
          .int()
          .min(1)
          .max(3650)
          .nullable()
          .default(365)
          .describe('Ends after so many days; null = never'),
      }),
    )
    .output(Token.extend({ secret: z.string() })),
  revoke: procedure('admin', 'POST', '/tokens/revoke', 'Revoke a token by its id or name')
    .input(z.object({ token: z.string().min(1).max(200) }))
    .output(z.array(Token)),
};
