import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Checked } from '../check/index.ts';
import { judgeMaintenance, type OwnWork } from '../rules/maintenance.ts';
import { firstDue } from '../rules/share-targets.ts';
import type { Verdict } from '../rules/verdict.ts';
import { createOverload, createWheel, type Overload, type Wheel } from '../wheel/index.ts';
import type { EventLog } from './event-log.ts';
import { lookAt, type Looked, type LookParts } from './look.ts';
import type { ResultSpool } from './result-spool.ts';
import type { TargetState, WatchTarget } from './target.ts';
import type { SeenOutage, WatchEvent } from './watch-event.ts';
import { forgetLearnt, newWatchedSite, policyOf, type WatchedSite } from './watched-site.ts';

/** Somebody who wants to see each page that a check brought: `verdict` says whether it was the site's own. Must be quick. */
export type LookObserver = (target: WatchTarget, checked: Checked, verdict: Verdict) => void;

export interface WatchOptions extends Omit<LookParts, 'overload'> {
  clock: Clock;
  log: Log;
  watcherId: string;
  timeScale: number;
  results: ResultSpool;
  events: EventLog<WatchEvent>;
  observers?: readonly LookObserver[];
  /** Something should go into the database at once. */
  onUrgent: () => void;
  /** An outage began or ended: what lies on disk for a start without the database is out of date. */
  onTurned: () => void;
  /** How long our own work may keep a site from answering; see rules/maintenance.ts. */
  mayLastMs?: Readonly<Record<string, number>>;
}

/** First looks at what was missed are spread over so long. */
const spreadMs = 5000;

/** Watches its share of the sites: no database here. What follows goes into the spool, and from there into the database. */
export class Watch {
  readonly sites = new Map<string, WatchedSite>();
  readonly wheel: Wheel;
  readonly overload: Overload;
  /** Outcomes of the last looks, for what the watcher says of itself. */
  #checks = 0;
  #resolverFailures = 0;
  #references: 'fine' | 'failing' | 'none' = 'none';
  #work = new Map<string, OwnWork[]>();
  #ending = new AbortController();
  #options: WatchOptions;
  #parts: LookParts;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.wheel = createWheel({ clock: options.clock, onDue: (id) => this.#turn(id) });
    this.overload = createOverload({ clock: options.clock, wheel: this.wheel });
    this.#parts = { ...options, overload: this.overload };
  }

  start(): void {
    this.wheel.start();
    this.overload.start();
  }

  /** No more looks begin, those under way are given up. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.wheel.stop();
    this.overload.stop();
  }

  /** Takes a target over, going on from a state that somebody stored; or takes what was changed of one that it has. */
  take(target: WatchTarget, state: TargetState | undefined): void {
    const { clock, timeScale } = this.#options;
    const has = this.sites.get(target.id);
    if (has?.isGivenAway) this.sites.delete(target.id);
    else if (has) return this.#change(has, target);
    const site = newWatchedSite(target, state, timeScale);
    this.sites.set(target.id, site);
    const now = clock.now().getTime();
    const { intervalMs, confirmMs } = site.policy;
    const lastCheckAt = site.state.checkedAt;
    const due = firstDue({ id: target.id, intervalMs, lastCheckAt }, now, spreadMs / timeScale);
    const isCalm = site.state.watched.phase === 'well' || site.state.watched.phase === 'out';
    const soonest = isCalm ? due : Math.min(due, Math.max(now, (lastCheckAt ?? now) + confirmMs));
    this.wheel.schedule(target.id, soonest - now);
  }

  /** No look at these begins any more; what is left of them goes into the database, then they are dropped. */
  giveAway(ids: readonly string[]): WatchedSite[] {
    return ids.flatMap((id) => {
      const site = this.sites.get(id);
      this.wheel.remove(id);
      if (!site) return [];
      site.isGivenAway = true;
      return [site];
    });
  }

  /** Another watcher saw the site since this one did: go on from what that one knew. */
  adopt(site: WatchedSite, state: TargetState): void {
    site.state = state;
    site.asksOthers = state.watched.phase === 'doubted';
  }

  drop(id: string): void {
    this.wheel.remove(id);
    this.sites.delete(id);
  }

  /** Work of our own that runs now, by site. A site whose work ended while it is out is looked at at once. */
  setOwnWork(work: Map<string, OwnWork[]>): void {
    const ended = [...this.#work.keys()].filter((id) => !work.has(id));
    this.#work = work;
    for (const id of ended) {
      const site = this.sites.get(id);
      if (site?.state.watched.phase === 'out') this.#lookSoon(site);
    }
  }

  /** Signs of trouble of our own since the last call: checks, how many of them our resolver spoilt, what references said. */
  takeSigns(): { checks: number; resolverFailures: number; references: 'fine' | 'failing' | 'none' } {
    const signs = { checks: this.#checks, resolverFailures: this.#resolverFailures, references: this.#references };
    this.#checks = 0;
    this.#resolverFailures = 0;
    this.#references = 'none';
    return signs;
  }

  #change(site: WatchedSite, target: WatchTarget): void {
    const { timeScale } = this.#options;
    const before = site.target;
    site.target = target;
    forgetLearnt(site, before.url !== target.url);
    if (before.intervalMs !== target.intervalMs) {
      site.policy = policyOf(target.intervalMs, timeScale);
      this.wheel.scheduleTurn(target.id, site.policy.intervalMs);
    }
    const isAsked = target.checkAskedAt !== null && target.checkAskedAt !== before.checkAskedAt;
    if (isAsked || before.url !== target.url) this.#lookSoon(site);
  }

  #lookSoon(site: WatchedSite): void {
    if (site.isLooking) site.again = true;
    else this.wheel.schedule(site.target.id, 0);
  }

  async #turn(id: string): Promise<void> {
    const site = this.sites.get(id);
    if (!site || site.isLooking || site.isGivenAway) return;
    const { clock, log } = this.#options;
    const began = clock.monotonicMs();
    site.isLooking = true;
    let nextInMs = site.policy.intervalMs;
    try {
      const looked = await lookAt(site, this.#parts, this.#ending.signal);
      // Given away or ended meanwhile: whoever has it now looks for himself.
      if (this.sites.get(id) !== site || this.#ending.signal.aborted) return;
      nextInMs = looked.step.nextInMs;
      await this.#keep(site, looked);
    } catch (error) {
      log.error({ err: error, target: id }, 'a look failed');
    } finally {
      site.isLooking = false;
      if (this.sites.get(id) === site && !site.isGivenAway) this.#schedule(site, nextInMs, clock.monotonicMs() - began);
    }
  }

  #schedule(site: WatchedSite, nextInMs: number, elapsedMs: number): void {
    const { id } = site.target;
    const { intervalMs } = site.policy;
    if (site.again) this.wheel.schedule(id, 0);
    // In calm a site keeps its own place in the interval, whatever happened before.
    else if (nextInMs >= intervalMs) this.wheel.scheduleTurn(id, intervalMs, Math.max(0, intervalMs / 2 - elapsedMs));
    else this.wheel.schedule(id, Math.max(0, nextInMs - elapsedMs));
    site.again = false;
  }

  /** Everything up to the first `await` is one step: a flush sees the new state together with its event. */
  async #keep(site: WatchedSite, looked: Looked): Promise<void> {
    const { results, events, clock, observers = [], onUrgent, onTurned } = this.#options;
    const { target, state: before } = site;
    const { step, state } = looked;
    this.#count(looked);
    const own = judgeMaintenance(looked.at, this.#work.get(target.siteId ?? '') ?? [], this.#longest());
    const happened = this.#eventsOf(site, looked, own.inMaintenance ? own.until : null);
    site.state = { ...state, maintained: isMaintained(before, looked, own.inMaintenance) };
    site.asksOthers = step.askOthers;
    site.seqs.push(results.append(target.no, looked.result));
    site.hot.push(looked.result);
    site.dirtySince ??= clock.monotonicMs();
    const isOther = before.watched.phase !== state.watched.phase || before.verdict !== state.verdict;
    site.isUrgent ||= isOther || (target.checkAskedAt !== null && target.checkAskedAt > (before.checkedAt ?? 0));
    if (happened.some((event) => event.type === 'opened' || event.type === 'resolved')) onTurned();
    const written = happened.map((event) => events.append(withState(event, site.state)));
    for (const observe of observers) observe(target, looked.checked, looked.here);
    await Promise.all(written);
    if (site.isUrgent || written.length > 0) onUrgent();
  }

  #count({ checked, references, here }: Looked): void {
    this.#checks += 1;
    if (checked.outcome.kind === 'own' && checked.outcome.code === 'own-resolver') this.#resolverFailures += 1;
    // A site that answers shows that our network works, whatever the references say.
    if (references !== 'none' && this.#references !== 'fine') this.#references = references;
    if (here.verdict === 'up' && references === 'failing') this.#references = 'fine';
  }

  #longest(): Readonly<Record<string, number>> | undefined {
    return this.#options.mayLastMs;
  }

  #eventsOf(site: WatchedSite, looked: Looked, quietUntil: number | null): WatchEvent[] {
    const { target, state: before } = site;
    const { at, step, state, here } = looked;
    const { id: targetId, siteId } = target;
    const { watched } = before;
    const happened: WatchEvent[] = [];
    const toldAt = this.#options.clock.now().getTime();
    const isOver = step.event === 'blip' || step.event === 'opened';
    if (watched.partialTold && isOver) happened.push({ type: 'partial-over', at, targetId });
    if (here.verdict === 'down') {
      const firstFailureAt = step.state.firstFailureAt ?? at;
      const { cause, detail } = here;
      const seen: SeenOutage = {
        targetId,
        siteId,
        kind: target.kind === 'drill' ? 'drill' : 'outage',
        url: target.url,
        firstFailureAt,
        confirmedAt: at,
        cause,
        detail,
        reason: step.reason,
        address: state.address,
        watcher: this.#options.watcherId,
        inMaintenance: quietUntil !== null,
        quietUntil,
      };
      if (step.event === 'opened') happened.push({ type: 'opened', at, toldAt, seen, state, afterWork: false });
      // Our own work is over, or lasts too long, and the site is still out: now somebody must know.
      else if (before.maintained && quietUntil === null && step.reason.code === 'still-out') {
        happened.push({ type: 'opened', at, toldAt, seen, state, afterWork: true });
      }
      if (step.event === 'partial')
        happened.push({ type: 'partial', at, targetId, siteId, firstFailureAt, cause, detail });
    }
    if (step.event === 'resolved') {
      happened.push({ type: 'resolved', at, targetId, fixedAt: watched.firstSuccessAt ?? at, state });
    }
    return happened;
  }
}

/** Whether the outage that goes on is one that nobody was alarmed about, because our own work explains it. */
function isMaintained(before: TargetState, { step }: Looked, inMaintenance: boolean): boolean {
  if (step.state.phase === 'well') return false;
  if (step.event === 'opened') return inMaintenance;
  return before.maintained && (inMaintenance || step.reason.code !== 'still-out');
}

function withState(event: WatchEvent, state: TargetState): WatchEvent {
  return 'state' in event && event.type !== 'sent' ? { ...event, state } : event;
}
