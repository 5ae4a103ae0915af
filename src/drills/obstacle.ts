import type { Platform } from '../platform/platform.ts';
import { readGround } from './store.ts';

export type Obstacle = 'no-guard' | 'no-sms' | 'no-watch' | 'page-fails';

/** A watcher whose heartbeat is younger lives. */
const watchFreshMs = 30_000;

/** What keeps a drill from being held now; null = nothing. */
export async function findObstacle(platform: Pick<Platform, 'db' | 'clock'>): Promise<Obstacle | null> {
  const { hasRota, hasSms, watchAt, isStray } = await readGround(platform.db);
  if (!hasRota) return 'no-guard';
  if (!hasSms) return 'no-sms';
  const age = watchAt === null ? Infinity : platform.clock.now().getTime() - watchAt.getTime();
  if (age >= watchFreshMs) return 'no-watch';
  return isStray ? 'page-fails' : null;
}
