import { passkey } from '@better-auth/passkey';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { randomUUID } from 'node:crypto';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { entryPlugin } from './entry-plugin.ts';
import { guardPlugin } from './guard-plugin.ts';
import { hashPassword, verifyPassword } from './hash-password.ts';
import { notVerified, passkeyRegistered, passkeyUser } from './passkey-entry.ts';
import { leastLength, mostLength } from './rules/password-strength.ts';
import { longestMs } from './rules/session-life.ts';
import { sessionHooks } from './session-hooks.ts';
import { signInSecret } from './sign-in-secret.ts';

/** Better-auth as this platform uses it, with what else reads its cookies. */
export interface Auth {
  handler(request: Request): Promise<Response>;
  secret: string;
  /** Name of the session's cookie. */
  cookieName: string;
  options: BetterAuthOptions;
  /** How many recovery codes are left. */
  countRecoveryCodes(userId: string): Promise<number>;
}

const known = new WeakMap<object, Promise<Auth>>();

/** One for each platform, made at the first use. */
export function authOf(platform: Platform): Promise<Auth> {
  const made = known.get(platform.connection) ?? makeAuth(platform);
  known.set(platform.connection, made);
  // A database that was away for a moment is no reason to stay without sign-in.
  made.catch(() => known.delete(platform.connection));
  return made;
}

async function makeAuth(platform: Platform): Promise<Auth> {
  const secret = await signInSecret(platform);
  const { name } = await readHouse(platform);
  const options = authOptions(platform, secret, name);
  const auth = betterAuth({ ...options, plugins: [...plugins(platform, name)] });
  const context = await auth.$context;
  return {
    handler: auth.handler,
    secret,
    cookieName: context.authCookies.sessionToken.name,
    options: auth.options,
    countRecoveryCodes: async (userId) => (await auth.api.viewBackupCodes({ body: { userId } })).backupCodes.length,
  };
}

function plugins(platform: Platform, name: string) {
  return [
    twoFactor({
      issuer: name,
      schema: { twoFactor: { modelName: 'auth_two_factors' } },
      twoFactorCookieMaxAge: 600,
      allowPasswordless: false,
    }),
    passkey({
      rpName: name,
      schema: { passkey: { modelName: 'auth_passkeys' } },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      registration: {
        requireSession: false,
        resolveUser: ({ ctx }) => passkeyUser(platform, ctx),
        afterVerification: ({ ctx, verification, user }) =>
          passkeyRegistered(platform, ctx, {
            userVerified: verification.registrationInfo?.userVerified === true,
            userId: user.id,
          }),
      },
      authentication: {
        afterVerification: ({ verification }) => {
          if (!verification.authenticationInfo.userVerified) throw notVerified();
        },
      },
    }),
    entryPlugin(platform),
    // Last: its hooks see what the others made of the request.
    guardPlugin(platform),
  ] as const;
}

/** The tables are made by our migrations (0060); a test compares them with what these options ask for. */
function authOptions(platform: Platform, secret: string, name: string): BetterAuthOptions {
  const { publicUrl } = platform.config;
  const field = { required: true, input: false } as const;
  return {
    appName: name,
    secret,
    basePath: '/api/auth',
    ...(publicUrl === undefined ? {} : { baseURL: publicUrl }),
    database: { db: platform.db, type: 'postgres', transaction: true },
    user: { modelName: 'auth_users' },
    account: { modelName: 'auth_accounts' },
    verification: { modelName: 'auth_verifications' },
    session: {
      modelName: 'auth_sessions',
      expiresIn: longestMs / 1000,
      // The end moves with every use, by us (touch-session): also with uses that better-auth does not see.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        strength: { type: 'string', ...field },
        confirmedAt: { type: 'date', ...field },
        lastUsedAt: { type: 'date', ...field },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: leastLength,
      maxPasswordLength: mostLength,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    databaseHooks: sessionHooks(platform),
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limits',
      window: 60,
      max: 60,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/two-factor/*': { window: 60, max: 20 },
        '/passkey/*': { window: 60, max: 40 },
        '/entry/*': { window: 60, max: 20 },
        '/change-password': { window: 60, max: 10 },
        '/confirm': { window: 60, max: 20 },
      },
    },
    advanced: {
      cookiePrefix: 'nachtwacht',
      useSecureCookies: publicUrl?.startsWith('https:') === true,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      ipAddress: { ipAddressHeaders: ['x-nachtwacht-client'], ipv6Subnet: 64 },
      disableOriginCheck: false,
      disableCSRFCheck: false,
      trustedProxyHeaders: false,
      database: { generateId: () => randomUUID() },
    },
    telemetry: { enabled: false },
    onAPIError: {
      onError: (error) => {
        // Refusals are answers, and stand in the audit trail; the log is for what went wrong with us.
        if (!isAPIError(error)) platform.log.error({ err: error, part: 'sign-in' }, 'sign-in failed');
      },
    },
    logger: {
      level: 'warn',
      // Its messages name what was typed now and then: only the sentence, and only for who looks for it.
      log: (level, message) => platform.log[level === 'error' ? 'warn' : 'debug']({ part: 'sign-in' }, message),
    },
  };
}
