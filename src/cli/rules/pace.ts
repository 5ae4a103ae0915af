/** One look at work under way: how much was done at a moment (milliseconds of any clock that only grows). */
export interface Sighting {
  atMs: number;
  done: number;
}

export interface Pace {
  /** Per second, over the last while. */
  rate: number;
  /** Seconds left; undefined when it cannot be said. */
  secondsLeft: number | undefined;
}

const windowMs = 15_000;
const leastMs = 1500;

/** Keeps what the pace is computed from: the last 15 seconds, from where the work last began anew. */
export function addSighting(sightings: Sighting[], next: Sighting): Sighting[] {
  const last = sightings.at(-1);
  if (last && next.done < last.done) return [next];
  return [...sightings.filter((each) => next.atMs - each.atMs <= windowMs), next];
}

/** How fast it goes and how long it still takes. Undefined in the first moments, when nothing sensible can be said. */
export function paceOf(sightings: Sighting[], total: number | undefined): Pace | undefined {
  const first = sightings[0];
  const last = sightings.at(-1);
  if (!first || !last || last.atMs - first.atMs < leastMs) return undefined;
  const rate = ((last.done - first.done) * 1000) / (last.atMs - first.atMs);
  const left = total === undefined ? undefined : Math.max(0, total - last.done);
  return { rate, secondsLeft: left === undefined || rate <= 0 ? undefined : left / rate };
}
