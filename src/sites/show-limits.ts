import type { Learned } from '../connector/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from './find-site.ts';
import { hostFactInWords, type HostFact } from './limit-words.ts';

export interface ShownLimits {
  /** When the site last answered. */
  at: string | null;
  facts: (HostFact & { nl: string; en: string })[];
}

/** Slower than this for each request, and a host is worth a remark. */
const slowMs = 1000;

/** What the connector learned of a site's host, as sentences; no facts when it has not been asked yet. */
export async function showLimits(platform: Platform, input: { site: string }): Promise<ShownLimits> {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const at = site.last_contact_at?.toISOString() ?? null;
  if (site.learned === null) return { at, facts: [] };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveLearned, nobody else
  const learned = site.learned as Learned;
  return {
    at,
    facts: factsOf(learned).map((fact) => ({
      ...fact,
      nl: hostFactInWords(fact.code, learned, 'nl'),
      en: hostFactInWords(fact.code, learned, 'en'),
    })),
  };
}

function factsOf(learned: Learned): HostFact[] {
  const { limits } = learned;
  return [
    { code: 'entry', unusual: learned.entry !== undefined && learned.entry !== 'direct' },
    { code: 'signature', unusual: learned.signature !== 'header' },
    { code: 'answers', unusual: learned.mode !== 'z' },
    { code: 'clock', unusual: Math.abs(learned.skewSeconds) >= 60 },
    { code: 'time', unusual: limits.budgetMs < 3000 },
    { code: 'answer-size', unusual: limits.maxBytes < 1024 * 1024 },
    { code: 'request-size', unusual: limits.maxPutBytes < 1024 * 1024 },
    ...(limits.usualWaitMs > 0 ? [{ code: 'wait' as const, unusual: limits.usualWaitMs > slowMs }] : []),
  ];
}
