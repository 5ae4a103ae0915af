import type { Hono } from 'hono';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpPart, HttpVariables } from '../platform/http/server.ts';
import type { Platform } from '../platform/platform.ts';
import { findRunning, readSettings } from './store.ts';

/** Stands on the page while it is well; the watch looks for it. */
export const drillKeyword = 'Nachtwacht drill page: all is well';

const well = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Nachtwacht</title></head>
<body><main><h1>${drillKeyword}</h1>
<p>This page belongs to the fire drill. Once a week it fails for real, for a few minutes, so that the watch has to see it
and the guard has to be told. Nothing else depends on it.</p></main></body></html>
`;
const broken = 'A fire drill is under way: this page fails on purpose.\n';

/** GET /drill/SECRET: a site of our own that fails while a drill runs. */
export function serveDrillPage(platform: Pick<Platform, 'db' | 'clock'>): HttpPart {
  return (app: Hono<HttpVariables>): void => {
    app.get('/drill/:secret', async (c) => {
      const settings = await readSettings(platform.db);
      if (!isSame(c.req.param('secret'), settings.page_secret)) return c.notFound();
      const headers = { 'cache-control': 'no-store' };
      const isDown = settings.down_until !== null && platform.clock.now() < settings.down_until;
      // A drill that ended early leaves the time behind: the row says whether one runs.
      if (isDown && (await findRunning(platform.db))) return c.text(broken, 503, headers);
      return c.html(well, 200, headers);
    });
  };
}

function isSame(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}
