import type { Checked, Checker } from '../check/index.ts';
import type { PageLook } from './rules/judge-page.ts';

const patienceMs = 20_000;

/**
 * Looks at a site's front page, sign-in page and REST address, one after the other, as a visitor would. `addresses`: as
 * WordPress has them; the front page is the site's own.
 */
export async function lookPage(
  checker: Checker,
  site: { url: string; home: string | null; siteurl: string | null },
  signal: AbortSignal,
): Promise<PageLook> {
  const look = (url: string): Promise<Checked> => checker.check({ url, keyword: null, timeoutMs: patienceMs }, signal);
  const front = await look(site.url);
  const login = await look(under(site.siteurl ?? site.url, site.url, 'wp-login.php'));
  const rest = await look(under(site.home ?? site.url, site.url, '?rest_route=/'));
  const { page } = front;
  const isItself = front.outcome.kind === 'answer' && front.outcome.deadText === null && page !== null;
  return {
    page:
      isItself && page.status < 400
        ? { status: page.status, bytes: page.bytes, isNoindex: page.isNoindex, finalUrl: front.finalUrl }
        : null,
    loginStatus: statusOf(login),
    restStatus: statusOf(rest),
    certificate:
      front.certificate === null
        ? null
        : { expiresAt: front.certificate.expiresAt.toISOString(), issuer: front.certificate.issuer },
  };
}

/** 500 also when the page says with 200 that WordPress died. */
function statusOf({ outcome }: Checked): number | null {
  if (outcome.kind !== 'answer') return null;
  return outcome.deadText !== null && outcome.deadText !== 'maintenance'
    ? Math.max(outcome.status, 500)
    : outcome.status;
}

/** An address below what the site says of itself, as long as that is on the host that we know. */
function under(said: string, known: string, name: string): string {
  const base = URL.canParse(said) && new URL(said).hostname === new URL(known).hostname ? said : known;
  return new URL(name, base.endsWith('/') ? base : `${base}/`).href;
}
