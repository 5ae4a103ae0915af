import type { Clock } from '../../platform/clock.ts';
import { listen } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import { disturbingWork, type OwnWork } from '../rules/maintenance.ts';
import { watcherOf } from '../rules/share-targets.ts';
import { leaseSeconds, listOwnWork, readReferenceHosts } from '../store.ts';
import { keepOnDisk, readKept } from './disk-state.ts';
import type { EventLog } from './event-log.ts';
import type { Flush } from './flush.ts';
import type { OwnSight } from './own-sight.ts';
import type { References } from './references.ts';
import type { ResultSpool } from './result-spool.ts';
import { loadStates } from './state-store.ts';
import type { WatchTarget } from './target.ts';
import type { Watch } from './watch.ts';
import type { WatchEvent } from './watch-event.ts';
import { isAway, type WatcherDatabase } from './watcher-database.ts';
import { beat, leaveWatch, listTargets } from './watcher-store.ts';

export interface ShareParts {
  clock: Clock;
  log: Log;
  database: WatcherDatabase;
  watch: Watch;
  flush: Flush;
  sight: OwnSight;
  references: References;
  results: ResultSpool;
  events: EventLog<WatchEvent>;
  folder: string;
  watcherId: string;
  processName: string;
  timeScale: number;
}

/** Milliseconds, divided by the time scale of tests. */
const tickMs = 1000;
const beatMs = 3000;
const refreshMs = 5000;
const allTargetsMs = 60_000;
const keepMs = 60_000;
const keepSoonMs = 5000;
/** Revisions are given out before their transaction ends, so some may show up late. */
const revisionMargin = 2000;
const statesAtOnce = 1000;

/** Keeps this watcher among the others: its heartbeat, which targets are its share, and what is known of them. */
export class Share {
  #parts: ShareParts;
  #known = new Map<string, WatchTarget>();
  #referenceHosts: string[] = [];
  #live: string[] = [];
  #revision = 0;
  #ending = new AbortController();
  #loop: Promise<void> | undefined;
  #listening: { stop(): Promise<void> } | undefined;
  /** Monotonic moments of what was done last; -Infinity = never. */
  #beaten = Number.NEGATIVE_INFINITY;
  #refreshed = Number.NEGATIVE_INFINITY;
  #readAll = Number.NEGATIVE_INFINITY;
  #kept = Number.NEGATIVE_INFINITY;
  /** Others must have seen us, and let go, before we take anything. */
  #joinsAt = Number.POSITIVE_INFINITY;
  #isStale = false;
  /** Who lives or what is to be watched is other than when the shares were dealt last. */
  #isOther = true;
  #startedAt: Date;
  #keepWanted = false;
  #checks = 0;
  #rates: { at: number; checks: number }[] = [];

  constructor(parts: ShareParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  start(): void {
    const { database, clock } = this.#parts;
    this.#listening = listen(database.url, 'watch_targets', clock, {
      onBegin: () => {},
      onMessage: () => {
        this.#refreshed = Number.NEGATIVE_INFINITY;
      },
    });
    this.#loop = this.#run();
  }

  /** No more targets are taken; the lease is given back by `leave`. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all([this.#loop, this.#listening?.stop()]);
    await this.#keep().catch(() => {});
  }

  async leave(): Promise<void> {
    await this.#parts.database.run((db) => leaveWatch(db, this.#parts.watcherId));
  }

  /** Something happened that a start without the database must know: soon, and not for each of a hundred at once. */
  keepSoon(): void {
    this.#keepWanted = true;
  }

  async #run(): Promise<void> {
    const { clock, log, timeScale, sight } = this.#parts;
    while (!this.#ending.signal.aborted) {
      try {
        this.#checks += await sight.look();
        await this.#tick();
      } catch (error) {
        if (!isAway(error)) log.error({ err: error }, 'keeping the share of the watch failed');
        if (this.#live.length === 0 && this.#known.size === 0) this.#startFromDisk();
      }
      await clock.sleep(tickMs / timeScale, this.#ending.signal).catch(() => {});
    }
  }

  async #tick(): Promise<void> {
    const { clock, timeScale } = this.#parts;
    const isDue = (last: number, everyMs: number): boolean => clock.monotonicMs() - last >= everyMs / timeScale;
    if (isDue(this.#beaten, beatMs)) await this.#beat();
    if (isDue(this.#refreshed, refreshMs)) await this.#refresh(isDue(this.#readAll, allTargetsMs));
    if (clock.monotonicMs() >= this.#joinsAt) await this.#share();
    if (isDue(this.#kept, this.#keepWanted ? keepSoonMs : keepMs)) await this.#keep();
  }

  async #beat(): Promise<void> {
    const { clock, database, watch, sight, results, events, watcherId, processName, timeScale } = this.#parts;
    const pace = watch.overload.pace();
    const { blind } = sight;
    const pulse = {
      id: watcherId,
      processName,
      startedAt: this.#startedAt,
      targets: watch.sites.size,
      checksAMinute: this.#checksAMinute(),
      latenessMs: Math.round(pace.lateness.p99),
      loopDelayMs: Math.round(pace.loopDelayMs),
      blindSince: blind === null ? null : new Date(blind.since),
      blindCause: blind?.cause ?? null,
      spooled: results.pending + events.size,
      dropped: results.dropped,
    };
    const before = this.#beaten;
    const live = await database.run((db) => beat(db, pulse, timeScale));
    if (live.join() !== this.#live.join()) this.#isOther = true;
    this.#live = live;
    this.#beaten = clock.monotonicMs();
    if (this.#joinsAt === Number.POSITIVE_INFINITY) {
      const isAlone = this.#live.every((id) => id === watcherId);
      this.#joinsAt = this.#beaten + (isAlone || watch.sites.size > 0 ? 0 : (2 * beatMs) / timeScale);
    }
    // Others thought us dead, and may have seen our sites since.
    if (this.#beaten - before > (leaseSeconds * 1000) / timeScale) this.#isStale = watch.sites.size > 0;
  }

  async #refresh(isAll: boolean): Promise<void> {
    const { clock, database, references, watch } = this.#parts;
    this.#refreshed = clock.monotonicMs();
    try {
      const [targets, work, hosts] = await database.run((db) =>
        Promise.all([
          listTargets(db, isAll ? 0 : this.#revision - revisionMargin),
          listOwnWork(db, disturbingWork),
          readReferenceHosts(db),
        ]),
      );
      if (isAll) this.#forgetAllBut(targets);
      for (const { wanted, ...target } of targets) {
        this.#revision = Math.max(this.#revision, target.revision);
        const before = this.#known.get(target.id);
        if (wanted ? before?.revision === target.revision : before === undefined) continue;
        this.#isOther = true;
        if (wanted) this.#known.set(target.id, target);
        else this.#known.delete(target.id);
      }
      this.#referenceHosts = hosts;
      references.setHosts(hosts);
      const bySite = new Map<string, OwnWork[]>();
      for (const { site_id: site, saga, started_at: at } of work) {
        bySite.set(site, [...(bySite.get(site) ?? []), { saga, startedAt: at.getTime() }]);
      }
      watch.setOwnWork(bySite);
    } catch (error) {
      this.#refreshed = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  /** Targets that are gone from the database altogether. */
  #forgetAllBut(targets: readonly WatchTarget[]): void {
    this.#readAll = this.#refreshed;
    const there = new Set(targets.map((target) => target.id));
    for (const id of this.#known.keys()) {
      if (there.has(id)) continue;
      this.#known.delete(id);
      this.#isOther = true;
    }
  }

  /** Takes what is ours now, and gives away what is not. */
  async #share(): Promise<void> {
    const { watch, watcherId, flush } = this.#parts;
    if (this.#isStale) await this.#catchUp();
    if (!this.#isOther) return;
    const lost: string[] = [];
    for (const id of watch.sites.keys()) {
      if (!this.#known.has(id) || watcherOf(id, this.#live) !== watcherId) lost.push(id);
    }
    if (lost.length > 0) {
      await flush.release(watch.giveAway(lost));
      for (const id of lost) watch.drop(id);
    }
    const gained: WatchTarget[] = [];
    for (const target of this.#known.values()) {
      const has = watch.sites.get(target.id);
      if (has) {
        if (has.target.revision !== target.revision) watch.take(target, undefined);
      } else if (watcherOf(target.id, this.#live) === watcherId) gained.push(target);
    }
    await this.#takeAll(gained);
    this.#isOther = false;
    if (gained.length > 0 || lost.length > 0) {
      this.#parts.log.info(
        { targets: watch.sites.size, gained: gained.length, lost: lost.length },
        'the share changed',
      );
      this.#kept = Number.NEGATIVE_INFINITY;
    }
  }

  async #takeAll(gained: readonly WatchTarget[]): Promise<void> {
    const { database, watch } = this.#parts;
    for (let at = 0; at < gained.length; at += statesAtOnce) {
      const some = gained.slice(at, at + statesAtOnce);
      const states = await database.run((db) => loadStates(db, some));
      for (const target of some) watch.take(target, states.get(target.id)?.state);
    }
  }

  /** After a time in which our lease had run out: what others saw of our sites counts. */
  async #catchUp(): Promise<void> {
    const { database, watch, watcherId } = this.#parts;
    const sites = [...watch.sites.values()];
    for (let at = 0; at < sites.length; at += statesAtOnce) {
      const some = sites.slice(at, at + statesAtOnce);
      const states = await database.run((db) =>
        loadStates(
          db,
          some.map((site) => site.target),
        ),
      );
      for (const site of some) {
        const found = states.get(site.target.id);
        const isNewer = (found?.state.checkedAt ?? 0) > (site.state.checkedAt ?? 0);
        if (found && isNewer && found.watcherId !== watcherId) watch.adopt(site, found.state);
      }
    }
    this.#isStale = false;
  }

  #startFromDisk(): void {
    const { watch, references, events, folder, log } = this.#parts;
    const kept = readKept(
      folder,
      events.pending().map(([, event]) => event),
      log,
    );
    if (!kept) return;
    const states = new Map(kept.states.map((state) => [state.targetId, state]));
    references.setHosts(kept.references);
    for (const target of kept.targets) {
      this.#known.set(target.id, target);
      watch.take(target, states.get(target.id));
    }
    log.warn({ targets: kept.targets.length }, 'the database is away: the watch begins with what it kept on disk');
  }

  async #keep(): Promise<void> {
    const { clock, watch, folder } = this.#parts;
    const sites = [...watch.sites.values()].filter((site) => !site.isGivenAway);
    if (sites.length === 0 && this.#known.size === 0) return;
    this.#kept = clock.monotonicMs();
    this.#keepWanted = false;
    await keepOnDisk(folder, {
      targets: sites.map((site) => site.target),
      states: sites.map((site) => site.state),
      references: this.#referenceHosts,
    });
  }

  #checksAMinute(): number {
    const { clock, timeScale } = this.#parts;
    const now = clock.monotonicMs();
    this.#rates.push({ at: now, checks: this.#checks });
    this.#checks = 0;
    this.#rates = this.#rates.filter((each) => now - each.at <= 60_000 / timeScale);
    const sum = this.#rates.reduce((total, each) => total + each.checks, 0);
    return Math.round(sum / timeScale);
  }
}
