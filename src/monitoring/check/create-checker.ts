import type { Clock } from '../../platform/clock.ts';
import type { Checked, CheckTarget } from './checked.ts';

export interface CheckerOptions {
  clock: Clock;
  /** Look at private, loopback and link-local addresses too (NACHTWACHT_ALLOW_PRIVATE). */
  allowPrivate: boolean;
  /** DNS servers as `address` or `address:port`; default: those of this machine. */
  dnsServers?: readonly string[];
  /** Names that tell whether our resolver works when others are silent; default: three of different operators. */
  dnsReferences?: readonly string[];
  /** Longest that an answer of DNS is kept, below its own TTL; default 30 s. Divide by the time scale in tests. */
  dnsCacheMs?: number;
  /** Certificate authorities besides those of Node, PEM. */
  authorities?: readonly string[];
}

export interface Checker {
  /** Never throws: whatever happens is in the outcome. `signal` ends it at once (outcome: own, no-check-yet). */
  check(target: CheckTarget, signal?: AbortSignal): Promise<Checked>;
  close(): void;
}

export function createChecker(_options: CheckerOptions): Checker {
  throw new Error('not there yet');
}
