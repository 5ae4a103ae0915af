import type { Clock } from '../../platform/clock.ts';
import { processName } from '../../platform/config.ts';
import type { Db } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Checker } from '../check/index.ts';
import { DirectAlarm, type DirectRules } from './alarm-directly.ts';
import { keepKit, type EmergencyKit } from './emergency-kit.ts';
import { EventLog } from './event-log.ts';
import { Flush } from './flush.ts';
import { Share } from './keep-share.ts';
import type { AskElsewhere } from './look.ts';
import { OwnSight } from './own-sight.ts';
import { createReferences } from './references.ts';
import { ResultSpool, type SpoolLimits } from './result-spool.ts';
import type { Incidents } from './settle-events.ts';
import { Watch, type LookObserver } from './watch.ts';
import type { WatchEvent } from './watch-event.ts';
import { takeWatchFolder, visitOrphans } from './watch-folder.ts';
import { openWatcherDatabase } from './watcher-database.ts';

export interface WatcherOptions {
  dataFolder: string;
  databaseUrl: string;
  masterKey: Buffer;
  timeScale: number;
  clock: Clock;
  log: Log;
  checker: Checker;
  /** Second locations; closed with the watcher. `db`: the watcher's own connections. */
  openElsewhere: (db: Db) => AskElsewhere & { close(): Promise<void> };
  incidents: Incidents;
  directRules: DirectRules;
  fetchKit: (db: Db) => Promise<EmergencyKit>;
  observers?: readonly LookObserver[];
  spoolLimits?: SpoolLimits;
  /** See rules/maintenance.ts. */
  mayLastMs?: Readonly<Record<string, number>>;
}

export interface RunningWatcher {
  readonly watcherId: string;
  readonly watch: Watch;
  readonly results: ResultSpool;
  /** Hands over and ends: what is not in the database after `graceMs` lies on disk. */
  stop(graceMs?: number): Promise<void>;
}

const checkTimeoutMs = 10_000;
const referenceTimeoutMs = 3000;
const shareAnswerMs = 3000;
const alarmEveryMs = 1000;
const orphansEveryMs = 600_000;
/** A process that is killed loses results of at most so long. */
const writeEveryMs = 250;

/** Puts a watcher together and starts it: it needs no database to begin, only to know what is new. */
export async function runWatcher(options: WatcherOptions): Promise<RunningWatcher> {
  const { clock, log, timeScale } = options;
  const place = await takeWatchFolder(options.dataFolder);
  const { folder, watcherId } = place;
  const database = openWatcherDatabase(options.databaseUrl, { clock, log });
  const results = new ResultSpool(folder, options.spoolLimits);
  const events = new EventLog<WatchEvent>(folder);
  const elsewhere = options.openElsewhere(database.db);
  const references = createReferences({
    clock,
    timeoutMs: referenceTimeoutMs,
    shareMs: shareAnswerMs / timeScale,
  });
  const { incidents } = options;
  const timing = { clock, log, timeScale, watcherId };
  const watch = new Watch({
    ...timing,
    checker: options.checker,
    references,
    elsewhere,
    timeoutMs: checkTimeoutMs / timeScale,
    results,
    events,
    observers: options.observers ?? [],
    onUrgent: () => flush.wake(),
    onTurned: () => share.keepSoon(),
    ...(options.mayLastMs ? { mayLastMs: options.mayLastMs } : {}),
  });
  const now = (): Date => clock.now();
  const flush = new Flush({ ...timing, database, events, results, incidents, now, sites: watch.sites });
  const sight = new OwnSight({ ...timing, watch, references, events, wake: () => flush.wake() });
  const share = new Share({
    ...timing,
    database,
    watch,
    flush,
    sight,
    references,
    results,
    events,
    folder,
    processName: processName(),
  });
  const kit = keepKit({
    clock,
    log,
    folder,
    timeScale,
    masterKey: options.masterKey,
    fetch: () => database.run((db) => options.fetchKit(db)),
  });
  const alarm = new DirectAlarm({
    clock,
    log,
    events,
    timeScale,
    kit: () => kit.current(),
    rules: options.directRules,
  });

  const ending = new AbortController();
  const every = async (ms: number, work: () => Promise<void>): Promise<void> => {
    while (!ending.signal.aborted) {
      await work();
      await clock.sleep(ms, ending.signal).catch(() => {});
    }
  };
  const settleOrphans = (): Promise<void> =>
    visitOrphans(options.dataFolder, async (orphan) => {
      const left = {
        results: new ResultSpool(orphan.folder),
        events: new EventLog<WatchEvent>(orphan.folder),
        watcherId: orphan.watcherId,
      };
      await new Flush({ ...timing, ...left, database, incidents, now, sites: new Map() }).pass({ all: true });
      left.results.close();
      await left.events.close();
    }).catch((error: unknown) => log.debug({ err: error }, 'what other watchers left behind waits'));
  watch.start();
  flush.start();
  share.start();
  kit.start();
  const loops = Promise.all([
    every(alarmEveryMs / timeScale, () => alarm.carryOn()),
    every(orphansEveryMs / timeScale, settleOrphans),
    every(writeEveryMs, () => Promise.resolve(results.write())),
  ]);
  log.info({ watcher: watcherId, spooled: results.pending + events.size }, 'the watch begins');

  let stopping: Promise<void> | undefined;
  const stop = async (graceMs: number): Promise<void> => {
    ending.abort();
    await watch.stop();
    results.sync();
    const handedOver = (async () => {
      await Promise.all([share.stop(), kit.stop(), loops]);
      await flush.stop(graceMs);
      await flush.forget();
      await share.leave();
    })();
    const enough = new AbortController();
    await Promise.race([handedOver.catch(() => {}), clock.sleep(graceMs, enough.signal).catch(() => {})]);
    enough.abort();
    results.close();
    await events.close();
    await elsewhere.close();
    options.checker.close();
    database.giveUp();
    await database.close().catch(() => {});
    await place.release();
    log.info({ watcher: watcherId, left: results.pending + events.size }, 'the watch ends');
  };
  return { watcherId, watch, results, stop: (graceMs = 5000) => (stopping ??= stop(graceMs)) };
}
