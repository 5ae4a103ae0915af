import { recordAudit } from '../../audit/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { requireScope, type Actor, type Role } from '../actor.ts';
import { requireFreshSignIn } from '../require-fresh-sign-in.ts';
import { endSessions } from '../sign-in/store.ts';
import { assertCustomerFits } from './customer-of-role.ts';
import { makeLink } from './entry-links.ts';
import { lastOperator, notYourself, onTheMachineOnly, personNotFound } from './errors.ts';
import { sendLink, type SentLink } from './send-link.ts';
import { findPerson, lockActiveOperators, revokeLinks, updatePerson, type PersonRow } from './store.ts';
import { resetMail } from './words.ts';

/** Changes what somebody is. Errors: `person-not-found`, `not-yourself`, `last-operator`, `sign-in-not-fresh`, those of the customer. */
export async function changeRole(
  platform: Platform,
  actor: Actor,
  wanted: { person: string; role: Role; customer?: string },
): Promise<void> {
  requireScope(actor, 'admin');
  requireFreshSignIn(actor, platform.clock.now());
  const { role, customer } = wanted;
  await assertCustomerFits(platform.db, role, customer);
  await change(platform, actor, wanted.person, async (trx, person, at) => {
    if (role !== 'operator') await assertOperatorLeft(trx, person);
    await updatePerson(trx, person.user_id, { role, customer_id: customer ?? null });
    // What he sees changes at once; where he is signed in with less than the new role needs, he sets that up first.
    const details = { from: person.role, to: role, ...(customer === undefined ? {} : { customer }) };
    await recordAudit(trx, actor, { action: 'role-changed', subject: `person:${person.user_id}`, details, at });
  });
}

/** Ends somebody's access: all his sessions and links end. Errors: `person-not-found`, `not-yourself`, `last-operator`. */
export async function deactivatePerson(platform: Platform, actor: Actor, id: string): Promise<void> {
  requireScope(actor, 'admin');
  await change(platform, actor, id, async (trx, person, at) => {
    if (person.deactivated_at) return;
    await assertOperatorLeft(trx, person);
    await updatePerson(trx, id, { deactivated_at: at });
    const sessions = await endSessions(trx, id);
    await revokeLinks(trx, { userId: id }, at);
    const details = { email: person.email, sessions };
    await recordAudit(trx, actor, { action: 'person-deactivated', subject: `person:${id}`, details, at });
  });
}

/** Gives access again, with what the person signed in with before. Errors: `person-not-found`, `sign-in-not-fresh`. */
export async function reactivatePerson(platform: Platform, actor: Actor, id: string): Promise<void> {
  requireScope(actor, 'admin');
  requireFreshSignIn(actor, platform.clock.now());
  await change(platform, actor, id, async (trx, person, at) => {
    if (!person.deactivated_at) return;
    await updatePerson(trx, id, { deactivated_at: null });
    const details = { email: person.email };
    await recordAudit(trx, actor, { action: 'person-reactivated', subject: `person:${id}`, details, at });
  });
}

/**
 * A link by which a guard or customer who lost everything sets up signing in anew. Errors: `person-not-found`,
 * `on-the-machine-only` (an operator), `sign-in-not-fresh`.
 */
export async function sendResetLink(platform: Platform, actor: Actor, id: string): Promise<SentLink> {
  requireScope(actor, 'admin');
  requireFreshSignIn(actor, platform.clock.now());
  const at = platform.clock.now();
  const house = await readHouse(platform);
  const person = await findPerson(platform.db, id);
  if (!person || person.deactivated_at) throw personNotFound();
  if (person.role === 'operator') throw onTheMachineOnly();
  const { role, name, customer_id: customerId } = person;
  const language = person.language ?? house.language;
  const made = await platform.db.transaction().execute(async (trx) => {
    await revokeLinks(trx, { kind: 'reset', userId: id }, at);
    const row = { kind: 'reset' as const, userId: id, email: null, name: null, role, customerId, language };
    const link = await makeLink(platform, trx, actor, row);
    await recordAudit(trx, actor, { action: 'reset-link-made', subject: `person:${id}`, at });
    return link;
  });
  const facts = { url: made.url, name, expiresAt: made.link.expires_at, house };
  return sendLink(platform, made, person.email, resetMail(language, facts));
}

async function change(
  platform: Platform,
  actor: Actor,
  id: string,
  deed: (trx: Db, person: PersonRow, at: Date) => Promise<void>,
): Promise<void> {
  if (actor.userId === id) throw notYourself();
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const person = await findPerson(trx, id);
    if (!person) throw personNotFound();
    await deed(trx, person, at);
  });
}

/** A house without an operator can be opened from its machine only. */
async function assertOperatorLeft(db: Db, person: PersonRow): Promise<void> {
  if (person.role !== 'operator' || person.deactivated_at) return;
  const operators = await lockActiveOperators(db);
  if (operators.every((each) => each === person.user_id)) throw lastOperator();
}
