import { recordAudit } from '../../audit/index.ts';
import { mailServerThere, sendMail } from '../../channels/email/index.ts';
import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { makeLink } from './entry-links.ts';
import { findPersonByEmail, markMailed, revokeLinks } from './store.ts';
import { passwordMail } from './words.ts';

/**
 * Somebody forgot his password: when there is such a person, he gets a mail. The answer is the same and comes as quickly
 * when there is none: it only says whether this house can send mail at all.
 */
export async function requestPasswordLink(platform: Platform, email: string): Promise<{ mail: boolean }> {
  if (!(await mailServerThere(platform))) return { mail: false };
  sending = sending
    .then(() => mailLink(platform, email))
    .catch((error: unknown) => platform.log.warn({ err: error }, 'password link not sent'));
  return { mail: true };
}

// One after the other, behind the answer's back: how long it takes tells nobody whether there is such a person.
let sending: Promise<void> = Promise.resolve();

/** For tests and a graceful stop: resolves when what was asked until now was sent. */
export function passwordLinksSent(): Promise<void> {
  return sending;
}

async function mailLink(platform: Platform, email: string): Promise<void> {
  const person = await findPersonByEmail(platform.db, email);
  if (!person || person.deactivated_at) return;
  const actor = { name: `person:${person.email}` };
  const at = platform.clock.now();
  const house = await readHouse(platform);
  const language = person.language ?? house.language;
  const made = await platform.db.transaction().execute(async (trx) => {
    await revokeLinks(trx, { kind: 'password', userId: person.user_id }, at);
    const wanted = { email: null, name: null, role: person.role, customerId: person.customer_id, language };
    const link = await makeLink(platform, trx, actor, { kind: 'password', userId: person.user_id, ...wanted });
    await recordAudit(trx, actor, { action: 'password-link-asked', subject: `person:${person.user_id}`, at });
    return link;
  });
  const about = { url: made.url, name: person.name, expiresAt: made.link.expires_at, house };
  await sendMail(platform, { to: person.email, ...passwordMail(language, about) });
  await markMailed(platform.db, made.link.id, platform.clock.now());
}
