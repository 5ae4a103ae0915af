/**
 * Where to go after signing in: only a path of this site, anything else is `/`. A browser reads `//x`, `/\x` and
 * control characters as another site's address, so the path is resolved as the browser does and its origin compared.
 */
export function safeReturnPath(asked: unknown, origin: string): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || asked.length > 2000) return '/';
  try {
    const url = new URL(asked, origin);
    const path = `${url.pathname}${url.search}${url.hash}`;
    const isOurs = url.origin === origin && !path.startsWith('//');
    const isSignIn = ['/sign-in', '/start', '/invitation'].includes(url.pathname);
    return isOurs && !isSignIn ? path : '/';
  } catch {
    return '/';
  }
}
