import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/index.ts';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Language } from '../../platform/words.ts';
import { requireScope, type Actor, type Role } from '../actor.ts';
import { requireFreshSignIn } from '../require-fresh-sign-in.ts';
import { assertCustomerFits } from './customer-of-role.ts';
import { makeLink } from './entry-links.ts';
import { emailTaken, invitationNotFound, invitedAlready } from './errors.ts';
import { sendLink, type SentLink } from './send-link.ts';
import { customerName, findLink, findPersonByEmail, listInvitations, revokeLinks, type LinkRow } from './store.ts';
import { invitationMail } from './words.ts';

export interface WantedPerson {
  email: string;
  name?: string;
  role: Role;
  customer?: string;
  /** Of the mail; default: the house's. */
  language?: Language;
}

export interface Invited extends SentLink {
  invitation: LinkRow;
}

/**
 * Invites somebody by mail; without a mail server, or when it does not take the mail, the link is given to be handed over.
 * Errors: `email-taken`, `invited-already`, `customer-needed`, `customer-not-wanted`, `customer-not-found`; for the roles
 * operator and guard `sign-in-not-fresh`.
 */
export async function invitePerson(platform: Platform, actor: Actor, wanted: WantedPerson): Promise<Invited> {
  requireScope(actor, 'admin');
  if (wanted.role !== 'customer') requireFreshSignIn(actor, platform.clock.now());
  const { role, customer, name = null } = wanted;
  const email = wanted.email.trim().toLowerCase();
  await assertCustomerFits(platform.db, role, customer);
  const house = await readHouse(platform);
  const language = wanted.language ?? house.language;
  const at = platform.clock.now();
  const made = await platform.db.transaction().execute(async (trx) => {
    if (await findPersonByEmail(trx, email)) throw emailTaken(email);
    if ((await listInvitations(trx)).some((each) => each.email === email)) throw invitedAlready(email);
    const row = { kind: 'invitation' as const, userId: randomUUID(), email, name, role, language };
    const link = await makeLink(platform, trx, actor, { ...row, customerId: customer ?? null });
    const details = { email, role, ...(customer === undefined ? {} : { customer }) };
    await recordAudit(trx, actor, { action: 'person-invited', subject: `link:${link.link.id}`, details, at });
    return link;
  });
  return { invitation: made.link, ...(await send(platform, made)) };
}

/** A new link for the same invitation; the old one is void. Errors: `invitation-not-found`, `sign-in-not-fresh`. */
export async function resendInvitation(platform: Platform, actor: Actor, id: string): Promise<Invited> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const made = await platform.db.transaction().execute(async (trx) => {
    const old = await findLink(trx, id);
    if (!old || old.kind !== 'invitation' || old.used_at || old.revoked_at) throw invitationNotFound();
    if (old.role !== 'customer') requireFreshSignIn(actor, platform.clock.now());
    await revokeLinks(trx, { id }, at);
    const { email, name, role, language, customer_id: customerId } = old;
    const row = { kind: 'invitation' as const, userId: randomUUID(), email, name, role, language, customerId };
    const link = await makeLink(platform, trx, actor, row);
    const details = { email };
    await recordAudit(trx, actor, { action: 'invitation-sent-again', subject: `link:${link.link.id}`, details, at });
    return link;
  });
  return { invitation: made.link, ...(await send(platform, made)) };
}

/** Withdraws an invitation; its link opens nothing any more. Errors: `invitation-not-found`. */
export async function revokeInvitation(platform: Platform, actor: Actor, id: string): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const link = await findLink(trx, id);
    if (!link || link.kind !== 'invitation') throw invitationNotFound();
    if ((await revokeLinks(trx, { id }, at)).length === 0) throw invitationNotFound();
    const details = { email: link.email };
    await recordAudit(trx, actor, { action: 'invitation-revoked', subject: `link:${id}`, details, at });
  });
}

async function send(platform: Platform, made: { link: LinkRow; url: string }): Promise<SentLink> {
  const { link, url } = made;
  const house = await readHouse(platform);
  const customer = link.customer_id === null ? null : ((await customerName(platform.db, link.customer_id)) ?? null);
  const facts = { url, name: link.name, expiresAt: link.expires_at, house, role: link.role, customer };
  return sendLink(platform, made, link.email ?? '', invitationMail(link.language, facts));
}
