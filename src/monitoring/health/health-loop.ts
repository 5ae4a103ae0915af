import type { DueLoop } from '../../platform/due/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { disturbingWork } from '../rules/maintenance.ts';
import { listOwnWork } from '../store.ts';
import { addNewSites, listDue, postpone, type DueSite } from './health-store.ts';
import { lookAtSite, lookEvery, type Eyes } from './look-at-site.ts';
import { openEyes } from './open-eyes.ts';

/** So many sites are looked at at once; a look takes some 20 ms, at most some 100 s. */
const atOnce = 40;
const roundMs = 1000;
const newSitesMs = 10_000;
const ownWorkMs = 60_000;

/**
 * The process that holds this loop's lock asks all paired sites how they are: each once a minute at its own second, its
 * page every hour, its domain every day. It goes on until it ends or the database is lost; then the next process does.
 */
export const healthLoop: DueLoop = {
  name: 'site-health',
  everyMs: roundMs,
  run: async (platform, signal) => {
    const eyes = openEyes(platform);
    try {
      await lookWhile(platform, eyes, signal);
    } finally {
      eyes.close();
    }
  },
};

async function lookWhile(platform: Platform, eyes: Eyes, signal: AbortSignal): Promise<void> {
  const { clock, config, db } = platform;
  const scale = config.timeScale;
  const busy = new Map<string, Promise<void>>();
  // A round that fails ends all: looks under way must not go on beside those of the next process.
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  let addedAt = Number.NEGATIVE_INFINITY;
  try {
    while (!signal.aborted) {
      const now = clock.now();
      if (clock.monotonicMs() - addedAt > newSitesMs / scale) {
        addedAt = clock.monotonicMs();
        const { healthMs, pageMs, domainMs } = lookEvery;
        // The first page and domain are looked at within ten minutes: what is learnt from them is wanted soon.
        const soon = (ms: number): number => Math.min(ms, 600_000) / scale;
        await addNewSites(db, now, { health: healthMs / scale, page: soon(pageMs), domain: soon(domainMs) });
      }
      if (busy.size < atOnce) {
        const work = new Set((await listOwnWork(db, disturbingWork)).map((each) => each.site_id));
        for (const site of await listDue(db, now, atOnce - busy.size, [...busy.keys()])) {
          const looking = work.has(site.id)
            ? postpone(db, site.id, new Date(now.getTime() + ownWorkMs / scale))
            : lookAtSite(platform, eyes, site, stop);
          busy.set(
            site.id,
            settle(platform, site, looking).finally(() => busy.delete(site.id)),
          );
        }
      }
      await clock.sleep(roundMs / Math.min(scale, 10), signal).catch(() => {});
    }
  } finally {
    ending.abort();
    await Promise.allSettled(busy.values());
  }
}

/** One site's trouble is not another's. */
async function settle(platform: Platform, site: DueSite, looking: Promise<void>): Promise<void> {
  try {
    await looking;
  } catch (error) {
    platform.log.error({ err: error, site: site.id }, 'a look at the health of a site failed');
    const until = new Date(platform.clock.now().getTime() + lookEvery.healthMs / platform.config.timeScale);
    await postpone(platform.db, site.id, until).catch(() => {});
  }
}
