export interface OriginFacts {
  method: string;
  /** The headers of these names; `marker` = x-nachtwacht. */
  origin: string | undefined;
  fetchSite: string | undefined;
  marker: string | undefined;
  /** Ours: scheme, host and port. */
  ownOrigins: readonly string[];
}

export interface OriginVerdict {
  ok: boolean;
  why: 'same-origin' | 'by-hand' | 'reads' | 'no-browser' | 'other-origin' | 'other-site' | 'no-origin' | 'no-marker';
}

const readers = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that a browser signed with its cookie was made by our own pages (no cross-site request forgery). What
 * changes something must prove it: an Origin of ours, or Sec-Fetch-Site `same-origin`, and a header that a form of another
 * site cannot send. What only reads must not be known to come from elsewhere.
 */
export function judgeCookieRequest(facts: OriginFacts): OriginVerdict {
  const came = whereFrom(facts);
  if (!came.ok && came.why !== 'no-origin') return came;
  if (readers.has(facts.method)) return came.ok ? came : { ok: true, why: 'reads' };
  if (came.why === 'by-hand' || came.why === 'no-origin') return { ok: false, why: 'no-origin' };
  return facts.marker === '1' ? came : { ok: false, why: 'no-marker' };
}

/** The same for sign-in itself, where there is no cookie yet: whoever names an origin must name ours. */
export function judgeSignInRequest(facts: Omit<OriginFacts, 'marker'> & { hasCookie: boolean }): OriginVerdict {
  // A link in a mail to a page under /api/auth comes from elsewhere; it only reads.
  if (readers.has(facts.method)) return { ok: true, why: 'reads' };
  const came = whereFrom(facts);
  if (came.why === 'by-hand' || came.why === 'no-origin')
    return facts.hasCookie ? { ok: false, why: 'no-origin' } : { ok: true, why: 'no-browser' };
  return came;
}

function whereFrom(facts: Pick<OriginFacts, 'origin' | 'fetchSite' | 'ownOrigins'>): OriginVerdict {
  const { origin, fetchSite, ownOrigins } = facts;
  if (origin !== undefined && !ownOrigins.includes(origin.toLowerCase())) return { ok: false, why: 'other-origin' };
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none')
    return { ok: false, why: 'other-site' };
  if (origin !== undefined || fetchSite === 'same-origin') return { ok: true, why: 'same-origin' };
  return fetchSite === 'none' ? { ok: true, why: 'by-hand' } : { ok: false, why: 'no-origin' };
}
