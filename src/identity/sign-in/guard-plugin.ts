import { normalizeIP } from '@better-auth/core/utils/ip';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { notFresh, refuse } from './api-error.ts';
import { personCounter, settleAttempts, signInCounters, takeAttempts, type Counter } from './attempts.ts';
import { assertFit, notSignedIn } from './entry-plugin.ts';
import { recordOutcome } from './record-outcome.ts';
import { freshMs } from './rules/session-life.ts';
import { endSessionOfToken, findChallengedUser, findLiveSession, forgetCodes, useCode } from './store.ts';

/** What the hook before a request leaves for the one after it. */
export interface Attempted {
  /** As typed; only when the account is not known yet. */
  email?: string;
  userId?: string;
  counters: Counter[];
  /** Counters that this attempt shuts when it is wrong. */
  shut: Counter[];
  hadSession: boolean;
  oldToken?: string;
}

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

const challengeCookie = 'two_factor';
const codePaths = ['/two-factor/verify-totp', '/two-factor/verify-backup-code'];
const passwordPaths = [
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
  '/confirm',
];
const freshPaths = ['/two-factor/disable', '/two-factor/generate-backup-codes'];
const passkeyPaths = ['/passkey/generate-register-options', '/passkey/verify-registration'];
/** Codes are kept longer than they are valid (three half minutes). */
const keepCodesMs = 300_000;

/** Counts attempts, refuses used codes and weak passwords, asks for a fresh proof, and writes all of it down. */
export function guardPlugin(platform: Platform) {
  const attempted = new WeakMap<Request, Attempted>();
  const before = createAuthMiddleware(async (ctx) => {
    const attempt = await lookAt(platform, ctx);
    if (ctx.request) attempted.set(ctx.request, attempt);
    if (freshPaths.includes(ctx.path) || (passkeyPaths.includes(ctx.path) && attempt.hadSession)) {
      await assertFresh(platform, attempt);
    }
    attempt.shut = await takeAttempts(platform, attempt.counters);
    const body = await changedBody(platform, ctx, attempt);
    return body ? { context: { body } } : undefined;
  });
  const after = createAuthMiddleware(async (ctx) => {
    const attempt = ctx.request && attempted.get(ctx.request);
    if (!attempt) return;
    const failure = isAPIError(ctx.context.returned) ? ctx.context.returned : undefined;
    if (!failure) await settleAttempts(platform, attempt.counters);
    const made = failure ? null : ctx.context.newSession;
    if (made && attempt.oldToken !== undefined && attempt.oldToken !== made.session.token) {
      await endSessionOfToken(platform.db, attempt.oldToken);
    }
    await recordOutcome(platform, {
      path: ctx.path,
      address: addressOf(ctx),
      attempt,
      failure: failure ? codeOf(failure) : undefined,
      madeFor: made?.user.id,
    });
  });
  return {
    id: 'guard',
    hooks: {
      before: [{ matcher: () => true, handler: before }],
      after: [{ matcher: () => true, handler: after }],
    },
  } satisfies BetterAuthPlugin;
}

function addressOf(ctx: Context): string {
  return normalizeIP(ctx.headers?.get('x-nachtwacht-client') ?? '', { ipv6Subnet: 64 });
}

function codeOf(failure: { body?: unknown }): string {
  const { body } = failure;
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'refused';
}

function bodyOf(ctx: Context): Record<string, unknown> {
  const body: unknown = ctx.body;
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function textIn(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

/** Who tries what, before better-auth looks at it. */
async function lookAt(platform: Platform, ctx: Context): Promise<Attempted> {
  const session = await getSessionFromCtx(ctx);
  const oldToken = session?.session.token;
  const base = { shut: [], hadSession: session !== null, ...(oldToken === undefined ? {} : { oldToken }) };
  if (ctx.path === '/sign-in/email') {
    const { email } = bodyOf(ctx);
    if (typeof email !== 'string') return { ...base, counters: [] };
    return { ...base, email, counters: signInCounters(email, addressOf(ctx)) };
  }
  if (codePaths.includes(ctx.path)) {
    const userId = session?.user.id ?? (await challengedUser(platform, ctx));
    return { ...base, ...(userId === undefined ? { counters: [] } : { userId, counters: personCounter(userId) }) };
  }
  if (!session) {
    if (passwordPaths.includes(ctx.path)) throw notSignedIn();
    return { ...base, counters: [] };
  }
  const userId = session.user.id;
  return { ...base, userId, counters: passwordPaths.includes(ctx.path) ? personCounter(userId) : [] };
}

async function challengedUser(platform: Platform, ctx: Context): Promise<string | undefined> {
  const cookie = ctx.context.createAuthCookie(challengeCookie);
  const identifier = await ctx.getSignedCookie(cookie.name, ctx.context.secret);
  return identifier ? findChallengedUser(platform.db, identifier) : undefined;
}

async function assertFresh(platform: Platform, attempt: Attempted): Promise<void> {
  const now = platform.clock.now();
  const session = attempt.oldToken && (await findLiveSession(platform.db, attempt.oldToken, now));
  if (!session) throw notSignedIn();
  if (now.getTime() - session.confirmedAt.getTime() > freshMs) throw notFresh();
}

/** What better-auth gets to see instead of what was sent; undefined = just that. */
async function changedBody(
  platform: Platform,
  ctx: Context,
  attempt: Attempted,
): Promise<Record<string, unknown> | undefined> {
  const body = bodyOf(ctx);
  switch (ctx.path) {
    case '/sign-in/email':
      // No redirects and no forms: the page goes on by itself.
      return { ...body, rememberMe: true, callbackURL: undefined };
    case '/two-factor/verify-totp': {
      const code = textIn(body, 'code').replaceAll(/\s/g, '');
      await assertUnused(platform, attempt.userId, code);
      return { ...body, code, trustDevice: false };
    }
    case '/two-factor/verify-backup-code':
      return { ...body, code: textIn(body, 'code').trim(), trustDevice: false, disableSession: false };
    case '/two-factor/enable':
      return { ...body, method: 'totp', issuer: (await readHouse(platform)).name };
    case '/passkey/verify-registration':
      return { ...body, createSession: true };
    case '/change-password': {
      const { name } = await readHouse(platform);
      const session = await getSessionFromCtx(ctx);
      const own = [name, session?.user.email ?? '', session?.user.name ?? ''];
      assertFit(textIn(body, 'newPassword'), own);
      return { ...body, revokeOtherSessions: true };
    }
    default:
      return undefined;
  }
}

/** A code that was seen over a shoulder opens nothing. */
async function assertUnused(platform: Platform, userId: string | undefined, code: string): Promise<void> {
  if (userId === undefined || !/^\d{6}$/.test(code)) return;
  const now = platform.clock.now();
  await forgetCodes(platform.db, new Date(now.getTime() - keepCodesMs));
  if (await useCode(platform.db, userId, code, now)) return;
  throw refuse(401, {
    code: 'code-used',
    message: 'This code was used already.',
    nextStep: 'Wait for the next code of your authenticator app.',
  });
}
