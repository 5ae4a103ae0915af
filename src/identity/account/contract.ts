import { z } from 'zod';
import { moment, procedure } from '../../platform/http/procedure.ts';

const language = z.enum(['nl', 'en']);
const theme = z.enum(['light', 'dark']);
const id = z.string().min(1).max(100);

export const Me = z.object({
  kind: z.enum(['token', 'person', 'system']),
  /** Of the person; of a token its name. */
  name: z.string(),
  email: z.string().nullable(),
  /** A token counts as the role whose rights it has. */
  role: z.enum(['operator', 'guard', 'customer']),
  /** Null: the browser's wish. */
  language: language.nullable(),
  theme: theme.nullable(),
  customer: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** An authenticator app is set up. */
  secondFactor: z.boolean(),
  passkeys: z.number().int(),
  /** Nothing but the own account is open until a second factor is there. */
  mustSetUp: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const AccountSession = z.object({
  id: z.string(),
  /** This one. */
  current: z.boolean(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  address: z.string().nullable(),
  proof: z.enum(['password', 'second-factor', 'passkey']),
  signedInAt: moment,
  lastUsedAt: moment,
  expiresAt: moment,
});
export type AccountSession = z.infer<typeof AccountSession>;

export const Passkey = z.object({
  id: z.string(),
  name: z.string(),
  madeAt: moment.nullable(),
  /** Kept by a password manager, on more than one device. */
  synced: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

export const Factors = z.object({
  password: z.boolean(),
  secondFactor: z.boolean(),
  /** Null without an authenticator app. */
  recoveryCodesLeft: z.number().int().nullable(),
  passkeys: z.array(Passkey),
  /** The role works with a second factor only. */
  secondFactorNeeded: z.boolean(),
  /** Until when the dangerous deeds are open without a new proof. */
  freshUntil: moment,
});
export type Factors = z.infer<typeof Factors>;

export const accountContract = {
  me: procedure('own', 'GET', '/account', 'Who asks').output(Me),
  change: procedure('own', 'POST', '/account/change', 'Change language, theme or name of the own account')
    .input(
      z.object({
        language: language.nullable().optional(),
        theme: theme.nullable().optional(),
        name: z.string().trim().min(1).max(100).optional(),
      }),
    )
    .output(Me),
  factors: procedure('own', 'GET', '/account/factors', 'What this person signs in with').output(Factors),
  sessions: procedure('own', 'GET', '/account/sessions', 'Where this person is signed in').output(
    z.array(AccountSession),
  ),
  endSession: procedure('own', 'POST', '/account/sessions/end', 'Sign out in one place')
    .input(z.object({ session: id }))
    .output(z.array(AccountSession)),
  endOtherSessions: procedure('own', 'POST', '/account/sessions/end-others', 'Sign out everywhere else').output(
    z.array(AccountSession),
  ),
  removePasskey: procedure('own', 'POST', '/account/passkeys/remove', 'Remove a passkey')
    .input(z.object({ passkey: id }))
    .output(Factors),
  setPassword: procedure('own', 'POST', '/account/password', 'Choose a password, for who has none yet')
    .input(z.object({ password: z.string().max(200) }))
    .output(Factors),
};
