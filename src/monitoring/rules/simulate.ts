import { confirm, defaultPolicy, unwatched, type ConfirmPolicy, type Watched } from './confirm.ts';

/** One short trouble: from when, how long, and what of the world it hits. Milliseconds. */
export interface Trouble {
  from: number;
  forMs: number;
  /** site: nobody reaches it. here/elsewhere: the path from that location. ours: our whole network. */
  hits: 'site' | 'here' | 'elsewhere' | 'ours';
}

export interface Played {
  /** Confirmed outages, with the time at which somebody would be woken. */
  opened: number[];
  looks: number;
}

/**
 * Plays troubles through the rule, look by look, as the watch would have seen them. Times between troubles are leapt
 * over (nothing can happen there), so that years take seconds. `troubles` in order of time.
 */
export function play(
  troubles: readonly Trouble[],
  options: { phaseMs: number; secondLocation: boolean; policy?: ConfirmPolicy },
): Played {
  const policy = options.policy ?? defaultPolicy;
  const played: Played = { opened: [], looks: 0 };
  let state: Watched = unwatched;
  let at = options.phaseMs;
  let asked = false;
  let first = 0;
  for (;;) {
    while (first < troubles.length && endOf(troubles[first]) <= at) first += 1;
    const next = troubles[first];
    if (state.phase === 'well') {
      if (next === undefined) return played;
      // The next look that could meet it.
      const idle = Math.floor((next.from - at) / policy.intervalMs);
      if (idle > 0) at += idle * policy.intervalMs;
    }
    const hit = (what: Trouble['hits']): boolean => {
      for (let i = first; i < troubles.length; i += 1) {
        const one = troubles[i];
        if (one === undefined || one.from > at) return false;
        if (one.hits === what && endOf(one) > at) return true;
      }
      return false;
    };
    const isDown = hit('site');
    const ours = hit('ours');
    const look = confirm(
      state,
      {
        at,
        here: isDown || ours || hit('here') ? { verdict: 'down', cause: 'unreachable', detail: '' } : { verdict: 'up' },
        elsewhere: !asked || !options.secondLocation || ours ? 'none' : isDown || hit('elsewhere') ? 'down' : 'up',
        references: asked ? (ours ? 'failing' : 'fine') : 'none',
      },
      policy,
    );
    played.looks += 1;
    if (look.event === 'opened') played.opened.push(at);
    state = look.state;
    asked = look.askOthers;
    at += look.nextInMs;
  }
}

function endOf(trouble: Trouble | undefined): number {
  return trouble === undefined ? Number.POSITIVE_INFINITY : trouble.from + trouble.forMs;
}
