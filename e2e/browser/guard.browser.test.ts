// A guard and a rota are made by clicks, an outage appears live on Today, and somebody takes it: on a phone in English,
// and by keyboard alone on a desktop in Dutch.
import { dutyWords } from '../../web/console/duty/words.ts';
import { incidentScreenWords } from '../../web/console/incidents/words.ts';
import { todayWords } from '../../web/console/today/words.ts';
import { openOne } from './fill-incidents.ts';
import { withDatabase } from './fill-watch.ts';
import { expect, test } from './fixtures.ts';
import { startPlatform, type PlatformProcess } from './platform-process.ts';
import { browserOf, type Device, type Language } from './readers.ts';
import type { Browser, Page } from '@playwright/test';
import type { Complaints } from './complaints.ts';

const signIn = (platform: PlatformProcess) => ({ authorization: `Bearer ${platform.token}` });

async function openPage(
  browser: Browser,
  complaints: Complaints,
  platform: PlatformProcess,
  [language, device]: [Language, Device],
): Promise<Page> {
  const context = await browser.newContext({
    ...browserOf(language, device),
    baseURL: platform.url,
    extraHTTPHeaders: signIn(platform),
  });
  await complaints.listenTo(context);
  return context.newPage();
}

/** A new outage of this site, as the watcher tells it. */
async function breakSite(platform: PlatformProcess, site: string): Promise<void> {
  await withDatabase(platform, async ({ db }) => {
    await openOne(db, { site, cause: 'database-error', detail: '500', agoMs: 90_000 });
  });
}

test('a guard, a rota, an outage that appears by itself, and somebody who takes it', async ({
  browser,
  complaints,
}) => {
  // Only the web: nothing but this test opens or ends an outage, and no SMS goes.
  const platform = await startPlatform({ NACHTWACHT_ROLES: 'web' });
  try {
    const { client } = platform;
    const customer = (await client.customers.add({ name: 'Kaashuis' })).id;
    const kaas = (await client.sites.add({ url: 'https://kaas.example', customer })).id;
    const brood = (await client.sites.add({ url: 'https://brood.example', customer })).id;

    // By clicks: two guards, one rota, and at once it says who is on duty.
    const words = dutyWords('nl');
    const page = await openPage(browser, complaints, platform, ['nl', 'desktop']);
    await page.goto('/duty');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.noRota);
    for (const [name, number] of [
      ['Noor', '+31612345678'],
      ['Sam', '+31687654321'],
    ] as const) {
      await page.getByRole('button', { name: words.guards.add }).click();
      const dialog = page.getByRole('dialog', { name: words.guards.addTitle });
      await dialog.getByLabel(words.guards.name.label, { exact: true }).fill(name);
      await dialog.getByLabel(words.guards.phone.label).fill(number);
      await dialog.getByRole('button', { name: words.guards.save }).click();
      await expect(page.getByText(number)).toBeVisible();
    }
    await page.getByRole('button', { name: words.rota.addTitle }).click();
    const rota = page.getByRole('dialog', { name: words.rota.addTitle });
    await rota.getByLabel(words.rota.name.label, { exact: true }).fill('Nachtdienst');
    await rota.getByRole('button', { name: '+ Noor' }).click();
    await rota.getByRole('button', { name: '+ Sam' }).click();
    // In order by the keyboard: Sam before Noor.
    await rota.getByRole('button', { name: 'Sam omhoog' }).press('Alt+ArrowUp');
    await expect(rota.getByRole('listitem').first()).toContainText('Sam');
    await rota.getByLabel(words.rota.firstTurn.label).fill('2026-01-02');
    await rota.getByRole('button', { name: words.rota.save }).click();
    await expect(rota).toBeHidden();
    const onDuty = (await client.oncall.now()).order[0]?.guard.name ?? 'nobody';
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${onDuty} heeft dienst`);
    await expect(page.getByRole('banner')).toContainText(onDuty);

    // A phone, in English: Today says it by itself, one tap takes it.
    const phone = await openPage(browser, complaints, platform, ['en', 'phone']);
    await phone.goto('/');
    const heading = phone.getByRole('heading', { level: 1 });
    await expect(heading).toContainText(todayWords('en').inOrder(0, 2, String));
    await breakSite(platform, kaas);
    await expect(heading).toContainText(todayWords('en').out(1, String));
    const line = phone.getByRole('region', { name: incidentScreenWords('en').list.openTitle }).getByRole('listitem');
    await expect(line).toContainText(/kaas\.example/i);
    await line.getByRole('button', { name: incidentScreenWords('en').line.take }).click();
    await expect(phone.getByText(incidentScreenWords('en').one.tookIt)).toBeVisible();
    await expect(line.getByRole('button')).toHaveCount(0);
    expect((await client.incidents.list({ open: true })).rows[0]?.acknowledged).not.toBeNull();

    // A desktop, in Dutch, by keyboard alone: g o to the list, into the new one, take it, say what it was.
    const nl = incidentScreenWords('nl');
    await breakSite(platform, brood);
    await page.bringToFront();
    // The second letter counts within a second and a half: a machine that is busy may miss it once.
    await expect(async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await expect(page).toHaveURL(/\/incidents$/, { timeout: 3000 });
    }).toPass();
    const untaken = page.getByRole('listitem').filter({ hasText: /brood\.example/i });
    await expect(untaken).toContainText(nl.line.untaken);
    await tabTo(page, /brood\.example/i);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/incidents\/out/);
    await expect(page.getByRole('list', { name: nl.one.timeline })).toContainText('databasefout');
    await tabTo(page, nl.one.take);
    await page.keyboard.press('Enter');
    await expect(page.getByText(nl.one.tookIt)).toBeVisible();
    await tabTo(page, nl.one.note);
    await page.keyboard.press('Enter');
    await tabTo(page, nl.one.noteLabel);
    await page.keyboard.type('De databaseserver is vol.');
    await tabTo(page, nl.one.noteSend);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: nl.one.timeline })).toContainText('De databaseserver is vol.');
    await Promise.all([page.close(), phone.close()]);
  } finally {
    await platform.stop();
  }
});

/** Presses Tab until the focus is on what has this name; fails after eighty. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name }).or(page.getByRole('link', { name })).or(page.getByLabel(name));
  await expect(wanted.first()).toBeVisible();
  for (let nth = 0; nth < 80; nth++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${String(name)}`);
}
