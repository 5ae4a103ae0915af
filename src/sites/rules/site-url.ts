export type UrlProblem = 'not-a-url' | 'not-http' | 'has-credentials' | 'needs-https' | 'too-long';

export type UrlVerdict = { ok: true; url: string; host: string } | { ok: false; why: UrlProblem };

/**
 * The home URL of a site as we keep it: lower-case scheme and host, no query, fragment or final slash. Plain http is
 * taken for loopback addresses, elsewhere only when asked for: everything we send could be read on the way.
 */
export function judgeSiteUrl(text: string, options: { allowHttp: boolean }): UrlVerdict {
  if (text.length > 2000) return { ok: false, why: 'too-long' };
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) return { ok: false, why: 'not-a-url' };
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, why: 'not-http' };
  if (url.username !== '' || url.password !== '') return { ok: false, why: 'has-credentials' };
  if (!url.hostname.includes('.') && url.hostname !== 'localhost' && !url.hostname.startsWith('[')) {
    return { ok: false, why: 'not-a-url' };
  }
  if (url.protocol === 'http:' && !options.allowHttp && !isLoopback(url.hostname))
    return { ok: false, why: 'needs-https' };
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, host: url.host };
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
