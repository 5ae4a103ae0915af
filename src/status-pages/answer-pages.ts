import type { Context, Hono } from 'hono';
import type { HttpPart, HttpVariables } from '../platform/http/server.ts';
import type { Platform } from '../platform/platform.ts';
import { copiesFolder, readCopy, removeOtherCopies, removeUnfinished, writeCopy } from './page-copies.ts';
import { readPage } from './read-page.ts';
import { renderPage, type RenderedPage } from './render-page.ts';
import { isSlug } from './rules/slug.ts';
import { listEnabledSlugs } from './store.ts';
import { statusWords } from './words.ts';

/** However many look, a page is made anew at most so often. */
const freshMs = 5000;
const copiesEveryMs = 20_000;
/** Proxies keep it half a minute, and for a day while we do not answer. */
const cacheControl = 'public, max-age=30, stale-if-error=86400';

/** The same for every address at which there is nothing, whatever the reason. */
const nothing = `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>404</title></head>
<body><main><h1>404</h1><p>${statusWords('nl').notFound}</p><p lang="en">${statusWords('en').notFound}</p></main></body></html>
`;

interface Kept {
  page: RenderedPage;
  /** Monotonic, milliseconds. */
  madeAt: number;
}

export interface StatusPages {
  /** GET /status/SLUG, for everybody. */
  part: HttpPart;
  /** Brings the copies on this machine's disk up to date now. */
  keepCopies(): Promise<void>;
  /** Does so every 20 s until `close`. */
  start(): void;
  close(): Promise<void>;
}

/**
 * Public status pages, from memory for a few seconds; with the database away what was last made. Beside it copies on disk,
 * for a web server in front of us to give when we are down.
 */
export function answerStatusPages(platform: Platform): StatusPages {
  const { clock, db, log } = platform;
  const folder = copiesFolder(platform.config.dataFolder);
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<RenderedPage | undefined>>();
  const written = new Map<string, string>();

  async function make(slug: string): Promise<RenderedPage | undefined> {
    const madeAt = clock.monotonicMs();
    const found = await readPage(platform, slug);
    if (!found) {
      kept.delete(slug);
      return undefined;
    }
    const page = renderPage({ ...found, at: wholeMinute(found.at) });
    kept.set(slug, { page, madeAt });
    return page;
  }

  /** Made once for all who ask at the same time. */
  function current(slug: string): Promise<RenderedPage | undefined> {
    const known = kept.get(slug);
    if (known && clock.monotonicMs() - known.madeAt < freshMs) return Promise.resolve(known.page);
    const making = underWay.get(slug) ?? make(slug).finally(() => underWay.delete(slug));
    underWay.set(slug, making);
    return making;
  }

  async function answer(c: Context<HttpVariables>): Promise<Response> {
    const slug = c.req.param('slug') ?? '';
    if (!isSlug(slug)) return c.html(nothing, 404, { 'cache-control': 'no-store' });
    let page: RenderedPage | undefined;
    try {
      page = await current(slug);
    } catch (error) {
      // The database is away: the page says of when it is.
      page = kept.get(slug)?.page;
      if (!page) {
        const copy = await readCopy(folder, slug);
        if (copy === undefined) throw error;
        return c.html(copy, 200, { 'cache-control': cacheControl, 'content-security-policy': copyPolicy });
      }
    }
    if (!page) return c.html(nothing, 404, { 'cache-control': 'no-store' });
    const headers = { etag: page.etag, 'cache-control': cacheControl, 'content-security-policy': page.policy };
    if (isKnown(c.req.header('if-none-match'), page.etag)) return c.body(null, 304, headers);
    return c.html(page.html, 200, headers);
  }

  async function keepCopies(): Promise<void> {
    const slugs = new Set<string>();
    for (const slug of await listEnabledSlugs(db)) {
      const page = await current(slug);
      if (!page) continue;
      slugs.add(slug);
      if (written.get(slug) === page.etag) continue;
      await writeCopy(folder, slug, page.html);
      written.set(slug, page.etag);
    }
    for (const slug of written.keys()) if (!slugs.has(slug)) written.delete(slug);
    await removeOtherCopies(folder, slugs);
  }

  const ending = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  async function keepCopiesAlways(): Promise<void> {
    await removeUnfinished(folder);
    while (!ending.signal.aborted) {
      // With the database away the copies stay as they are: that is what they are for.
      await keepCopies().catch((error: unknown) => log.warn({ err: error }, 'copies of status pages were not written'));
      await clock.sleep(copiesEveryMs / platform.config.timeScale, ending.signal).catch(() => {});
    }
  }
  return {
    part: (app: Hono<HttpVariables>) => {
      app.get('/status/:slug', answer);
    },
    keepCopies,
    start: () => {
      loop = keepCopiesAlways();
    },
    close: async () => {
      ending.abort();
      await loop;
    },
  };
}

/** The hash of its style stands in the copy itself. */
const copyPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** A page is the same for a whole minute, so that proxies and browsers know it again. */
function wholeMinute(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000);
}

function isKnown(given: string | undefined, etag: string): boolean {
  return (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');
}
