import { decideRetention, retentionInWords, type RetainedSnapshot, type RetentionPolicy } from '../backups/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { retentionRuleInWords } from './words.ts';

const hourMs = 3_600_000;

export interface RetentionPreview {
  rule: { nl: string[]; en: string[] };
  /** How many backups were thought of. */
  made: number;
  kept: { at: string; why: { nl: string; en: string }[] }[];
}

/** What stays now of a site that has been backed up for a year, every hour or every night, and why each stays. */
export async function previewRetention(
  platform: Platform,
  input: { retention: RetentionPolicy; plan: 'daily' | 'hourly' },
): Promise<RetentionPreview> {
  const { timeZone } = await readHouse(platform);
  const now = platform.clock.now().getTime();
  const everyMs = input.plan === 'hourly' ? hourMs : 24 * hourMs;
  const newest = Math.floor(now / hourMs) * hourMs;
  const snapshots: RetainedSnapshot[] = [];
  for (let time = newest; time > newest - 365 * 24 * hourMs; time -= everyMs)
    snapshots.push({ id: String(time), time, reason: input.plan, good: true });
  const kept = decideRetention(snapshots, input.retention, timeZone, now)
    .filter((one) => one.keep)
    .map((one) => {
      const [nl, en] = [retentionInWords(one, 'nl', timeZone), retentionInWords(one, 'en', timeZone)];
      return {
        at: new Date(Number(one.id)).toISOString(),
        why: nl.map((words, i) => ({ nl: words, en: en[i] ?? words })),
      };
    });
  const rule = { nl: retentionRuleInWords(input.retention, 'nl'), en: retentionRuleInWords(input.retention, 'en') };
  return { rule, made: snapshots.length, kept };
}
