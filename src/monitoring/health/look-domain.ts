import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import type { DomainLook } from './rules/judge-domain.ts';
import type { Registration } from './rdap.ts';

export interface DomainSources {
  /** Of a zone; null = DNS does not answer; empty = no such zone. */
  nameServers(name: string): Promise<string[] | null>;
  registry(name: string, signal: AbortSignal): Promise<Registration | null>;
}

/**
 * Looks at the domain of a host. Its zone is the first name upwards that has name servers of its own: no list of public
 * suffixes is needed. null = an address, or a name without a dot.
 */
export async function lookDomain(
  sources: DomainSources,
  host: string,
  known: string | null,
  signal: AbortSignal,
): Promise<DomainLook | null> {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0 || !host.includes('.')) return null;
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  let isSilent = false;
  for (let at = 0; at < labels.length - 1; at++) {
    const name = labels.slice(at).join('.');
    const found = await sources.nameServers(name);
    if (found === null) isSilent = true;
    else if (found.length > 0) return { name, nameServers: found, registry: await sources.registry(name, signal) };
  }
  // Gone, or DNS is silent: what is known of it goes on.
  const name = known ?? labels.slice(-2).join('.');
  return { name, nameServers: isSilent ? null : [], registry: await sources.registry(name, signal) };
}

/** DNS through c-ares. `servers` as `address` or `address:port`; default: those of this machine. */
export function dnsNameServers(servers?: readonly string[]): DomainSources['nameServers'] {
  const resolver = new dns.Resolver({ timeout: 3000, tries: 2 });
  if (servers !== undefined) resolver.setServers([...servers]);
  return async (name) => {
    try {
      const found = await resolver.resolveNs(name);
      return found.map((one) => one.toLowerCase().replace(/\.$/, '')).toSorted();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : null;
    }
  };
}
