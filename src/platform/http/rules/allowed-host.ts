export interface HostFacts {
  /** The Host header as it came. */
  host: string | undefined;
  /** NACHTWACHT_URL; undefined = none was set. */
  publicUrl: string | undefined;
  /** NACHTWACHT_HOST, what we listen on. */
  listensOn: string;
}

export interface HostVerdict {
  ok: boolean;
  why: 'public' | 'loopback' | 'address' | 'listening' | 'missing' | 'malformed' | 'unknown';
}

/**
 * Whether this Host header may be answered. A name that is not ours is somebody's attempt to have us write his name into a
 * link, or (DNS rebinding) to have a browser read us as if we were his site. Bare addresses cannot be rebound, and are
 * answered as long as no public address was set.
 */
export function judgeHost(facts: HostFacts): HostVerdict {
  const host = facts.host?.toLowerCase();
  if (host === undefined || host === '') return { ok: false, why: 'missing' };
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/.exec(host)?.[1]?.replace(/\.$/, '');
  if (name === undefined) return { ok: false, why: 'malformed' };
  if (name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name))
    return { ok: true, why: 'loopback' };
  if (facts.publicUrl !== undefined) {
    const known = new URL(facts.publicUrl);
    return host === known.host || name === known.hostname ? { ok: true, why: 'public' } : { ok: false, why: 'unknown' };
  }
  if (name === facts.listensOn.toLowerCase()) return { ok: true, why: 'listening' };
  if (name.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return { ok: true, why: 'address' };
  return { ok: false, why: 'unknown' };
}
