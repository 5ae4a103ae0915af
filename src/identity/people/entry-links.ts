import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Db } from '../../platform/database/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Language } from '../../platform/words.ts';
import type { Actor, Role } from '../actor.ts';
import { publicUrl } from './public-url.ts';
import { lifeMs, pathOf, stateOf, type LinkState } from './rules/link-state.ts';
import { findLinkByHash, insertLink, type LinkKind, type LinkRow } from './store.ts';

export interface WantedLink {
  kind: LinkKind;
  userId: string;
  email: string | null;
  name: string | null;
  role: Role;
  customerId: string | null;
  language: Language;
}

const shape = /^[A-Za-z0-9_-]{43}$/;

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Makes a one-time link. Its secret stands in the address that is given here, and is kept nowhere. */
export async function makeLink(
  platform: Pick<Platform, 'config' | 'clock'>,
  db: Db,
  actor: Pick<Actor, 'name'>,
  wanted: WantedLink,
): Promise<{ link: LinkRow; url: string }> {
  const secret = randomBytes(32).toString('base64url');
  const at = platform.clock.now();
  const link = await insertLink(db, {
    id: randomUUID(),
    kind: wanted.kind,
    secretHash: hashOf(secret),
    user_id: wanted.userId,
    email: wanted.email,
    name: wanted.name,
    role: wanted.role,
    customer_id: wanted.customerId,
    language: wanted.language,
    made_by: actor.name,
    made_at: at,
    expires_at: new Date(at.getTime() + lifeMs[wanted.kind]),
  });
  return { link, url: `${publicUrl(platform)}${pathOf(wanted.kind, secret)}` };
}

/** The open link of this secret; throws `link-not-valid` with what became of it. */
export async function openLink(platform: Platform, secret: string): Promise<LinkRow> {
  const link = shape.test(secret) ? await findLinkByHash(platform.db, hashOf(secret)) : undefined;
  const state = link ? stateOf(link, platform.clock.now()) : 'unknown';
  if (link && state === 'open') return link;
  throw linkNotValid(state);
}

const sentences: Record<Exclude<LinkState, 'open'> | 'unknown', string> = {
  used: 'This link was used already; it works once.',
  revoked: 'This link was withdrawn, or a newer one took its place.',
  expired: 'This link has expired.',
  unknown: 'This link is not known here.',
};

export function linkNotValid(state: LinkState | 'unknown'): NachtwachtError {
  return new NachtwachtError({
    code: 'link-not-valid',
    kind: 'not-found',
    message: sentences[state === 'open' ? 'used' : state],
    nextStep: 'Ask who sent it for a new one; that of the first operator is made on the machine of the platform.',
    retryable: false,
    details: { state },
  });
}
