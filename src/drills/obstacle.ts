import type { Platform } from '../platform/platform.ts';
import { readGround } from './store.ts';

export type Obstacle = 'no-guard' | 'no-sms' | 'no-watch';

/** A watcher whose heartbeat is younger lives. */
const watchFreshMs = 30_000;

/** What keeps a drill from being held now; null = nothing. */
export async function findObstacle(platform: Pick<Platform, 'db' | 'clock'>): Promise<Obstacle | null> {
  const { hasRota, hasSms, watchAt } = await readGround(platform.db);
  if (!hasRota) return 'no-guard';
  if (!hasSms) return 'no-sms';
  const age = watchAt === null ? Infinity : platform.clock.now().getTime() - watchAt.getTime();
  return age < watchFreshMs ? null : 'no-watch';
}
