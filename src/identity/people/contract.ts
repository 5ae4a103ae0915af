import { z } from 'zod';
import { moment, procedure } from '../../platform/http/procedure.ts';
import { roles } from '../actor.ts';

const role = z.enum(roles);
const language = z.enum(['nl', 'en']);
const id = z.string().min(1).max(100);
const customer = z.object({ id: z.string(), name: z.string() }).nullable();

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  customer,
  /** An authenticator app is set up. */
  secondFactor: z.boolean(),
  passkeys: z.number().int(),
  madeAt: moment,
  lastSeenAt: moment.nullable(),
  deactivatedAt: moment.nullable(),
  /** The one who asks. */
  self: z.boolean(),
});
export type Person = z.infer<typeof Person>;

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role,
  customer,
  invitedBy: z.string(),
  madeAt: moment,
  /** Null: it never went by mail. */
  mailedAt: moment.nullable(),
  expiresAt: moment,
  expired: z.boolean(),
});
export type Invitation = z.infer<typeof Invitation>;

/** How a link went out: by mail, or it is here to be handed over (shown once). */
const Sent = z.object({
  mailed: z.boolean(),
  link: z.string().nullable(),
  /** Why no mail went out although there is a mail server; null = it did, or there is none. */
  mailProblem: z.string().nullable(),
});
export type Sent = z.infer<typeof Sent>;

export const peopleContract = {
  list: procedure('admin', 'GET', '/people', 'Everybody who may come in, deactivated people too').output(
    z.array(Person),
  ),
  invitations: procedure('admin', 'GET', '/people/invitations', 'Invitations that were not used yet').output(
    z.array(Invitation),
  ),
  invite: procedure('admin', 'POST', '/people/invite', 'Invite somebody; without a mail server gives the link')
    .input(
      z.object({
        email: z.email().max(200),
        name: z.string().trim().min(1).max(100).optional(),
        role,
        /** Id of the customer, for the role customer. */
        customer: id.optional(),
        language: language.optional(),
      }),
    )
    .output(Sent.extend({ invitation: Invitation })),
  resend: procedure('admin', 'POST', '/people/invitations/resend', 'Send an invitation again; the old link is void')
    .input(z.object({ invitation: id }))
    .output(Sent.extend({ invitation: Invitation })),
  revoke: procedure('admin', 'POST', '/people/invitations/revoke', 'Withdraw an invitation')
    .input(z.object({ invitation: id }))
    .output(z.array(Invitation)),
  changeRole: procedure('admin', 'POST', '/people/role', 'Change what somebody is; needs a fresh sign-in')
    .input(z.object({ person: id, role, customer: id.optional() }))
    .output(z.array(Person)),
  deactivate: procedure('admin', 'POST', '/people/deactivate', "End somebody's access; he is signed out everywhere")
    .input(z.object({ person: id }))
    .output(z.array(Person)),
  reactivate: procedure('admin', 'POST', '/people/reactivate', 'Give access again; needs a fresh sign-in')
    .input(z.object({ person: id }))
    .output(z.array(Person)),
  resetLink: procedure(
    'admin',
    'POST',
    '/people/reset-link',
    'A link for who lost all he signs in with; not for operators',
  )
    .input(z.object({ person: id }))
    .output(Sent),
};
