import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log.ts';
import type { ResultSpool, Segment } from './result-spool.ts';
import { settleEvents, type SettleParts } from './settle-events.ts';
import { saveStates } from './state-store.ts';
import { ensureDays, storeResults, type WaitingResults } from './store-results.ts';
import type { WatchedSite } from './watched-site.ts';
import { isAway } from './watcher-database.ts';
import { forgetFlushed } from './watcher-store.ts';

export interface FlushParts extends SettleParts {
  clock: Clock;
  log: Log;
  results: ResultSpool;
  sites: ReadonlyMap<string, WatchedSite>;
}

/** A pack holds the checks of so long, unless the site's state changes. */
const packMs = 300_000;
/** The state of a site that goes on as it was is stored so often. */
const stateMs = 60_000;
const lookEveryMs = 1000;
const sitesAtOnce = 500;
/** So many results wait in memory; more are read from disk when the database is back. */
const hotAtMost = 200_000;

/** Carries what the watch saw from memory and disk into the database, for as long as it is not stopped. */
export class Flush {
  #parts: FlushParts;
  #days = new Set<string>();
  #wake: () => void = () => {};
  #isWoken = false;
  #ending = new AbortController();
  #loop: Promise<void> | undefined;
  /** One pass at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: FlushParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something cannot wait. */
  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  /** Stores everything, for `graceMs` at most, and ends. What is left lies on disk. */
  async stop(graceMs: number): Promise<void> {
    this.#ending.abort();
    this.#wake();
    await this.#loop;
    const enough = new AbortController();
    await Promise.race([
      this.pass({ all: true }).catch(() => {}),
      this.#parts.clock.sleep(graceMs, enough.signal).catch(() => {}),
    ]);
    enough.abort();
  }

  /** How far this life's spool is stored matters to nobody once all of it is. */
  async forget(): Promise<void> {
    const { database, results } = this.#parts;
    if (results.pending === 0) await database.run((db) => forgetFlushed(db, [this.#spoolOf(results.run)]));
  }

  /** One pass: events first, then what earlier lives left on disk, then packs and states that are due (`all`: every one). */
  pass(options: { all?: boolean } = {}): Promise<void> {
    const pass = this.#turn.then(() => this.#pass(options));
    this.#turn = pass.catch(() => {});
    return pass;
  }

  async #pass(options: { all?: boolean }): Promise<void> {
    const { results } = this.#parts;
    results.write();
    const refused = await settleEvents(this.#parts);
    for (const segment of results.coldSegments()) {
      if (this.#ending.signal.aborted && options.all !== true) return;
      await this.#storeCold(segment);
    }
    await this.#storeHot(options.all === true, refused);
  }

  /** What is left of sites that are given away, before another watcher takes them. */
  async release(sites: readonly WatchedSite[]): Promise<void> {
    for (const site of sites) site.isUrgent = true;
    await this.pass();
  }

  async #run(): Promise<void> {
    const { log, timeScale } = this.#parts;
    let pause = lookEveryMs / timeScale;
    while (!this.#ending.signal.aborted) {
      try {
        await this.pass();
        pause = lookEveryMs / timeScale;
      } catch (error) {
        if (!isAway(error)) log.error({ err: error }, 'storing what the watch saw failed');
        pause = Math.min(5000, pause * 2);
        this.#keepMemorySmall();
        this.#isWoken = false;
      }
      await this.#sleep(pause);
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#isWoken) {
      this.#isWoken = false;
      // Events that come together go together.
      await this.#parts.clock.sleep(Math.min(50, ms), this.#ending.signal).catch(() => {});
      return;
    }
    const timer = new AbortController();
    const woken = Promise.withResolvers<void>();
    this.#wake = woken.resolve;
    const signal = AbortSignal.any([timer.signal, this.#ending.signal]);
    await Promise.race([woken.promise, this.#parts.clock.sleep(ms, signal).catch(() => {})]);
    timer.abort();
    this.#isWoken = false;
  }

  /** The disk holds them all: memory keeps none while the database is away for long. */
  #keepMemorySmall(): void {
    const { results, sites } = this.#parts;
    let hot = 0;
    for (const site of sites.values()) hot += site.hot.length;
    if (hot < hotAtMost) return;
    results.spill();
    for (const site of sites.values()) {
      site.hot = [];
      site.seqs = [];
    }
  }

  async #storeHot(all: boolean, refused: ReadonlySet<string>): Promise<void> {
    const { clock, timeScale } = this.#parts;
    const now = clock.now().getTime();
    const monotonic = clock.monotonicMs();
    const due = [...this.#parts.sites.values()].filter((site) => {
      if (refused.has(site.target.id)) return false;
      if (all || site.isUrgent) return site.hot.length > 0 || site.dirtySince !== null;
      if (now - (site.hot[0]?.at ?? now) >= packMs / timeScale) return true;
      return site.dirtySince !== null && monotonic - site.dirtySince >= stateMs / timeScale;
    });
    for (let at = 0; at < due.length; at += sitesAtOnce) {
      await this.#storeSome(due.slice(at, at + sitesAtOnce), now, all);
    }
  }

  async #storeSome(sites: readonly WatchedSite[], now: number, all: boolean): Promise<void> {
    const { database, results, watcherId, timeScale, clock } = this.#parts;
    const taken = sites.map((site) => {
      const isDue = all || site.isUrgent || now - (site.hot[0]?.at ?? now) >= packMs / timeScale;
      return { site, state: site.state, checks: isDue ? [...site.hot] : [], seqs: isDue ? [...site.seqs] : [] };
    });
    const waiting: WaitingResults[] = taken
      .filter((each) => each.checks.length > 0)
      .map(({ site, checks, seqs }) => ({ no: site.target.no, checks, seqs }));
    await database.run(async (db) => {
      await ensureDays(db, waiting, this.#days);
      await db.transaction().execute(async (trx) => {
        await storeResults(trx, this.#spoolOf(results.run), waiting);
        await saveStates(
          trx,
          watcherId,
          taken.map((each) => each.state),
          clock.now(),
        );
      });
    });
    for (const { site, state, checks, seqs } of taken) {
      // A spill may have emptied it meanwhile: only what still stands at the front goes.
      if (checks.length > 0 && site.seqs[0] === seqs[0]) {
        site.hot.splice(0, checks.length);
        site.seqs.splice(0, seqs.length);
        results.release(seqs);
      }
      if (site.state !== state) continue;
      site.dirtySince = null;
      site.isUrgent = false;
    }
  }

  /** Results of an earlier life, or of a time in which the database was away. */
  async #storeCold(segment: Segment): Promise<void> {
    const { database, results } = this.#parts;
    const byTarget = Map.groupBy(results.read(segment), (record) => record.no);
    const waiting = Array.from(byTarget, ([no, records]) => ({
      no,
      checks: records.map((record) => record.result),
      seqs: records.map((record) => record.seq),
    }));
    const spool = this.#spoolOf(segment.run);
    for (let at = 0; at < waiting.length; at += sitesAtOnce) {
      const some = waiting.slice(at, at + sitesAtOnce);
      await database.run(async (db) => {
        await ensureDays(db, some, this.#days);
        await db.transaction().execute((trx) => storeResults(trx, spool, some));
      });
    }
    results.remove(segment);
    if (segment.run !== results.run && !results.runs().has(segment.run)) {
      await database.run((db: Db) => forgetFlushed(db, [spool]));
    }
  }

  #spoolOf(run: string): string {
    return `${this.#parts.watcherId}.${run}`;
  }
}
