// The list of all sites by keyboard alone, and live: what others change is seen without a reload.
import { raiseAlarm } from '../../src/platform/alarms/index.ts';
import { connect, findEmbedded } from '../../src/platform/database/index.ts';
import { paletteWords } from '../../web/console/palette/words.ts';
import { todayWords } from '../../web/console/today/words.ts';
import { expect, test } from './fixtures.ts';
import { startPlatform } from './platform-process.ts';
import { browserOf } from './readers.ts';

const words = todayWords('en');
const number = String;

test('no site, then three: by keyboard, by the palette, and live', async ({ browser, complaints }) => {
  // Only the web: nothing but this test changes anything.
  const platform = await startPlatform({ NACHTWACHT_ROLES: 'web' });
  const connection = connect(findEmbedded(platform.dataFolder) ?? '', { max: 1 });
  try {
    const context = await browser.newContext({
      ...browserOf('en', 'desktop'),
      baseURL: platform.url,
      extraHTTPHeaders: { authorization: `Bearer ${platform.token}` },
    });
    await complaints.listenTo(context);
    const page = await context.newPage();
    await page.goto('/');
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(words.noSites);
    await expect(page.getByRole('link', { name: words.addSite })).toBeVisible();

    const { client } = platform;
    const customer = (await client.customers.add({ name: 'Bakkerij de Wit' })).id;
    const ids: string[] = [];
    for (const url of ['https://appel.nl', 'https://bakkerij.nl', 'https://citroen.nl'])
      ids.push((await client.sites.add({ url, customer })).id);
    await expect(heading).toContainText(words.inOrder(0, 3, number), { timeout: 20_000 });
    const rows = page.locator('tbody tr');
    await expect(rows).toHaveCount(3);

    await page.keyboard.press('/');
    await page.keyboard.type('bakker');
    await expect(rows).toHaveCount(3);
    await expect(page).toHaveURL(/q=bakker/);
    await page.keyboard.type('ij.nl');
    await expect(rows).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(rows).toHaveCount(3);

    await page.getByRole('checkbox').first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect(page.getByRole('region', { name: words.selected(1) })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/sites/${ids[1]}`);

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: paletteWords('en').placeholder }).fill('citroen');
    await expect(page.getByRole('option', { name: /^citroen\.nl/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/sites/${ids[2]}`);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await expect(rows).toHaveCount(3);

    const alarm = { code: 'meteor', subject: `site:${ids[0]}`, facts: {}, at: new Date() };
    await raiseAlarm(connection.db, alarm);
    await expect(rows.filter({ hasText: 'appel.nl' })).toContainText('alarm: meteor');
    await page.close();
  } finally {
    await connection.close();
    await platform.stop();
  }
});
