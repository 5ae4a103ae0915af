import { lookAtHome, lookForPlugin, type HomeLook } from '../connector/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { carriesFacts, NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, judgeSiteUrl, siteUrlProblem } from '../sites/index.ts';
import { judgeHome, type HomeFacts, type HomeVerdict } from './rules/judge-home.ts';

/**
 * Looks at an address before it is added: does it answer, with https, is it WordPress, is our plugin there, is it in care
 * already. Changes nothing. For who may add sites only: it makes this machine call an address that somebody typed.
 */
export async function lookAtAddress(
  platform: Platform,
  actor: Actor,
  input: { url: string },
): Promise<HomeVerdict & { url: string; known: { id: string; url: string } | null }> {
  requireScope(actor, 'admin');
  const judged = judgeSiteUrl(input.url.trim(), { allowHttp: true });
  if (!judged.ok) throw siteUrlProblem(input.url, judged.why);
  const asked = judged.url;
  const { allowPrivateAddresses } = platform.config;
  const options = { allowPrivateAddresses };
  const [home, plugin, known] = await Promise.all([
    look(asked, options),
    lookForPlugin(asked, options),
    siteOf(platform, asked),
  ]);
  const facts: HomeFacts = { asked, plugin, ...home, ...(known ? { known } : {}) };
  const isHttpsTrouble = home.error !== undefined && asked.startsWith('https:') && !isName(home.error.reason);
  if (isHttpsTrouble) {
    const plain = await look(asked.replace(/^https:/, 'http:'), options);
    if (plain.reached?.startsWith('http:') === true) facts.onlyHttp = true;
  }
  return { url: asked, known: known ?? null, ...judgeHome(facts) };
}

async function look(
  url: string,
  options: { allowPrivateAddresses: boolean },
): Promise<Omit<HomeFacts, 'asked' | 'plugin'>> {
  try {
    return factsOfPage(await lookAtHome(url, options));
  } catch (error) {
    if (!carriesFacts(error)) return { error: { code: 'unreachable' } };
    const reason = error.details?.['reason'];
    return { error: { code: error.code, reason: typeof reason === 'string' ? reason : undefined } };
  }
}

function factsOfPage(home: HomeLook): Omit<HomeFacts, 'asked' | 'plugin'> {
  const judged = judgeSiteUrl(home.url, { allowHttp: true });
  return {
    reached: judged.ok ? judged.url : home.url,
    status: home.status,
    wantsPassword: home.headers['www-authenticate'] !== undefined,
    text: home.text,
    link: [home.headers.link ?? []].flat().join(', '),
  };
}

/** The name does not exist: http would not find it either. */
function isName(reason: string | undefined): boolean {
  return reason === 'ENOTFOUND' || reason === 'EAI_AGAIN';
}

async function siteOf(platform: Platform, url: string): Promise<{ id: string; url: string } | undefined> {
  try {
    const site = await getSite(platform.db, url);
    return { id: site.id, url: site.url };
  } catch (error) {
    if (error instanceof NachtwachtError && error.kind !== 'internal') return undefined;
    throw error;
  }
}
