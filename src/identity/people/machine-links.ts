import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { systemActor } from '../actor.ts';
import { makeLink } from './entry-links.ts';
import { personNotFound } from './errors.ts';
import { findPersonByEmail, hasOperator, revokeLinks } from './store.ts';

/** Links that only the machine itself gives out: over the network there is no way to ask for them. */
export type Ground = Pick<Platform, 'config' | 'clock' | 'db'>;

export interface MachineLink {
  url: string;
  expiresAt: Date;
}

/** The link by which the first operator comes in; the ones made before are void. Undefined once there is an operator. */
export async function makeFirstLink(ground: Ground): Promise<MachineLink | undefined> {
  const actor = systemActor('first-link');
  const at = ground.clock.now();
  return ground.db.transaction().execute(async (trx) => {
    if (await hasOperator(trx)) return undefined;
    await revokeLinks(trx, { kind: 'first-operator' }, at);
    const wanted = { userId: randomUUID(), email: null, name: null, customerId: null, language: 'en' as const };
    const made = await makeLink(ground, trx, actor, { kind: 'first-operator', role: 'operator', ...wanted });
    await recordAudit(trx, actor, { action: 'first-link-made', subject: `link:${made.link.id}`, at });
    return { url: made.url, expiresAt: made.link.expires_at };
  });
}

/** For a person who lost all he signed in with. Until he uses it nothing changes; the machine asks no questions. */
export async function makeResetLink(ground: Ground, email: string): Promise<MachineLink & { email: string }> {
  const actor = systemActor('reset-link');
  const at = ground.clock.now();
  return ground.db.transaction().execute(async (trx) => {
    const person = await findPersonByEmail(trx, email);
    if (!person || person.deactivated_at) throw personNotFound();
    const { user_id: userId, role, customer_id: customerId } = person;
    await revokeLinks(trx, { kind: 'reset', userId }, at);
    const language = person.language ?? 'nl';
    const wanted = { kind: 'reset' as const, userId, email: null, name: null, role, customerId, language };
    const made = await makeLink(ground, trx, actor, wanted);
    await recordAudit(trx, actor, { action: 'reset-link-made', subject: `person:${userId}`, at });
    return { url: made.url, expiresAt: made.link.expires_at, email: person.email };
  });
}
