// Public pages over the whole web application and a real database: who may make one, what it tells, and that it stays.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { openOutage, resolveOutage } from '../incidents/index.ts';
import { TestClock } from '../platform/clock.ts';
import { putHouseSetting, putLogo } from '../platform/house/index.ts';
import { createApp } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { answerStatusPages, type StatusPages } from './index.ts';
import { copiesFolder } from './page-copies.ts';
import { removePage, savePage } from './save-page.ts';
import { showPages } from './show-pages.ts';

const clock = new TestClock('2026-11-25T13:32:20Z');
const admin = systemActor('test');
const guard: Actor = { name: 'person:g@x.nl', kind: 'person', scope: 'operate', role: 'guard' };
let platform: TestPlatform;
let pages: StatusPages;
let app: ReturnType<typeof createApp>;
let baker: string;
let shop: string;
let cake: string;

const sql = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);

async function get(slug: string, headers: Record<string, string> = {}): Promise<Response> {
  return app.request(`http://127.0.0.1/status/${slug}`, { headers: { host: '127.0.0.1', ...headers } });
}

async function seen(site: string, verdict: 'up' | 'down' | 'unknown'): Promise<void> {
  await sql(
    `insert into watch_states (target_id, watcher_id, watched, phase, verdict, cause, reason, checked_at, updated_at)
     values ($1, 'w', '{}', $2, $3, null, '{"code":"answers"}', $4, $4)
     on conflict (target_id) do update set verdict = $3, phase = $2, checked_at = $4`,
    [site, verdict === 'down' ? 'out' : 'well', verdict, clock.now()],
  );
}

const out = (site: string, from: string, change: { cause?: string; inMaintenance?: boolean } = {}) =>
  platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: site,
      siteId: site,
      firstFailureAt: new Date(from),
      confirmedAt: new Date(from),
      cause: 'database-error',
      detail: 'SECRET-DETAIL',
      reason: { code: 'confirmed-elsewhere' },
      address: '192.0.2.77',
      watcher: 'w',
      inMaintenance: false,
      at: clock.now(),
      ...change,
    }),
  );

const back = (site: string, at: string) =>
  platform.db
    .transaction()
    .execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: new Date(at), at: clock.now() }));

beforeAll(async () => {
  platform = await openTestPlatform({ clock });
  const contact = { contact: 'Jan Geheim', email: 'geheim@bakker.nl', phone: '+31600000001' };
  baker = (await addCustomer(platform, admin, { name: 'Bakkerij & Zn <b>', ...contact })).id;
  const other = await addCustomer(platform, admin, { name: 'Winkel' });
  shop = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: baker })).id;
  cake = (await addSite(platform, admin, { url: 'https://taart.nl', customer: baker })).id;
  await addSite(platform, admin, { url: 'https://winkel.nl', customer: other.id });
  await sql("update watch_targets set added_at = '2026-10-26T00:00:00Z'");
  await seen(shop, 'up');
  await seen(cake, 'up');
  pages = answerStatusPages(platform);
  app = createApp(platform, {
    api: { handle: async () => undefined, describe: async () => ({}) },
    authenticate: async () => undefined,
    parts: [pages.part],
  });
});
afterAll(async () => {
  await pages.close();
  await platform.close();
});
// What was made is older than a page may be: each test sees the present state.
beforeEach(() => clock.advance(6000));

describe('an operator', () => {
  test('makes a page; a guard and a reader may not', async () => {
    const page = { slug: 'bakkerij', create: true, title: 'De sites van <De Wit>', customer: baker };
    await expect(savePage(platform, guard, page)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(removePage(platform, guard, 'bakkerij')).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await savePage(platform, admin, page)).toBe('bakkerij');
    await expect(savePage(platform, admin, page)).rejects.toMatchObject({ code: 'status-page-taken' });
    expect(await showPages(platform)).toMatchObject([
      { slug: 'bakkerij', of: { kind: 'customer', id: baker }, language: 'nl', enabled: true, sites: 2 },
    ]);
    expect((await showPages(platform))[0]?.url).toMatch(/\/status\/bakkerij$/);
  });

  test.each([
    ['of nobody', { slug: 'x-page', create: true, title: 'X' }, 'status-page-incomplete'],
    ['without a title', { slug: 'x-page', create: true, customer: 'Winkel' }, 'status-page-incomplete'],
    [
      'of two',
      { slug: 'x-page', create: true, title: 'X', customer: 'Winkel', site: 'taart.nl' },
      'status-page-incomplete',
    ],
    ['that is not there', { slug: 'x-page', create: false, title: 'X' }, 'status-page-not-found'],
    ['of an unknown customer', { slug: 'x-page', create: true, title: 'X', customer: 'Nobody' }, 'customer-not-found'],
  ])('makes none %s', async (_case, change, code) => {
    await expect(savePage(platform, admin, change)).rejects.toMatchObject({ code });
  });

  test('gives it another address, unless that is taken; then takes it away', async () => {
    await savePage(platform, admin, { slug: 'taart', create: true, title: 'Taart', site: 'taart.nl', language: 'en' });
    await expect(savePage(platform, admin, { slug: 'taart', create: false, rename: 'bakkerij' })).rejects.toMatchObject(
      {
        code: 'status-page-taken',
      },
    );
    await savePage(platform, admin, { slug: 'taart', create: false, rename: 'taart-nl' });
    expect((await get('taart')).status).toBe(404);
    expect(await (await get('taart-nl')).text()).toContain('The site can be reached.');
    await removePage(platform, admin, 'taart-nl');
    clock.advance(6000);
    expect((await get('taart-nl')).status).toBe(404);
    const { rows } = await sql(
      "select action, subject, site_id from audit where subject like 'status-page:%' order by id",
    );
    expect(rows).toEqual([
      { action: 'status-page-saved', subject: 'status-page:bakkerij', site_id: null },
      { action: 'status-page-saved', subject: 'status-page:taart', site_id: cake },
      { action: 'status-page-saved', subject: 'status-page:taart-nl', site_id: cake },
      { action: 'status-page-removed', subject: 'status-page:taart-nl', site_id: cake },
    ]);
  });
});

describe('the public', () => {
  test('reads how the sites are, may keep it, and is told what has not changed', async () => {
    const answer = await get('bakkerij');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=30, stale-if-error=86400');
    const page = await answer.text();
    expect(page).toContain('<h1>Alle 2 sites zijn bereikbaar.</h1>');
    expect(page).toContain('De sites van &lt;De Wit&gt;');
    expect(page).toContain('100% bereikbaar in de laatste 31 dagen');
    expect(page).toContain('aria-label="Laatste 90 dagen: geen storing."');
    const etag = answer.headers.get('etag') ?? '';
    const again = await get('bakkerij', { 'if-none-match': `"x", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  });

  test('loads nothing but the page: its policy knows its own style, and no script', async () => {
    const answer = await get('bakkerij');
    const page = await answer.text();
    const style = /<style>([^<]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(page).toContain(`style-src 'sha256-${hash}'`);
    expect(page).not.toMatch(/<script|\sstyle=|\son[a-z]+=|https?:\/\/(?!(bakkerij|taart)\.nl)/);
  });

  test('is told of an outage in plain words, of our own work as such, and of nothing else', async () => {
    await out(shop, '2026-11-25T13:20:00Z');
    await seen(shop, 'down');
    await out(cake, '2026-11-25T13:25:00Z', { inMaintenance: true, cause: 'maintenance' });
    const page = await (await get('bakkerij')).text();
    expect(page).toContain('<h1>Eén van de 2 sites heeft een storing.</h1>');
    expect(page).toMatch(/▲<\/span> storing sinds 25 nov 2026[ ,]+14:20/);
    expect(page).toContain('◆</span> er wordt aan gewerkt');
    expect(page).toContain('De site toonde een fout in plaats van zijn pagina.');
    expect(page).toContain('Aangekondigd werk.');
    expect(page).toMatch(/aria-label="Laatste 90 dagen: storing op één dag, samen \d+ min: 25 november\."/);
    expect(page).toContain('nog bezig');
    const secret =
      /database-error|SECRET|192\.0\.2|geheim|Geheim|\+316|out:|confirmed|watcher|[a-z]+:\/\/127|Bakkerij & Zn|Bakkerij &amp; Zn/;
    expect(page).not.toMatch(secret);
    for (const id of [shop, cake, baker]) expect(page).not.toContain(id);
    await back(shop, '2026-11-25T13:30:00Z');
    await seen(shop, 'up');
    await back(cake, '2026-11-25T13:31:00Z');
    clock.advance(6000);
    const after = await (await get('bakkerij')).text();
    expect(after).toContain('Alle 2 sites zijn bereikbaar.');
    expect(after).toContain('10 min');
    expect(after).toContain('99,97% bereikbaar in de laatste 31 dagen');
  });

  test('learns nothing from an address at which there is nothing, whatever the reason', async () => {
    const empty = await addCustomer(platform, admin, { name: 'Leeg' });
    await savePage(platform, admin, {
      slug: 'switched-off',
      create: true,
      title: 'X',
      customer: baker,
      enabled: false,
    });
    await savePage(platform, admin, { slug: 'no-sites', create: true, title: 'X', customer: empty.id });
    const answers = await Promise.all(
      ['unknown', 'switched-off', 'no-sites', 'x', 'Bakkerij', 'a.b.c', 'a%00b'].map(async (slug) => {
        const answer = await get(slug);
        return JSON.stringify([answer.status, answer.headers.get('cache-control'), await answer.text()]);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('404');
  });

  test('sees the agency: its name, its colour, its logo', async () => {
    const by = { actor: 'test', at: clock.now() };
    const accent = { light: '#123456', dark: '#abcdef', lightWash: '#eeeeee', darkWash: '#111111' };
    await putHouseSetting(platform.db, 'name', { value: 'Bureau "Noord"' }, by);
    await putHouseSetting(platform.db, 'accent', { value: accent }, by);
    await putLogo(platform.db, { type: 'image/png', bytes: Buffer.from('PNG!'), hash: 'abc' }, clock.now());
    const page = await (await get('bakkerij')).text();
    expect(page).toContain('<span>Bureau &quot;Noord&quot;</span>');
    expect(page).toContain('--accent:light-dark(#123456,#abcdef)');
    expect(page).toContain(`src="data:image/png;base64,${Buffer.from('PNG!').toString('base64')}"`);
    await putLogo(platform.db, { type: 'image/png', bytes: Buffer.alloc(60_000), hash: 'def' }, clock.now());
    clock.advance(6000);
    expect(await (await get('bakkerij')).text()).toContain('src="/branding/logo-def"');
    await putLogo(platform.db, undefined, clock.now());
  });

  test('many who come at once cost one look into the database', async () => {
    let looks = 0;
    const counting = new Proxy(platform, {
      get: (target, name, receiver) => {
        if (name === 'db') looks++;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const own = answerStatusPages(counting);
    const many = createApp(counting, {
      api: { handle: async () => undefined, describe: async () => ({}) },
      authenticate: async () => undefined,
      parts: [own.part],
    });
    await own.keepCopies();
    clock.advance(6000);
    const before = looks;
    await many.request('http://127.0.0.1/status/bakkerij', { headers: { host: '127.0.0.1' } });
    const one = looks - before;
    clock.advance(6000);
    const beforeMany = looks;
    await Promise.all(
      Array.from({ length: 50 }, async () =>
        (await many.request('http://127.0.0.1/status/bakkerij', { headers: { host: '127.0.0.1' } })).text(),
      ),
    );
    expect(one).toBeGreaterThan(0);
    expect(looks - beforeMany).toBe(one);
    await own.close();
  });
});

describe('the copy on disk', () => {
  const folder = (): string => copiesFolder(platform.config.dataFolder);

  test('is the whole page, changes with it, and goes with it; files of others stay', async () => {
    await pages.keepCopies();
    writeFileSync(path.join(folder(), 'robots.txt'), 'theirs');
    const copy = readFileSync(path.join(folder(), 'bakkerij.html'), 'utf8');
    expect(copy).toBe(await (await get('bakkerij')).text());
    expect(copy).toMatch(/^<!doctype html>\s*<html lang="nl">[\s\S]*<\/html>\s*$/);
    expect(copy).toContain('http-equiv="Content-Security-Policy"');
    expect(readdirSync(folder()).toSorted()).toEqual(['bakkerij.html', 'robots.txt']);

    await out(shop, '2026-11-25T13:32:00Z');
    clock.advance(6000);
    await pages.keepCopies();
    expect(readFileSync(path.join(folder(), 'bakkerij.html'), 'utf8')).toContain('heeft een storing');
    await back(shop, '2026-11-25T13:33:00Z');

    await savePage(platform, admin, { slug: 'bakkerij', create: false, enabled: false });
    clock.advance(6000);
    await pages.keepCopies();
    expect(readdirSync(folder())).toEqual(['robots.txt']);
    await savePage(platform, admin, { slug: 'bakkerij', create: false, enabled: true });
    clock.advance(6000);
    await pages.keepCopies();
    expect(existsSync(path.join(folder(), 'bakkerij.html'))).toBe(true);
  });

  test('and memory serve the page while the database is away; what a killed process left is tidied', async () => {
    writeFileSync(path.join(folder(), '.bakkerij.0123456789ab.tmp'), '<!doc');
    const gone = await openTestPlatform({ clock });
    const without = { ...gone, config: { ...gone.config, dataFolder: platform.config.dataFolder } };
    await gone.connection.close();
    const own = answerStatusPages(without);
    own.start();
    const lonely = createApp(without, {
      api: { handle: async () => undefined, describe: async () => ({}) },
      authenticate: async () => undefined,
      parts: [own.part],
    });
    const ask = (slug: string) => lonely.request(`http://127.0.0.1/status/${slug}`, { headers: { host: '127.0.0.1' } });
    const answer = await ask('bakkerij');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(readFileSync(path.join(folder(), 'bakkerij.html'), 'utf8'));
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await ask('never-made')).status).toBe(500);
    await own.close();
    expect(readdirSync(folder()).toSorted()).toEqual(['bakkerij.html', 'robots.txt']);
    await gone.close().catch(() => {});
  });
});
