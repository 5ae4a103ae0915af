import { recordAudit } from '../audit/index.ts';
import { getCustomer } from '../customers/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { getSiteById, siteSubject } from './find-site.ts';
import { defaultLimitBytes } from './rules/size-limit.ts';
import { judgeSiteUrl, type UrlProblem } from './rules/site-url.ts';
import { insertSite, type BackupPlan, type SiteRow } from './store.ts';

const problems: Record<UrlProblem, [message: string, nextStep: string]> = {
  'not-a-url': ['is not the address of a site', 'Give the home page, such as https://shop.nl'],
  'not-http': ['is not a web address', 'Give the home page, such as https://shop.nl'],
  'has-credentials': ['has a name or password in it', 'Leave it out; give it to `site pair` with --basic-auth.'],
  'needs-https': ['is not encrypted', 'Use https, or say --allow-http when the site has no https yet.'],
  'too-long': ['is too long', 'Give the home page, such as https://shop.nl'],
};

/** The refusal of an address, without a name or password that stands in it. */
export function siteUrlProblem(url: string, why: UrlProblem): NachtwachtError {
  const [message, nextStep] = problems[why];
  return new NachtwachtError({
    code: `site-url-${why}`,
    kind: 'bad-input',
    message: `"${url.slice(0, 200).replace(/\/\/[^/@]*@/, '//…@')}" ${message}.`,
    nextStep,
    retryable: false,
  });
}

/** Registers a site of a customer. It is not paired yet and gets no care until it is. */
export async function addSite(
  platform: Platform,
  actor: Actor,
  input: { url: string; customer: string; plan?: BackupPlan; allowHttp?: boolean; limitBytes?: number },
): Promise<SiteRow> {
  requireScope(actor, 'admin');
  const verdict = judgeSiteUrl(input.url.trim(), { allowHttp: input.allowHttp === true });
  if (!verdict.ok) throw siteUrlProblem(input.url, verdict.why);
  const at = platform.clock.now();
  const id = newId();
  await platform.db.transaction().execute(async (trx) => {
    const customer = await getCustomer(trx, input.customer);
    const inserted = await insertSite(trx, {
      id,
      customer_id: customer.id,
      url: verdict.url,
      backup_plan: input.plan ?? 'daily',
      limit_bytes: input.limitBytes ?? defaultLimitBytes,
      created_at: at,
    });
    if (!inserted) {
      throw new NachtwachtError({
        code: 'site-exists',
        kind: 'conflict',
        message: `The site ${verdict.url} is registered already.`,
        nextStep: `Look at it: nachtwacht site show ${verdict.url}`,
        retryable: false,
      });
    }
    const details = { url: verdict.url, customer: customer.name };
    await recordAudit(trx, actor, { action: 'site-added', subject: siteSubject(id), details, at });
  });
  return getSiteById(platform.db, id);
}
