import type { BetterAuthOptions } from 'better-auth';
import type { Platform } from '../../platform/platform.ts';
import { findPerson, markSeen } from '../people/store.ts';
import { refuse } from './api-error.ts';
import { endOfSession, needsSecondFactor, type Strength } from './rules/session-life.ts';

const strengths: Record<string, Strength> = {
  '/sign-in/email': 'password',
  '/entry/accept': 'password',
  '/two-factor/verify-totp': 'second-factor',
  '/two-factor/verify-backup-code': 'second-factor',
  '/passkey/verify-authentication': 'passkey',
  '/passkey/verify-registration': 'passkey',
};

/** Every session is made here: whose access ended gets none, and it is written down what this one proved. */
export function sessionHooks(platform: Platform): NonNullable<BetterAuthOptions['databaseHooks']> {
  return {
    session: {
      create: {
        before: async (session, context) => {
          const person = await findPerson(platform.db, session.userId);
          if (!person || person.deactivated_at) throw accessEnded();
          const path = context?.path ?? '';
          const before: unknown = context?.context.session?.session?.['strength'];
          const strength = strengths[path] ?? (isStrength(before) ? before : 'password');
          const hasOnlyPasskeys = !person.second_factor && (person.passkeys ?? 0) > 0;
          if (path === '/sign-in/email' && needsSecondFactor(person.role) && hasOnlyPasskeys) throw passkeyNeeded();
          const now = platform.clock.now();
          const expiresAt = endOfSession(now, now);
          await markSeen(platform.db, session.userId, now);
          return { data: { ...session, strength, confirmedAt: now, lastUsedAt: now, expiresAt } };
        },
      },
    },
  };
}

function isStrength(value: unknown): value is Strength {
  return value === 'password' || value === 'second-factor' || value === 'passkey';
}

function accessEnded(): Error {
  return refuse(403, {
    code: 'access-ended',
    message: 'Your access was ended.',
    nextStep: 'Ask the agency if you think that this is wrong.',
  });
}

// A password alone may not open an account whose second factor is a passkey, not even to add another factor.
function passkeyNeeded(): Error {
  return refuse(403, {
    code: 'passkey-needed',
    message: 'This account is opened with its passkey.',
    nextStep: 'Sign in with the passkey; if you lost it, ask for a link to set up your sign-in anew.',
  });
}
