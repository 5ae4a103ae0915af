/** First parts of paths that are never a page: what is not there is not found, also for a browser. */
const notPages = new Set(['api', 'assets', 'branding', 'connector', 'healthz', 'metrics', 'openapi.json']);

export type Answer = { kind: 'file'; path: string } | { kind: 'page' } | { kind: 'none'; why: string };

/**
 * What to answer to a request for a path: one of our files, the page (whose own router reads the path), or nothing.
 * `accept` is the request's header; only what asks for HTML gets the page, except `/` itself.
 */
export function chooseAnswer(path: string, accept: string, has: (path: string) => boolean): Answer {
  if (path === '/' || path === '/index.html') return { kind: 'page' };
  if (has(path)) return { kind: 'file', path };
  const first = path.split('/', 2)[1] ?? '';
  if (notPages.has(first)) return { kind: 'none', why: `nothing under /${first} is a page` };
  return /\btext\/html\b/i.test(accept) ? { kind: 'page' } : { kind: 'none', why: 'no page is asked for' };
}

export type Encoding = 'br' | 'gzip' | 'identity';

/** The smallest form that the client takes; `q=0` refuses one. */
export function chooseEncoding(acceptEncoding: string, has: readonly Encoding[]): Encoding {
  const taken = new Map<string, number>();
  for (const each of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim());
    const quality = parameters.find((part) => part.startsWith('q='))?.slice(2);
    if (name !== '') taken.set(name, quality === undefined ? 1 : Number(quality));
  }
  const takes = (encoding: Encoding): boolean => (taken.get(encoding) ?? taken.get('*') ?? 0) > 0;
  return (['br', 'gzip'] as const).find((each) => has.includes(each) && takes(each)) ?? 'identity';
}

/** Whether the client has this version already, by its If-None-Match. */
export function isKnown(ifNoneMatch: string, etag: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((each) => bare(each) === '*' || bare(each) === bare(etag));
}
