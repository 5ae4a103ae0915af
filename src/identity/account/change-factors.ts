import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { requireScope, type Actor } from '../actor.ts';
import { requireFreshSignIn } from '../require-fresh-sign-in.ts';
import { hashPassword } from '../sign-in/hash-password.ts';
import { judgePassword } from '../sign-in/rules/password-strength.ts';
import { deletePasskey, readFactors, setPassword } from '../sign-in/store.ts';
import { ownPerson } from './own-person.ts';
import { judgeRemoval } from './rules/judge-removal.ts';

/** Removes a passkey of this person. Errors: `sign-in-not-fresh`, `passkey-not-found`, `last-way-in`, `last-second-factor`. */
export async function removePasskey(platform: Platform, actor: Actor, passkey: string): Promise<void> {
  requireScope(actor, 'own');
  const { userId, role = 'customer' } = ownPerson(actor);
  requireFreshSignIn(actor, platform.clock.now());
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const removed = await deletePasskey(trx, userId, passkey);
    if (!removed) throw passkeyNotFound();
    const left = await readFactors(trx, userId);
    const judged = judgeRemoval({
      role,
      password: left?.password != null,
      secondFactor: left?.secondFactor === true,
      passkeysLeft: left?.passkeys ?? 0,
    });
    if (!judged.allowed) throw mayNotRemove(judged.reason);
    const details = { name: removed.name ?? '' };
    await recordAudit(trx, actor, { action: 'passkey-removed', subject: `person:${userId}`, details, at });
  });
}

/** A first password for who came in by passkey. Errors: `sign-in-not-fresh`, `password-there`, `password-too-...`. */
export async function choosePassword(platform: Platform, actor: Actor, password: string): Promise<void> {
  requireScope(actor, 'own');
  const { userId, email } = ownPerson(actor);
  requireFreshSignIn(actor, platform.clock.now());
  const factors = await readFactors(platform.db, userId);
  if (factors?.password != null) throw passwordThere();
  const { name } = await readHouse(platform);
  const judged = judgePassword(password, [name, email, factors?.name ?? '']);
  if (!judged.fit) throw notFit(judged.reason);
  const hash = await hashPassword(password);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await setPassword(trx, { id: randomUUID(), userId, password: hash, at });
    await recordAudit(trx, actor, { action: 'password-set', subject: `person:${userId}`, at });
  });
}

function passkeyNotFound(): NachtwachtError {
  return new NachtwachtError({
    code: 'passkey-not-found',
    kind: 'not-found',
    message: 'This passkey is not there any more.',
    nextStep: 'Look at the list again.',
    retryable: false,
  });
}

function mayNotRemove(reason: 'last-way-in' | 'last-second-factor'): NachtwachtError {
  const [message, nextStep] =
    reason === 'last-way-in'
      ? ['This passkey is the only way by which you sign in.', 'Choose a password or add another passkey first.']
      : ['This passkey is your only second factor.', 'Set up an authenticator app or add another passkey first.'];
  return new NachtwachtError({ code: reason, kind: 'conflict', message, nextStep, retryable: false });
}

function passwordThere(): NachtwachtError {
  return new NachtwachtError({
    code: 'password-there',
    kind: 'conflict',
    message: 'You have a password already.',
    nextStep: 'Change it with the old one.',
    retryable: false,
  });
}

function notFit(reason: string): NachtwachtError {
  return new NachtwachtError({
    code: `password-${reason}`,
    kind: 'bad-input',
    message: `This password is ${reason.replace('-', ' ')}.`,
    nextStep: 'Take at least twelve signs that are not what others choose; four loose words do well.',
    retryable: false,
  });
}
