import { implement } from '@orpc/server';
import type { ApiContext } from '../actor.ts';
import { changeRole, deactivatePerson, reactivatePerson, sendResetLink } from './change-person.ts';
import { peopleContract, type Invitation, type Person } from './contract.ts';
import { invitePerson, resendInvitation, revokeInvitation, type Invited } from './invite-person.ts';
import { customerName, listInvitations, listPeople, type LinkRow } from './store.ts';

const os = implement(peopleContract).$context<ApiContext>();

async function shownPeople({ platform, actor }: ApiContext): Promise<Person[]> {
  const rows = await listPeople(platform.db);
  return rows.map((row) => ({
    id: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role,
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? '' },
    secondFactor: row.second_factor === true,
    passkeys: row.passkeys ?? 0,
    madeAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    deactivatedAt: row.deactivated_at?.toISOString() ?? null,
    self: row.user_id === actor.userId,
  }));
}

function shownInvitation(row: LinkRow & { customer_name: string | null }, now: Date): Invitation {
  return {
    id: row.id,
    email: row.email ?? '',
    name: row.name,
    role: row.role,
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? '' },
    invitedBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    mailedAt: row.mailed_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    expired: row.expires_at <= now,
  };
}

async function shownInvitations({ platform }: ApiContext): Promise<Invitation[]> {
  const now = platform.clock.now();
  return (await listInvitations(platform.db)).map((row) => shownInvitation(row, now));
}

async function shownInvited({ platform }: ApiContext, invited: Invited) {
  const { invitation: row, mailed, link, mailProblem } = invited;
  const customer_name = row.customer_id === null ? null : ((await customerName(platform.db, row.customer_id)) ?? null);
  const now = platform.clock.now();
  const mailed_at = mailed ? now : null;
  return { mailed, link, mailProblem, invitation: shownInvitation({ ...row, mailed_at, customer_name }, now) };
}

export const peopleRoutes = os.router({
  list: os.list.handler(({ context }) => shownPeople(context)),
  invitations: os.invitations.handler(({ context }) => shownInvitations(context)),
  invite: os.invite.handler(async ({ context, input }) => {
    const { email, role, name, customer, language } = input;
    const wanted = {
      email,
      role,
      ...(name === undefined ? {} : { name }),
      ...(customer === undefined ? {} : { customer }),
      ...(language === undefined ? {} : { language }),
    };
    return shownInvited(context, await invitePerson(context.platform, context.actor, wanted));
  }),
  resend: os.resend.handler(async ({ context, input }) =>
    shownInvited(context, await resendInvitation(context.platform, context.actor, input.invitation)),
  ),
  revoke: os.revoke.handler(async ({ context, input }) => {
    await revokeInvitation(context.platform, context.actor, input.invitation);
    return shownInvitations(context);
  }),
  changeRole: os.changeRole.handler(async ({ context, input }) => {
    const { person, role, customer } = input;
    const wanted = { person, role, ...(customer === undefined ? {} : { customer }) };
    await changeRole(context.platform, context.actor, wanted);
    return shownPeople(context);
  }),
  deactivate: os.deactivate.handler(async ({ context, input }) => {
    await deactivatePerson(context.platform, context.actor, input.person);
    return shownPeople(context);
  }),
  reactivate: os.reactivate.handler(async ({ context, input }) => {
    await reactivatePerson(context.platform, context.actor, input.person);
    return shownPeople(context);
  }),
  resetLink: os.resetLink.handler(({ context, input }) => sendResetLink(context.platform, context.actor, input.person)),
});
