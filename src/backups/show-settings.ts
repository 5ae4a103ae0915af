import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite } from '../sites/index.ts';
import { retentionRuleInWords, scheduleInWords } from './policy-words.ts';
import { byHand, defaultExcludes } from './rules/excludes.ts';
import { defaultRetention } from './rules/retention.ts';
import { nextSlot } from './rules/schedule.ts';
import { findSettings } from './store.ts';

/** How the backups of a site are set, with the rule and the next moment in words. Removed sites too. */
export async function showSettings(platform: Platform, input: { site: string }) {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const [{ paused, retention, excludes }, house] = await Promise.all([
    findSettings(platform.db, site.id),
    readHouse(platform),
  ]);
  const { timeZone } = house;
  const policy = retention ?? house.retention ?? defaultRetention;
  const nextAt = new Date(nextSlot(site.id, site.backup_plan, timeZone, platform.clock.now().getTime()));
  const facts = { plan: site.backup_plan, paused, nextAt, timeZone };
  return {
    paused,
    plan: site.backup_plan,
    nextAt: paused || site.removed_at !== null || site.paired_at === null ? null : nextAt.toISOString(),
    schedule: { nl: scheduleInWords(facts, 'nl'), en: scheduleInWords(facts, 'en') },
    retention: policy,
    ownRetention: retention !== null,
    rule: { nl: retentionRuleInWords(policy, 'nl'), en: retentionRuleInWords(policy, 'en') },
    excludes: excludes.map((one) => one.pattern),
    houseExcludes: [...defaultExcludes(site.id), ...byHand(house.excludes)],
  };
}
