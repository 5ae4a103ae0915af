import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { nextInsideHours } from './rules/hours.ts';
import { findPolicy } from './store.ts';

/**
 * The moment itself when it lies in the agency's hours, else when they next begin: before it nobody is asked about an
 * incident of low urgency (its `quietUntil`). A house without hours asks at once.
 */
export async function nextOfficeHours(platform: Pick<Platform, 'db' | 'config'>, at: Date): Promise<Date> {
  const [{ timeZone }, { officeHours }] = await Promise.all([readHouse(platform), findPolicy(platform.db)]);
  return nextInsideHours(officeHours, timeZone, at) ?? at;
}
