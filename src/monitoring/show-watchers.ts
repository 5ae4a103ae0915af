import type { Platform } from '../platform/platform.ts';
import { blindnessOf } from './blindness.ts';
import type { Watchers } from './contract.ts';
import { isCause } from './shown-watch.ts';
import { countTargets, listWatchers, readReferenceHosts } from './store.ts';

/** How the watch itself is: who watches, how late, what lies on disk, and whether anybody is blind. */
export async function showWatchers(platform: Platform): Promise<Watchers> {
  const { db } = platform;
  const [watchers, counts, referenceHosts] = await Promise.all([
    listWatchers(db, platform.config.timeScale),
    countTargets(db),
    readReferenceHosts(db),
  ]);
  return {
    at: platform.clock.now().toISOString(),
    watchers: watchers.map((row) => ({
      id: row.id,
      process: row.process_name,
      startedAt: row.started_at.toISOString(),
      heartbeatAt: row.heartbeat_at.toISOString(),
      alive: row.alive,
      targets: row.targets,
      checksAMinute: row.checks_a_minute,
      latenessMs: row.lateness_ms,
      loopDelayMs: row.loop_delay_ms,
      spooled: row.spooled,
      dropped: row.dropped,
      blindSince: row.blind_since?.toISOString() ?? null,
      blindCause: isCause(row.blind_cause) ? row.blind_cause : null,
    })),
    ...counts,
    blind: blindnessOf(watchers),
    referenceHosts,
  };
}
