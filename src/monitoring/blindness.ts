import type { WatchPage } from './contract.ts';
import { isCause } from './shown-watch.ts';
import type { WatcherRow } from './store.ts';

/** Why the watch as a whole cannot see: nobody watches, or all who do are blind. Null = it sees. */
export function blindnessOf(watchers: readonly WatcherRow[]): WatchPage['blind'] {
  const alive = watchers.filter((each) => each.alive);
  if (alive.length === 0) {
    const last = watchers.reduce((most, each) => Math.max(most, each.heartbeat_at.getTime()), 0);
    return { cause: 'no-watcher', since: last === 0 ? null : new Date(last).toISOString() };
  }
  const blind = alive.filter((each) => each.blind_since !== null);
  if (blind.length < alive.length) return null;
  const first = blind.toSorted((a, b) => (a.blind_since?.getTime() ?? 0) - (b.blind_since?.getTime() ?? 0))[0];
  return {
    cause: isCause(first?.blind_cause) ? first.blind_cause : 'overload',
    since: first?.blind_since?.toISOString() ?? null,
  };
}
