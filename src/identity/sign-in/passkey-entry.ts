import type { GenericEndpointContext } from 'better-auth';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { enter } from '../people/enter.ts';
import { linkNotValid } from '../people/entry-links.ts';
import { findLink, findPerson } from '../people/store.ts';
import { asApi, refuse } from './api-error.ts';

/** Cookie of somebody who comes in by a one-time link and makes a passkey: which link, and what he told of himself. */
export const entryCookie = 'entry';
export const entryCookieSeconds = 300;

export const EntryTicket = z.object({
  link: z.uuid(),
  email: z.email().optional(),
  name: z.string().max(100).optional(),
  language: z.enum(['nl', 'en']).optional(),
});
export type EntryTicket = z.infer<typeof EntryTicket>;

async function ticketOf(context: GenericEndpointContext): Promise<EntryTicket> {
  const cookie = context.context.createAuthCookie(entryCookie);
  const value = await context.getSignedCookie(cookie.name, context.context.secret);
  try {
    return EntryTicket.parse(JSON.parse(Buffer.from(value || '', 'base64url').toString()));
  } catch {
    throw refuse(401, {
      code: 'not-signed-in',
      message: 'A passkey is added by who is signed in, or who comes by a one-time link.',
      nextStep: 'Sign in, or open your link again.',
    });
  }
}

/** Who the passkey is for, when nobody is signed in. */
export async function passkeyUser(
  platform: Platform,
  context: GenericEndpointContext,
): Promise<{ id: string; name: string; displayName: string }> {
  const ticket = await ticketOf(context);
  const link = await findLink(platform.db, ticket.link);
  // A link to set up anew is for somebody who is there already.
  const person = link && (await findPerson(platform.db, link.user_id));
  const name = person?.email ?? link?.email ?? ticket.email;
  if (!link || !name) return asApi(() => Promise.reject(linkNotValid('unknown')));
  return { id: link.user_id, name, displayName: ticket.name ?? link.name ?? name };
}

/** The passkey is right: signed in, it is added; with a link, it opens (or makes) the account of the link. */
export async function passkeyRegistered(
  platform: Platform,
  context: GenericEndpointContext,
  proof: { userVerified: boolean; userId: string },
): Promise<{ userId: string }> {
  if (!proof.userVerified) throw notVerified();
  const { session } = context.context;
  if (session) {
    await recordAudit(
      platform.db,
      { name: `person:${session.user.email}` },
      {
        action: 'passkey-added',
        subject: `person:${session.user.id}`,
        at: platform.clock.now(),
      },
    );
    return { userId: session.user.id };
  }
  const ticket = await ticketOf(context);
  const link = await findLink(platform.db, ticket.link);
  return asApi(async () => {
    // The challenge was made for this link's account and no other.
    if (!link || link.user_id !== proof.userId) throw linkNotValid('unknown');
    const { email, name, language } = ticket;
    const given = { ...(email ? { email } : {}), ...(name ? { name } : {}), ...(language ? { language } : {}) };
    return { userId: await enter(platform, link, { ...given, passwordRowId: randomUUID() }) };
  });
}

/** A passkey stands for two factors only when the device asked for the finger, the face or the PIN. */
export function notVerified(): Error {
  return refuse(403, {
    code: 'passkey-unverified',
    message: 'The device did not check that it was you (by PIN, finger or face).',
    nextStep: 'Turn on screen lock or a PIN for this passkey, or use another one.',
  });
}
