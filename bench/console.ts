import type { Browser } from '@playwright/test';
import { launchChromium } from '../e2e/browser/chromium.ts';
import buildWeb from '../e2e/browser/build-web.ts';
import { startPlatform, type PlatformProcess } from '../e2e/browser/platform-process.ts';
import { untilReady } from '../e2e/browser/readers.ts';
import { connect, findEmbedded } from '../src/platform/database/index.ts';
import { seedAgency } from './_agency.ts';
import { round } from './_ground.ts';
import type { Bench, Figure } from './bench.ts';

const sites = 3000;
const loads = 11;
const requests = 300;

/** Milliseconds, sorted; the share `at` of them is not longer. */
function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * at) - 1)] ?? Number.NaN;
}

const sort = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

async function seed(platform: PlatformProcess, tell: (line: string) => void): Promise<void> {
  const url = findEmbedded(platform.dataFolder);
  if (url === undefined) throw new Error('the platform has no database of its own');
  const connection = connect(url, { max: 2 });
  try {
    await seedAgency(connection.pool, { sites, days: 365, now: new Date(), timeZone: 'Europe/Amsterdam' }, tell);
  } finally {
    await connection.close();
  }
}

/** Every kind of question that the list asks: words, versions, filters, orders, pages far in. */
async function askForSites({ client }: PlatformProcess, tell: (line: string) => void): Promise<Figure[]> {
  const searches = ['bakkerij', 'woocommerce 9', 'php 7.4', 'wordpress 7.0.2', 'delft', 'contact-form-7', 'zzz', 'a'];
  const sorts = ['state', 'site', 'customer', 'backup', 'size', 'wordpress', 'php'] as const;
  const ask = (turn: number) =>
    client.overview.sites({
      sort: sorts[turn % sorts.length],
      descending: turn % 2 === 1,
      page: turn % 3 === 0 ? 1 : 1 + ((turn * 7) % 60),
      pageSize: 50,
      ...(turn % 2 === 0 && { search: searches[(turn / 2) % searches.length] }),
      ...(turn % 5 === 0 && { state: 'well' as const }),
      ...(turn % 7 === 0 && { plan: 'hourly' as const }),
      ...(turn % 11 === 0 && { php: '8.3' }),
    });
  for (let turn = 0; turn < 15; turn++) await ask(turn);
  const ofSites: number[] = [];
  const ofToday: number[] = [];
  for (let turn = 0; turn < requests; turn++) {
    ofSites.push(await timed(() => ask(turn)));
    if (turn % 10 === 0) ofToday.push(await timed(() => client.overview.today()));
  }
  tell(`  ${requests} questions for sites, ${ofToday.length} for today`);
  return [
    { name: 'sites answer median', value: round(quantile(sort(ofSites), 0.5), 1), unit: 'ms' },
    { name: 'sites answer p95', value: round(quantile(sort(ofSites), 0.95), 1), unit: 'ms' },
    { name: 'today answer p95', value: round(quantile(sort(ofToday), 0.95), 1), unit: 'ms' },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

interface Load {
  largestPaintMs: number;
  /** Addresses of the scripts and styles that came, with the bytes they took on the wire as Chromium asked for them. */
  parts: Map<string, number>;
}

/** One load of the first page in a browser window that has nothing in its cache. */
async function loadPage(browser: Browser, platform: PlatformProcess): Promise<Load> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${platform.token}` },
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(`
      window.largestPaint = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.largestPaint = entry.startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });`);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const kinds = new Map<string, { url: string; isPart: boolean }>();
    const parts = new Map<string, number>();
    session.on('Network.responseReceived', ({ requestId, type, response }) =>
      kinds.set(requestId, { url: response.url, isPart: type === 'Script' || type === 'Stylesheet' }),
    );
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const known = kinds.get(requestId);
      if (known?.isPart) parts.set(known.url, encodedDataLength);
    });
    await page.goto(platform.url);
    await untilReady(page);
    await page.getByRole('row').nth(10).waitFor();
    // Two frames later what is on the page has been painted, and the observer has been told.
    const largestPaintMs = await page.evaluate<number>(
      `new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(window.largestPaint)))))`,
    );
    return { largestPaintMs, parts };
  } finally {
    await context.close();
  }
}

/** What it weighs for a browser that knows gzip; the smallest files come as they are. */
async function gzipBytes(url: string): Promise<number> {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.headers.get('content-encoding') === null) return bytes;
  const length = Number(answer.headers.get('content-length'));
  if (!(length > 0)) throw new Error(`${url} comes without a length`);
  return length;
}

async function loadPages(platform: PlatformProcess, tell: (line: string) => void): Promise<Figure[]> {
  const browser = await launchChromium();
  try {
    await loadPage(browser, platform);
    const done: Load[] = [];
    for (let turn = 0; turn < loads; turn++) done.push(await loadPage(browser, platform));
    const paints = sort(done.map((load) => load.largestPaintMs));
    const parts = done[0]?.parts ?? new Map<string, number>();
    let gzip = 0;
    for (const url of parts.keys()) gzip += await gzipBytes(url);
    tell(`  ${loads} loads of the first page, ${parts.size} scripts and styles`);
    return [
      { name: 'first load gzip', value: round(gzip / 1000, 1), unit: 'kB' },
      {
        name: 'first load in Chromium',
        value: round(Array.from(parts.values()).reduce((sum, bytes) => sum + bytes, 0) / 1000, 1),
        unit: 'kB',
      },
      { name: 'largest paint median', value: round(quantile(paints, 0.5) / 1000, 3), unit: 's' },
      { name: 'largest paint worst', value: round(quantile(paints, 1) / 1000, 3), unit: 's' },
    ];
  } finally {
    await browser.close();
  }
}

/** Truth 3 of the console. */
export const bench: Bench = {
  says: `the console over ${sites} sites with a year of daily snapshots, duties and inventories: a real server process with its own PostgreSQL and the built web. Scripts and styles of the first page, its largest contentful paint in Chromium with an empty cache, and ${requests} answers of the list with varied searches, filters, orders and pages.`,
  goals: [
    { figure: 'first load gzip', most: 200 },
    { figure: 'largest paint median', most: 1 },
    { figure: 'largest paint worst', most: 1 },
    { figure: 'sites answer p95', most: 150 },
  ],
  async run(tell) {
    await buildWeb();
    // Only the web: the sites do not exist, so the watch would try to back up all of them.
    const platform = await startPlatform({ NACHTWACHT_ROLES: 'web' });
    try {
      await seed(platform, tell);
      const answers = await askForSites(platform, tell);
      return [...(await loadPages(platform, tell)), ...answers];
    } finally {
      await platform.stop();
    }
  },
};
