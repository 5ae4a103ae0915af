/** Cookies that a site set on the way, by host: some set one and lead back to the same address. */
export type Cookies = Map<string, Map<string, string>>;

/** As many as a visitor's browser would not call it a loop yet, and no more than a working site needs. */
export const mostRedirects = 5;

const redirecting = new Set([301, 302, 303, 307, 308]);

/** Where an answer leads; `stay`: it is the page itself. `code` is that of a failure. */
export function nextHop(
  from: URL,
  answer: { status: number; location: string | undefined },
): { kind: 'stay' } | { kind: 'go'; url: URL } | { kind: 'failure'; code: string } {
  if (!redirecting.has(answer.status) || answer.location === undefined) return { kind: 'stay' };
  if (!URL.canParse(answer.location, from.href)) return { kind: 'failure', code: 'ERR_REDIRECT_ADDRESS' };
  const url = new URL(answer.location, from.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'failure', code: 'ERR_REDIRECT_ADDRESS' };
  // The fragment never travels.
  url.hash = '';
  return { kind: 'go', url };
}

/** Takes the cookies of an answer (names and values only: a check lives too short for the rest). */
export function keepCookies(cookies: Cookies, host: string, lines: readonly string[] | undefined): void {
  for (const line of lines?.slice(0, 20) ?? []) {
    const found = /^\s*([^=;\s]{1,100})=([^;]{0,2000})/.exec(line);
    if (found === null) continue;
    const own = cookies.get(host) ?? new Map<string, string>();
    cookies.set(host, own.set(found[1] ?? '', (found[2] ?? '').trim()));
  }
}

/** The Cookie header for a host; undefined = none. */
export function cookieHeader(cookies: Cookies, host: string): string | undefined {
  const own = cookies.get(host);
  return own && Array.from(own, ([name, value]) => `${name}=${value}`).join('; ');
}
