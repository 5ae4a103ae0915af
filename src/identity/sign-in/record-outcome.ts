import { recordAudit } from '../../audit/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { findPerson, findPersonByEmail } from '../people/store.ts';
import type { Attempted } from './guard-plugin.ts';

export interface Outcome {
  path: string;
  address: string;
  attempt: Attempted;
  /** Code of the refusal; undefined = it went well. */
  failure: string | undefined;
  /** Whose session was made by it. */
  madeFor: string | undefined;
}

const methods: Record<string, string> = {
  '/sign-in/email': 'password',
  '/entry/accept': 'link',
  '/two-factor/verify-totp': 'authenticator code',
  '/two-factor/verify-backup-code': 'recovery code',
  '/passkey/verify-authentication': 'passkey',
  '/passkey/verify-registration': 'passkey',
};

/** Deeds of who is signed in already. */
const deeds: Record<string, string> = {
  '/sign-out': 'signed-out',
  '/change-password': 'password-changed',
  '/two-factor/disable': 'second-factor-removed',
  '/two-factor/generate-backup-codes': 'recovery-codes-made',
};

/** Failures that are not an attempt to get in: the challenge had run out, somebody is signed in already. */
const harmless = new Set(['INVALID_TWO_FACTOR_COOKIE', 'CHALLENGE_NOT_FOUND', 'signed-in-already', 'link-not-valid']);

/** The audit trail of signing in: what went well, what went wrong, what was shut because of it. */
export async function recordOutcome(platform: Platform, outcome: Outcome): Promise<void> {
  const { path, attempt, failure, address } = outcome;
  const method = methods[path];
  const at = platform.clock.now();
  const record = async (action: string, details: Record<string, unknown>): Promise<void> => {
    const { actor, subject } = await whoOf(platform, outcome);
    await recordAudit(platform.db, { name: actor }, { action, subject, details: { ...details, address }, at });
  };
  if (failure !== undefined) {
    if ((!method && attempt.counters.length === 0) || harmless.has(failure)) return;
    await record('sign-in-failed', { method: method ?? 'password', why: failure.toLowerCase() });
    if (attempt.shut.length > 0) await record('sign-in-locked', { what: attempt.shut.map(({ limit }) => limit) });
    return;
  }
  if (method && outcome.madeFor !== undefined) {
    if (path === '/two-factor/verify-totp' && attempt.hadSession) await record('second-factor-added', {});
    else await record('signed-in', { method });
    return;
  }
  const deed = deeds[path];
  if (deed !== undefined && attempt.userId !== undefined) await record(deed, {});
}

async function whoOf(platform: Platform, outcome: Outcome): Promise<{ actor: string; subject: string }> {
  const { attempt } = outcome;
  const userId = outcome.madeFor ?? attempt.userId;
  const email = attempt.email?.trim().toLowerCase().slice(0, 200) ?? '';
  const person =
    userId === undefined ? await findPersonByEmail(platform.db, email) : await findPerson(platform.db, userId);
  // Who fails to sign in is not (yet) that person.
  const actor = outcome.failure === undefined && person ? `person:${person.email}` : `visitor:${outcome.address}`;
  return { actor, subject: person ? `person:${person.user_id}` : `email:${email}` };
}
