import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { getSite } from '../../sites/index.ts';
import type { Growth } from './contract.ts';
import { growthInWords } from './words.ts';
import { growthUnit, judgeGrowth } from './rules/growth.ts';
import { firstMomentEver, listGrowth } from './store.ts';

const DAY = 86_400_000;

/** The size of a site over time, from all complete snapshots it ever had, and where it leads. `days`: how far back. */
export async function showGrowth(
  platform: Platform,
  input: { site: string; days?: number | undefined },
): Promise<Growth> {
  const { db } = platform;
  const { timeZone } = await readHouse(platform);
  const site = await getSite(db, input.site, { removedToo: true });
  const now = platform.clock.now().getTime();
  const first = (await firstMomentEver(db, site.id))?.getTime() ?? now;
  const since = input.days === undefined ? first : Math.max(first, now - input.days * DAY);
  const unit = growthUnit((now - since) / DAY);
  const rows = await listGrowth(db, site.id, input.days === undefined ? null : new Date(since), unit, timeZone);
  const sizes = rows.map((row) => ({ at: row.at.getTime(), bytes: row.files_bytes + row.database_bytes }));
  const outlook = judgeGrowth(sizes, site.limit_bytes);
  const fullAt = outlook.code === 'growing' ? outlook.fullAt : undefined;
  return {
    unit,
    limitBytes: site.limit_bytes,
    points: rows.map((row) => ({
      at: row.at.toISOString(),
      filesBytes: row.files_bytes,
      databaseBytes: row.database_bytes,
      files: row.files,
      rows: row.rows,
      storedBytes: row.stored,
      backups: row.backups,
    })),
    perDay: 'perDay' in outlook ? outlook.perDay : null,
    fullAt: fullAt === undefined ? null : new Date(fullAt).toISOString(),
    words: { nl: growthInWords(outlook, 'nl'), en: growthInWords(outlook, 'en') },
  };
}
