import type { Platform } from '../../platform/platform.ts';
import type { Checker } from '../check/index.ts';
import { updateTarget } from '../store.ts';
import { findPublicPage, saveLook, type DueSite } from './health-store.ts';
import { lookDomain, type DomainSources } from './look-domain.ts';
import { lookHealth } from './look-health.ts';
import { lookPage } from './look-page.ts';
import type { Finding, FindingCode, Seen } from './rules/finding.ts';
import { judgeDomain } from './rules/judge-domain.ts';
import { judgeHealth, judgeNoindex, type HealthJudgement } from './rules/judge-health.ts';
import { judgePage } from './rules/judge-page.ts';
import { mergeFindings } from './rules/merge-findings.ts';
import type { HealthMemory } from './rules/memory.ts';
import { settleFindings } from './settle-findings.ts';

export interface Eyes {
  checker: Checker;
  domains: DomainSources;
}

/** How often each look is. One light request a minute is what peers do, and what keeps an outage behind a page cache within the 5 minutes. */
export const lookEvery = { healthMs: 60_000, pageMs: 3_600_000, domainMs: 86_400_000 } as const;
/** A plugin that has not answered for ten looks, and one that is too old to know the question, are asked less. */
const silentTimes = 10;
const silentMs = 300_000;
const domainAgainMs = 600_000;

/** One round of the looks that are due at a site: everything it found is written in one transaction. */
export async function lookAtSite(platform: Platform, eyes: Eyes, site: DueSite, signal: AbortSignal): Promise<void> {
  const { clock, db, config } = platform;
  const scale = config.timeScale;
  const judged = new Map<FindingCode, Seen | null>();
  const take = (more: ReadonlyMap<FindingCode, Seen | null>): void => {
    for (const [code, seen] of more) judged.set(code, seen);
  };
  let { health, page, domain } = site;
  let said: HealthJudgement | undefined;
  let isDomainAgain = false;
  if (site.due.health) {
    const throughWordPress = site.due.page && health?.answer?.database.ok === true;
    const heard = await lookHealth(platform, site.id, { before: health, throughWordPress, signal });
    if (signal.aborted) return;
    const seen = await findPublicPage(db, site.id);
    const publicPage = seen === undefined ? null : { ...seen, checkedAt: seen.checkedAt.getTime() };
    const now = clock.now().getTime();
    said = judgeHealth({ now, scale, memory: health, page, said: heard, publicPage });
    health = said.memory;
    take(said.judged);
  }
  if (site.due.page) {
    const look = await lookPage(
      eyes.checker,
      { url: site.url, home: health?.answer?.home ?? null, siteurl: health?.answer?.siteurl ?? null },
      signal,
    );
    if (signal.aborted) return;
    const done = judgePage(clock.now().getTime(), page, look);
    page = done.memory;
    take(done.judged);
    const noindex = judgeNoindex(health, page);
    if (noindex !== undefined) judged.set('noindex', noindex);
  }
  if (site.due.domain) {
    const look = await lookDomain(eyes.domains, new URL(site.url).hostname, domain?.name ?? null, signal);
    if (signal.aborted) return;
    if (look !== null) {
      const done = judgeDomain(clock.now().getTime(), domain, look);
      domain = done.memory;
      isDomainAgain = done.again;
      take(done.judged);
    }
  }
  const at = clock.now();
  const after = mergeFindings(site.findings, judged, at.getTime());
  const next = (ms: number): Date => new Date(at.getTime() + ms / scale);
  await db.transaction().execute(async (trx) => {
    await settleFindings(trx, site, { before: site.findings, after, at, firstFailureAt: firstOf(health) });
    await saveLook(trx, site.id, {
      at,
      findings: after,
      ...(site.due.health && health && { health, nextAt: nextHealth(health, said, next) }),
      ...(site.due.page && page && { page, pageNextAt: next(lookEvery.pageMs) }),
      ...(site.due.domain && { domainNextAt: next(isDomainAgain ? domainAgainMs : lookEvery.domainMs) }),
      ...(site.due.domain && domain && { domain }),
    });
    // Does a page cache hide it? The watch tells within seconds.
    if (said?.wantsPageLook) await updateTarget(trx, site.id, { check_asked_at: at });
  });
}

function nextHealth(health: HealthMemory, said: HealthJudgement | undefined, next: (ms: number) => Date): Date {
  if (said?.againInMs) return next(said.againInMs);
  const { silent } = health;
  return next(silent !== null && silent.times > silentTimes ? silentMs : lookEvery.healthMs);
}

/** When what an incident is about was first seen. */
function firstOf(health: HealthMemory | null): (finding: Finding) => Date {
  return (finding) =>
    new Date(finding.code === 'database-gone' ? (health?.databaseGone?.since ?? finding.since) : finding.since);
}
