import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { scopeOfRole, type Actor } from '../actor.ts';
import { markSeen } from '../people/store.ts';
import { authOf } from './auth.ts';
import { endOfSession, mustSetUp, useEveryMs } from './rules/session-life.ts';
import { findLiveSession, touchSession, type SessionRow } from './store.ts';

/**
 * Who the session cookie of this request belongs to; undefined without a live session. Whether the request may use the
 * cookie at all (same origin) is judged before, by the HTTP layer.
 */
export async function authenticateSession(platform: Platform, request: Request): Promise<Actor | undefined> {
  const { secret, cookieName } = await authOf(platform);
  const token = signedToken(request.headers.get('cookie') ?? '', cookieName, secret);
  if (token === undefined) return undefined;
  const now = platform.clock.now();
  const session = await findLiveSession(platform.db, token, now);
  if (!session) return undefined;
  if (now.getTime() - session.lastUsedAt.getTime() > useEveryMs) {
    await touchSession(platform.db, session.id, now, endOfSession(session.createdAt, now));
    await markSeen(platform.db, session.userId, now);
  }
  return actorOf(session);
}

function actorOf(session: SessionRow): Actor {
  const { email, role, strength, userId, language } = session;
  const bare = mustSetUp({
    role,
    strength,
    secondFactor: session.twoFactorEnabled === true,
    passkeys: session.passkeys ?? 0,
  });
  return {
    name: `person:${email}`,
    kind: 'person',
    scope: bare ? 'own' : scopeOfRole[role],
    userId,
    role,
    email,
    sessionId: session.id,
    signedInAt: session.confirmedAt,
    ...(bare ? { mustSetUp: true } : {}),
    ...(language ? { language } : {}),
    ...(session.customer_id === null ? {} : { customerId: session.customer_id }),
  };
}

/** The token in better-auth's form: `<token>.<HMAC-SHA256 in base64>`, percent-encoded. */
function signedToken(cookies: string, name: string, secret: string): string | undefined {
  const pair = cookies.split(';').find((each) => each.trim().startsWith(`${name}=`));
  if (!pair) return undefined;
  const value = decoded(pair.trim().slice(name.length + 1));
  const dot = value.lastIndexOf('.');
  if (dot < 1) return undefined;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
