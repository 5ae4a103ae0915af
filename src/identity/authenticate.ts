import type { Platform } from '../platform/platform.ts';
import type { Actor } from './actor.ts';
import { hashOf } from './create-token.ts';
import { findByHash, markUsed } from './store.ts';

const shape = /^nw_[A-Za-z0-9_-]{43}$/;
const markEveryMs = 60_000;

/** Who this secret belongs to; undefined when it is no valid token. */
export async function authenticate(platform: Platform, secret: string): Promise<Actor | undefined> {
  if (!shape.test(secret)) return undefined;
  const now = platform.clock.now();
  const token = await findByHash(platform.db, hashOf(secret), now);
  if (!token) return undefined;
  if (!token.last_used_at || now.getTime() - token.last_used_at.getTime() > markEveryMs) {
    await markUsed(platform.db, token.id, now);
  }
  return { name: `token:${token.name}`, scope: token.scope, kind: 'token', tokenId: token.id };
}
