import { publicUrl } from '../identity/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { listReferenceHosts } from './store.ts';
import type { Kit } from './wire.ts';

/** Who is on duty in these days, as `oncall` knows it; the composition root says how (`dutyKit`). */
export type DutyReader = (now: Date) => Promise<Pick<Kit, 'until' | 'guards' | 'spans' | 'policy'>>;

/** What a second location must know to alarm without us. */
export async function makeKit(platform: Platform, readDuty: DutyReader): Promise<Kit> {
  const now = platform.clock.now();
  const [{ timeZone }, references, duty] = await Promise.all([
    readHouse(platform),
    listReferenceHosts(platform.db),
    readDuty(now),
  ]);
  return { madeAt: now.toISOString(), publicUrl: publicUrl(platform), timeZone, references, ...duty };
}
