// The page behind the link in an SMS, as a guard's phone shows it: with and without script, in both languages, light and dark.
import { expect, test as base, type Page } from '@playwright/test';
import { addCustomer } from '../../src/customers/index.ts';
import { systemActor } from '../../src/identity/index.ts';
import { acknowledgeIncident, findIncident, openOutage, resolveOutage } from '../../src/incidents/index.ts';
import { answerGuardLinks } from '../../src/oncall/index.ts';
import { makeGuardLink } from '../../src/oncall/link/make-link.ts';
import { createApp, startHttp } from '../../src/platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { addSite } from '../../src/sites/index.ts';
import { findBarriers, findOverflow } from './check-access.ts';

interface Watch {
  platform: TestPlatform;
  site: string;
  /** A new outage of which Noor was told; its id, and the address of her page. */
  outage(): Promise<{ id: string; url: string }>;
  over(): Promise<void>;
}

const phone = { width: 390, height: 844 };

const test = base.extend<object, { watch: Watch }>({
  watch: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern that nothing is needed.
    async ({}, use) => {
      const platform = await openTestPlatform({
        environment: { NACHTWACHT_URL: 'https://nw.example', NACHTWACHT_PORT: '0', NACHTWACHT_NAME: 'Studio Noord' },
      });
      const app = createApp(platform, {
        api: { handle: async () => undefined, describe: async () => ({}) },
        authenticate: async () => undefined,
        parts: [answerGuardLinks(platform)],
      });
      const http = await startHttp(platform, app);
      const admin = systemActor('test');
      const contact = { contact: 'mevr. de Groot', phone: '+31201234567' };
      const customer = await addCustomer(platform, admin, { name: 'Kaashuis Holland', ...contact });
      const { id: site } = await addSite(platform, admin, {
        url: 'https://kaashuis-holland.nl',
        customer: customer.id,
      });
      await platform.connection.pool.query(`
        insert into guards (id, name, phone, language, created_at) values
          ('noor', 'Noor', '+31600000001', 'nl', now()), ('daan', 'Daan', '+31600000002', 'nl', now());
        insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at) values
          ('r1', 'Eerste lijn', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-01-02', now()),
          ('r2', 'Tweede lijn', 1, 'Europe/Amsterdam', 'week', '09:00', '2026-01-02', now());
        insert into rota_turns (rota_id, position, guard_id) values ('r1', 0, 'noor'), ('r2', 0, 'daan');
        insert into message_providers (id, kind, means, name, position, config, created_at)
          values ('p1', 'http-sms', 'sms', 'One', 0, '{}', now())`);
      const over = async (): Promise<void> => {
        const at = new Date();
        await platform.db.transaction().execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: at, at }));
      };
      const outage = async (): Promise<{ id: string; url: string }> => {
        const at = new Date();
        const before = (ms: number): Date => new Date(at.getTime() - ms);
        const { incidentId: id } = await platform.db.transaction().execute((trx) =>
          openOutage(trx, {
            targetId: site,
            siteId: site,
            firstFailureAt: before(100_000),
            confirmedAt: before(40_000),
            cause: 'database-error',
            detail: '',
            reason: { code: 'confirmed-elsewhere', cause: 'database-error', failures: 3 },
            address: '192.0.2.7',
            watcher: 'w',
            inMaintenance: false,
            at,
          }),
        );
        const row = await findIncident(platform.db, id);
        await platform.connection.pool.query(
          `insert into messages (id, purpose, means, provider_id, incident_id, guard_id, recipient, content, step,
             attempt, short_code, state, created_at, next_try_at, give_up_at)
           values ($1, 'alarm', 'sms', 'p1', $2, 'noor', '+31600000001', '{"text":"x"}', 0, 0, 1, 'accepted', $3, $3, $3)`,
          [`alarm-${row?.number}-0`, id, at],
        );
        const link = await makeGuardLink(platform.db, platform.config, { incidentId: id, guardId: 'noor', at });
        return { id, url: `${http.url}${new URL(link ?? '').pathname}` };
      };
      await use({ platform, site, outage, over });
      await http.stop(1000);
      await platform.close();
    },
    { scope: 'worker' },
  ],
});

test.afterEach(({ watch }) => watch.over());

async function isWell(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  expect(await findBarriers(page)).toEqual([]);
  expect(await findOverflow(page)).toEqual([]);
}

for (const language of ['nl', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`reads well: ${language}, ${colorScheme}`, async ({ browser, watch }) => {
      const { url } = await watch.outage();
      const context = await browser.newContext({ viewport: phone, colorScheme, hasTouch: true, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${url}?lang=${language}`);
      const take = page.getByRole('button', { name: language === 'nl' ? 'Ik pak het' : 'I take it' });
      // Under a thumb: in the window without scrolling, and as large as one.
      await expect(take).toBeInViewport({ ratio: 1 });
      expect((await take.boundingBox())?.height).toBeGreaterThanOrEqual(72);
      await isWell(page, 'open');
      await take.click();
      // The page that answers is there: a picture between two pages is none.
      await expect(take).toBeHidden();
      await page.waitForLoadState();
      await isWell(page, 'mine');
      await page.goto(`${url}?lang=${language}&write=1`);
      await isWell(page, 'note');
      await watch.over();
      await page.goto(`${url}?lang=${language}`);
      await isWell(page, 'over');
      await page.goto(`${new URL(url).origin}/g/${'x'.repeat(22)}?lang=${language}`);
      await isWell(page, 'wrong');
      await context.close();
    });
  }
}

test('works without script, under its own policy', async ({ browser, watch }) => {
  const { id, url } = await watch.outage();
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Ik pak het' }).click();
  await expect(page.getByRole('status')).toHaveText('Genoteerd: jij hebt het.');
  expect((await findIncident(watch.platform.db, id))?.acknowledged_by).toBe('guard:noor');
  await page.getByRole('link', { name: 'Schrijf erbij' }).click();
  await page.getByLabel('Wat wil je erbij schrijven?').fill('Database herstart');
  await page.getByRole('button', { name: 'Zet erbij' }).click();
  await expect(page.getByRole('status')).toHaveText('Het staat erbij.');
  await page.getByRole('button', { name: 'Geef door' }).click();
  await expect(page.getByRole('status')).toContainText('De volgende heeft nu een SMS');
  await context.close();
});

test('an open page sees by itself that somebody else took it, and no policy is broken', async ({ browser, watch }) => {
  const { id, url } = await watch.outage();
  const context = await browser.newContext({ viewport: phone });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await expect(page.getByRole('button', { name: 'Ik pak het' })).toBeVisible();
  await acknowledgeIncident(watch.platform.db, { name: 'guard:daan' }, id, new Date());
  await expect(page.getByText('Al opgepakt door Daan')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Ik pak het' })).toBeHidden();
  expect(complaints).toEqual([]);
  await context.close();
});
