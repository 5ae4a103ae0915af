import { Gauge } from 'prom-client';
import type { Platform } from '../platform/platform.ts';
import { blindnessOf } from './blindness.ts';
import { countTargets, listWatchers, listWatchRows } from './store.ts';

const phaseNumbers = { well: 0, doubted: 1, back: 2, out: 3 } as const;

/**
 * Metrics of the sites and of the watch itself, read from the database when somebody asks for them, so every process with
 * the role web tells the same. One reading serves all of them.
 */
export function registerWatchMetrics(platform: Pick<Platform, 'db' | 'metrics' | 'config' | 'clock'>): void {
  const { db, metrics, config, clock } = platform;
  const { registry } = metrics;
  if (registry.getSingleMetric('nachtwacht_site_up')) return;
  const all: Gauge[] = [];
  let reading: Promise<void> | undefined;
  const collect = (): Promise<void> =>
    (reading ??= read().finally(() => {
      reading = undefined;
    }));
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => {
    const made = new Gauge({ name: `nachtwacht_${name}`, help, labelNames, registers: [registry], collect });
    all.push(made);
    return made;
  };

  const site = ['site'];
  const up = gauge('site_up', '1: the last look found the site well, 0: not; no value: it cannot be told.', site);
  const phase = gauge('site_phase', 'How the watch sees a site: 0 well, 1 in doubt, 2 coming back, 3 out.', site);
  const response = gauge('site_response_seconds', 'Time of the last answer.', site);
  const certificate = gauge('site_certificate_seconds', 'Until the certificate ends.', site);
  const checked = gauge('site_checked_timestamp_seconds', 'When the site was looked at last.', site);
  const targets = gauge('watch_targets', 'Sites that are to be watched.');
  const unwatched = gauge('watch_unwatched', 'Sites among them that nobody has looked at lately.');
  const watchers = gauge('watch_watchers', 'Watchers that live.');
  const blind = gauge('watch_blind', '1 when the watch cannot see.');
  const watcher = ['watcher'];
  const checks = gauge('watch_checks_per_minute', 'Checks of a watcher.', watcher);
  const lateness = gauge('watch_lateness_seconds', 'How late checks of a watcher begin (p99).', watcher);
  const delay = gauge('watch_loop_delay_seconds', 'Delay of the event loop of a watcher (p99).', watcher);
  const spooled = gauge('watch_spooled', 'Records on disk that are not in the database yet.', watcher);
  const dropped = gauge('watch_dropped', 'Results that had to go because the spool was full.', watcher);

  async function read(): Promise<void> {
    const [rows, lives, counts] = await Promise.all([
      listWatchRows(db),
      listWatchers(db, config.timeScale),
      countTargets(db),
    ]);
    const now = clock.now().getTime();
    for (const each of all) each.reset();
    for (const row of rows) {
      if (!row.enabled || row.checked_at === null) continue;
      const label = { site: row.url };
      if (row.verdict === 'up' || row.verdict === 'down') up.set(label, row.verdict === 'up' ? 1 : 0);
      if (row.phase) phase.set(label, phaseNumbers[row.phase]);
      if (row.total_ms !== null) response.set(label, row.total_ms / 1000);
      if (row.certificate_expires_at !== null) certificate.set(label, (row.certificate_expires_at - now) / 1000);
      checked.set(label, row.checked_at / 1000);
    }
    targets.set(counts.targets);
    unwatched.set(counts.unwatched);
    const alive = lives.filter((each) => each.alive);
    watchers.set(alive.length);
    blind.set(blindnessOf(lives) === null ? 0 : 1);
    for (const one of alive) {
      const label = { watcher: one.process_name };
      checks.set(label, one.checks_a_minute);
      lateness.set(label, one.lateness_ms / 1000);
      delay.set(label, one.loop_delay_ms / 1000);
      spooled.set(label, one.spooled);
      dropped.set(label, one.dropped);
    }
  }
}
