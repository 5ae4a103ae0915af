import type { OwnCause } from '../../rules/verdict.ts';

/** Errors of connecting that come from this machine: out of sockets, memory or ports; not let out. */
const own: Record<string, OwnCause> = {
  EMFILE: 'overload',
  ENFILE: 'overload',
  ENOBUFS: 'overload',
  ENOMEM: 'overload',
  EADDRNOTAVAIL: 'overload',
  EADDRINUSE: 'overload',
  ENETDOWN: 'own-network',
  EACCES: 'own-network',
  EPERM: 'own-network',
};

/** Whether an error of the connection is ours rather than the site's; null = it is the site's. */
export function ownTrouble(code: string, facts: { isIpv6: boolean; hasIpv6: boolean }): OwnCause | null {
  // A site that has IPv6 only, seen from a machine that has none.
  if (facts.isIpv6 && !facts.hasIpv6 && (code === 'ENETUNREACH' || code === 'EHOSTUNREACH' || code === 'EADDRNOTAVAIL'))
    return 'own-network';
  return own[code] ?? null;
}
