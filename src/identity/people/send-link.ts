import { mailServerThere, sendMail, type Mail } from '../../channels/email/index.ts';
import { factsOf } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { markMailed, type LinkRow } from './store.ts';

/** How a link went out. `link` is there when it must be handed over by hand. */
export interface SentLink {
  mailed: boolean;
  link: string | null;
  mailProblem: string | null;
}

/** Mails a link, or gives it back when that cannot be: the person must get in either way. */
export async function sendLink(
  platform: Platform,
  made: { link: LinkRow; url: string },
  to: string,
  mail: Omit<Mail, 'to'>,
): Promise<SentLink> {
  if (!(await mailServerThere(platform))) return { mailed: false, link: made.url, mailProblem: null };
  try {
    await sendMail(platform, { to, ...mail });
    await markMailed(platform.db, made.link.id, platform.clock.now());
    return { mailed: true, link: null, mailProblem: null };
  } catch (error) {
    const facts = factsOf(error);
    platform.log.warn({ err: error }, 'mail not sent');
    const { said } = facts.details;
    return { mailed: false, link: made.url, mailProblem: typeof said === 'string' ? said : facts.message };
  }
}
