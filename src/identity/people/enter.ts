import { recordAudit } from '../../audit/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Language } from '../../platform/words.ts';
import { endSessions, removeFactors, setPassword } from '../sign-in/store.ts';
import { linkNotValid } from './entry-links.ts';
import { emailTaken } from './errors.ts';
import { findPerson, hasOperator, insertPerson, lockActiveOperators, revokeLinks, takeLink } from './store.ts';
import type { LinkRow } from './store.ts';

export interface Entering {
  /** Only for the first operator: the link knows nobody yet. */
  email?: string;
  name?: string;
  language?: Language;
  /** The hash of the password chosen; absent = a passkey follows. */
  passwordHash?: string;
  passwordRowId: string;
}

/**
 * Uses a one-time link: makes the account that it promises, or opens the one that it is for. All or nothing; the second
 * one who comes with it is refused. Gives the account's id. Errors: `link-not-valid`, `operator-there`, `email-taken`.
 */
export async function enter(platform: Platform, link: LinkRow, given: Entering): Promise<string> {
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    if (!(await takeLink(trx, link.id, at))) throw linkNotValid('used');
    if (link.kind === 'first-operator') await assertNoOperator(trx);
    const isNew = link.kind === 'first-operator' || link.kind === 'invitation';
    const actor = { name: `person:${await (isNew ? make(trx, link, given, at) : reopen(trx, link))}` };
    if (given.passwordHash !== undefined) {
      await setPassword(trx, { id: given.passwordRowId, userId: link.user_id, password: given.passwordHash, at });
    }
    // A link to an account that has changed is worth nothing any more.
    await revokeLinks(trx, { userId: link.user_id }, at);
    if (link.kind === 'first-operator') await revokeLinks(trx, { kind: 'first-operator' }, at);
    await recordAudit(trx, actor, {
      action: deeds[link.kind],
      subject: `person:${link.user_id}`,
      details: { role: link.role, by: given.passwordHash === undefined ? 'passkey' : 'password', madeBy: link.made_by },
      at,
    });
    return link.user_id;
  });
}

const deeds: Record<LinkRow['kind'], string> = {
  'first-operator': 'first-operator-made',
  invitation: 'invitation-accepted',
  reset: 'sign-in-reset',
  password: 'password-changed',
};

async function make(db: Db, link: LinkRow, given: Entering, at: Date): Promise<string> {
  const email = (link.email ?? given.email ?? '').toLowerCase();
  const row = {
    userId: link.user_id,
    email,
    name: given.name ?? link.name ?? email,
    role: link.role,
    customerId: link.customer_id,
    language: given.language ?? link.language,
    at,
  };
  await insertPerson(db, row).catch((cause: unknown) => {
    throw isTaken(cause) ? emailTaken(email, cause) : cause;
  });
  return email;
}

/** `reset`: who lost everything begins anew. `password`: only the password; the second factor stays. */
async function reopen(db: Db, link: LinkRow): Promise<string> {
  const person = await findPerson(db, link.user_id);
  if (!person || person.deactivated_at) throw linkNotValid('revoked');
  if (link.kind === 'reset') await removeFactors(db, link.user_id);
  await endSessions(db, link.user_id);
  return person.email;
}

async function assertNoOperator(db: Db): Promise<void> {
  await lockActiveOperators(db);
  if (!(await hasOperator(db))) return;
  throw new NachtwachtError({
    code: 'operator-there',
    kind: 'conflict',
    message: 'There is an operator already.',
    nextStep: 'Ask him for an invitation, or sign in.',
    retryable: false,
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
