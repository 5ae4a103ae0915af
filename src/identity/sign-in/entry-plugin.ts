import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint, getSessionFromCtx } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { enter } from '../people/enter.ts';
import { openLink } from '../people/entry-links.ts';
import { requestPasswordLink } from '../people/request-password-link.ts';
import { customerName, findPerson, type LinkRow } from '../people/store.ts';
import { asApi, refuse } from './api-error.ts';
import { confirmSession } from './confirm-session.ts';
import { entryCookie, entryCookieSeconds, type EntryTicket } from './passkey-entry.ts';
import { judgePassword } from './rules/password-strength.ts';
import { needsSecondFactor } from './rules/session-life.ts';

const secret = z.string().max(100);
const about = {
  secret,
  /** For the first operator only. */
  email: z.email().max(200).optional(),
  name: z.string().trim().min(1).max(100).optional(),
  language: z.enum(['nl', 'en']).optional(),
};

/** Coming in by a one-time link, a forgotten password, and 'show again that it is you'. */
export function entryPlugin(platform: Platform) {
  return {
    id: 'entry',
    endpoints: {
      lookAtEntry: createAuthEndpoint('/entry/look', { method: 'POST', body: z.object({ secret }) }, async (ctx) =>
        ctx.json(await asApi(async () => shown(platform, await openLink(platform, ctx.body.secret)))),
      ),
      enterWithPassword: createAuthEndpoint(
        '/entry/accept',
        { method: 'POST', body: z.object({ ...about, password: z.string().max(200) }) },
        async (ctx) => {
          await assertSignedOut(ctx);
          const link = await asApi(() => openLink(platform, ctx.body.secret));
          const own = await ownWords(platform, link, ctx.body);
          assertFit(ctx.body.password, own);
          assertKnown(link, ctx.body);
          const passwordHash = await ctx.context.password.hash(ctx.body.password);
          const given = { ...toldOf(ctx.body), passwordHash, passwordRowId: randomUUID() };
          const userId = await asApi(() => enter(platform, link, given));
          const user = await ctx.context.internalAdapter.findUserById(userId);
          // With a second factor there, the password alone opens nothing: the person signs in.
          if (!user || (await findPerson(platform.db, userId))?.second_factor) return ctx.json({ next: 'sign-in' });
          const session = await ctx.context.internalAdapter.createSession(userId);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ next: needsSecondFactor(link.role) ? 'second-factor' : 'done' });
        },
      ),
      beginWithPasskey: createAuthEndpoint('/entry/passkey', { method: 'POST', body: z.object(about) }, async (ctx) => {
        await assertSignedOut(ctx);
        const link = await asApi(() => openLink(platform, ctx.body.secret));
        assertKnown(link, ctx.body);
        const ticket: EntryTicket = { link: link.id, ...toldOf(ctx.body) };
        const cookie = ctx.context.createAuthCookie(entryCookie, { maxAge: entryCookieSeconds });
        const value = Buffer.from(JSON.stringify(ticket)).toString('base64url');
        await ctx.setSignedCookie(cookie.name, value, ctx.context.secret, cookie.attributes);
        return ctx.json({ next: 'passkey' });
      }),
      forgotPassword: createAuthEndpoint(
        '/entry/forgot',
        { method: 'POST', body: z.object({ email: z.email().max(200) }) },
        async (ctx) => ctx.json(await requestPasswordLink(platform, ctx.body.email)),
      ),
      confirm: createAuthEndpoint(
        '/confirm',
        { method: 'POST', body: z.object({ password: z.string().max(200), code: z.string().max(20).optional() }) },
        async (ctx) => {
          const session = await getSessionFromCtx(ctx);
          if (!session) throw notSignedIn();
          await confirmSession(platform, ctx.context, session, ctx.body);
          return ctx.json({ next: 'done' });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

/** What the page of a link shows before anything is typed. */
async function shown(platform: Platform, link: LinkRow): Promise<object> {
  const person = link.kind === 'reset' || link.kind === 'password' ? await findPerson(platform.db, link.user_id) : null;
  return {
    kind: link.kind,
    email: person?.email ?? link.email,
    name: person?.name ?? link.name,
    role: link.role,
    customer: link.customer_id === null ? null : ((await customerName(platform.db, link.customer_id)) ?? null),
    language: person?.language ?? link.language,
    needsSecondFactor: needsSecondFactor(link.role),
    expiresAt: link.expires_at.toISOString(),
  };
}

type Told = { email?: string | undefined; name?: string | undefined; language?: 'nl' | 'en' | undefined };

function toldOf(body: Told): { email?: string; name?: string; language?: 'nl' | 'en' } {
  const { email, name, language } = body;
  return { ...(email ? { email } : {}), ...(name ? { name } : {}), ...(language ? { language } : {}) };
}

/** The link of the first operator knows nobody: he says who he is. */
function assertKnown(link: LinkRow, body: Told): void {
  if (link.kind !== 'first-operator' || body.email !== undefined) return;
  throw refuse(400, {
    code: 'email-missing',
    message: 'An e-mail address is needed to sign in with.',
    nextStep: 'Fill in your e-mail address.',
  });
}

async function ownWords(platform: Platform, link: LinkRow, body: Told): Promise<string[]> {
  const { name } = await readHouse(platform);
  return [name, link.email, link.name, body.email, body.name].filter((each) => typeof each === 'string');
}

export function assertFit(password: string, own: string[]): void {
  const judged = judgePassword(password, own);
  if (judged.fit) return;
  throw refuse(400, {
    code: `password-${judged.reason}`,
    message: `This password is ${judged.reason.replace('-', ' ')}.`,
    nextStep: 'Take at least twelve signs that are not what others choose; four loose words do well.',
  });
}

/** A link opens another account than the one that is signed in: two at once would be mixed up. */
async function assertSignedOut(ctx: Parameters<typeof getSessionFromCtx>[0]): Promise<void> {
  if (!(await getSessionFromCtx(ctx))) return;
  throw refuse(409, {
    code: 'signed-in-already',
    message: 'Somebody is signed in already in this browser.',
    nextStep: 'Sign out first, and open the link again.',
  });
}

export function notSignedIn(): Error {
  return refuse(401, {
    code: 'not-signed-in',
    message: 'You are not signed in.',
    nextStep: 'Sign in first.',
  });
}
