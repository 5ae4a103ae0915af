import { followIds } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Changes } from './contract.ts';

/** Which sites' rows look different now, as events (triggers tell it, see migration 0080), until the signal is aborted. */
export async function* followChanges(
  platform: Platform,
  signal: AbortSignal | undefined,
): AsyncGenerator<Changes, void, void> {
  for await (const { all, ids } of followIds(platform, 'site_changed', signal)) yield { all, sites: ids };
}
