import { addSiteWords } from '../../web/console/add-site/words.ts';
import { restoreScreenWords } from '../../web/site/restore-words.ts';
import { siteWords } from '../../web/site/words.ts';
import { breakSite, type Breakage } from '../harness/breakages.ts';
import { compareFingerprints, takeFingerprint } from '../harness/fingerprints.ts';
import { startSite } from '../harness/start-site.ts';
import { expect, test } from './fixtures.ts';
import { untilReady } from './readers.ts';
import { readPairingCode } from './wordpress-admin.ts';

// Truth 1: a real site comes into care, is backed up, broken, put back byte for byte, and that is undone; all by clicks.

const views = [
  { language: 'nl', device: 'desktop', breakages: ['table-dropped', 'uploads-emptied', 'core-folder-deleted'] },
  { language: 'en', device: 'phone', breakages: ['white-screen', 'table-dropped'] },
] as const satisfies { language: 'nl' | 'en'; device: 'desktop' | 'phone'; breakages: Breakage[] }[];

for (const { language, device, breakages } of views) {
  test(`a site comes into care, is broken, put back and broken again by undoing: ${language}, ${device}`, async ({
    browser,
    houseAt,
    open,
  }) => {
    test.setTimeout(240_000);
    const house = await houseAt('empty');
    const site = await startSite({ core: 'native', php: 'native', server: 'nginx' });
    // With a customer there, the form asks whose site it is.
    await house.platform.client.customers.add({ name: `Iemand anders dan ${site.host}` });
    const page = await open(house, 'operator', { language, device });
    const add = addSiteWords(language);

    await page.goto('/sites/new');
    await untilReady(page);
    await page.getByRole('combobox', { name: add.form.customer }).selectOption('new');
    const newCustomer = page.getByLabel(add.form.customerName, { exact: true });
    await newCustomer.fill(`Klant van ${site.host}`);
    await page.getByLabel(add.form.address, { exact: true }).fill(site.url);
    await page.getByRole('button', { name: add.form.submit, exact: true }).click();
    await expect(page.getByText(add.plugin.seen)).toBeVisible({ timeout: 30_000 });
    await page.getByLabel(add.pair.code, { exact: true }).fill(await readPairingCode(browser, site));
    await page.getByRole('button', { name: add.pair.submit, exact: true }).click();
    await expect(page.getByRole('heading', { name: add.sentence.safe(site.host) })).toBeVisible({ timeout: 120_000 });

    const whole = await takeFingerprint(site);
    for (const how of breakages) await breakSite(site, how);
    const broken = await takeFingerprint(site);
    expect(await compareFingerprints(whole, broken)).not.toEqual([]);

    const words = restoreScreenWords(language);
    await page.getByRole('link', { name: add.done.toSite(site.host) }).click();
    await page.getByRole('link', { name: siteWords(language).restore, exact: true }).click();
    await page.getByRole('button', { name: words.next, exact: true }).click();
    await page.getByRole('button', { name: words.preview.lookAgain }).click();
    const next = page.getByRole('button', { name: words.next, exact: true });
    await expect(next).toBeEnabled({ timeout: 90_000 });
    await next.click();
    await page.getByLabel(words.confirm.typed(site.host)).fill(site.host);
    await page.getByRole('button', { name: words.confirm.go }).click();
    await expect(page.getByRole('heading', { name: words.run.done(site.host) })).toBeVisible({ timeout: 120_000 });
    expect(await compareFingerprints(whole, await takeFingerprint(site))).toEqual([]);

    const { undo } = siteWords(language).history;
    await page.getByRole('button', { name: undo, exact: true }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: undo.replace('…', ''), exact: true })
      .click();
    await expect(page.getByRole('heading', { name: words.run.undone(site.host) })).toBeVisible({ timeout: 120_000 });
    expect(await compareFingerprints(broken, await takeFingerprint(site))).toEqual([]);
    await site.stop();
  });
}
