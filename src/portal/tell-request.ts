import { mailServerThere, sendMail } from '../channels/email/index.ts';
import { listPeople, publicUrl } from '../identity/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { RequestRow } from './store.ts';
import { answeredMail, askedMail, type RequestLetterFacts } from './words.ts';

/** Mails every operator that a customer asked for something. Without a mail server it waits on Today, as always. */
export async function tellOperators(platform: Platform, request: RequestRow): Promise<void> {
  if (!(await mailServerThere(platform))) return;
  const facts = await factsOf(platform, request, `/sites/${request.site_id}`);
  const people = await listPeople(platform.db);
  for (const { email, language } of people.filter((each) => each.role === 'operator' && each.deactivated_at === null)) {
    await sendMail(platform, { to: email, ...askedMail(facts, language ?? 'nl') });
  }
}

/** Mails the one who asked what came of it, when he still may come in. */
export async function tellCustomer(platform: Platform, request: RequestRow): Promise<void> {
  if (!(await mailServerThere(platform))) return;
  const people = await listPeople(platform.db);
  const asker = people.find((each) => `person:${each.email}` === request.asked_by && each.deactivated_at === null);
  if (asker?.customer_id !== request.customer_id) return;
  const facts = await factsOf(platform, request, `/mine/${request.site_id}`);
  await sendMail(platform, { to: asker.email, ...answeredMail(facts, asker.language ?? 'nl') });
}

/** The deed stands whether or not its mail goes: what fails is logged, and nobody waits for the mail server. */
export function inBackground(platform: Platform, telling: Promise<void>): void {
  telling.catch((error: unknown) => platform.log.warn({ err: error }, 'the mail about a request was not sent'));
}

async function factsOf(platform: Platform, request: RequestRow, path: string): Promise<RequestLetterFacts> {
  return {
    site: request.site_url.replace(/^https?:\/\//, ''),
    customer: request.customer_name,
    moment: request.moment,
    note: request.note,
    state: request.state,
    answer: request.answer,
    url: `${publicUrl(platform)}${path}`,
    house: await readHouse(platform),
  };
}
