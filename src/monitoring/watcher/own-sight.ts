import type { Clock } from '../../platform/clock.ts';
import { blindAfterMs, calmForMs, judgeSight, seeing, type Sight } from '../rules/blind.ts';
import type { EventLog } from './event-log.ts';
import type { References } from './references.ts';
import type { Watch } from './watch.ts';
import type { WatchEvent } from './watch-event.ts';

export interface SightParts {
  clock: Clock;
  watch: Watch;
  references: References;
  events: EventLog<WatchEvent>;
  watcherId: string;
  timeScale: number;
  /** Something should go into the database at once. */
  wake: () => void;
}

/** The share of spoilt checks is counted over so long. */
const windowMs = 60_000;

/** Keeps an eye on the watcher itself: when its own trouble stays, it is blind, and says so. */
export class OwnSight {
  #sight: Sight = seeing;
  #window: { at: number; checks: number; failures: number }[] = [];
  #parts: SightParts;

  constructor(parts: SightParts) {
    this.#parts = parts;
    // An incident of an earlier life of this watcher that nobody ended: it ends when this one sees.
    const told = parts.events.pending().findLast(([, event]) => event.type === 'blind' || event.type === 'sees');
    if (told?.[1].type === 'blind') this.#sight = blindSight(told[1].since);
  }

  get blind(): { since: number; cause: string } | null {
    const { blindSince, cause } = this.#sight;
    return blindSince === null ? null : { since: blindSince, cause: cause ?? 'overload' };
  }

  /** Blind when this life began: as the database had it. */
  restore(since: number | null): void {
    if (since !== null && this.#sight.blindSince === null) this.#sight = blindSight(since);
  }

  /** One look at itself; call it about once a second. Gives how many checks there were since the last. */
  async look(): Promise<number> {
    const { clock, watch, references, events, watcherId, timeScale } = this.#parts;
    const now = clock.now().getTime();
    const signs = watch.takeSigns();
    // While our network is in doubt the references are asked anew: sites alone would not tell that it is back.
    const isDoubted = signs.references === 'failing' || this.#sight.cause === 'own-network';
    const said = isDoubted ? await references.ask() : signs.references;
    this.#window.push({ at: now, checks: signs.checks, failures: signs.resolverFailures });
    this.#window = this.#window.filter((each) => now - each.at < windowMs / timeScale);
    const checks = this.#window.reduce((sum, each) => sum + each.checks, 0);
    const failures = this.#window.reduce((sum, each) => sum + each.failures, 0);
    const step = judgeSight(
      this.#sight,
      {
        overload: watch.overload.pace().blind !== null,
        references: said,
        resolverFailed: checks === 0 ? 0 : failures / checks,
      },
      now,
      { blindAfterMs: blindAfterMs / timeScale, calmForMs: calmForMs / timeScale },
    );
    const { blindSince } = this.#sight;
    this.#sight = step.sight;
    if (step.event === 'blind') {
      const { blindSince: since, cause } = step.sight;
      await events.append({
        type: 'blind',
        at: now,
        watcher: watcherId,
        since: since ?? now,
        cause: cause ?? 'overload',
      });
    }
    if (step.event === 'sees') await events.append({ type: 'sees', at: now, watcher: watcherId });
    if (step.event !== null || blindSince !== step.sight.blindSince) this.#parts.wake();
    return signs.checks;
  }
}

function blindSight(since: number): Sight {
  return { troubleSince: since, cause: 'overload', blindSince: since, calmSince: null };
}
