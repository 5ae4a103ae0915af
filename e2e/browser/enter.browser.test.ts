import type { Locator, Page } from '@playwright/test';
import { signInWords } from '../../web/sign-in/words.ts';
import { addAuthenticator } from './authenticator.ts';
import { firstLink, localPath, password } from './enter-house.ts';
import { expect, test } from './fixtures.ts';
import { startPlatform } from './platform-process.ts';
import { browserOf, untilReady } from './readers.ts';
import { totp } from './totp.ts';

// Truth 1: from the one-time link to a signed-in operator, with an authenticator app and with a passkey; an invited customer.

const named = (page: Page, role: 'button' | 'textbox' | 'radio' | 'checkbox', name: string): Locator =>
  page.getByRole(role, { name, exact: true });

test('first start: the link on the terminal makes an operator with an authenticator app, who signs in again', async ({
  browser,
  complaints,
}) => {
  const platform = await startPlatform();
  const words = signInWords('nl');
  const context = await browser.newContext({ baseURL: platform.url, ...browserOf('nl', 'desktop') });
  await complaints.listenTo(context);
  const page = await context.newPage();

  await page.goto(await firstLink(platform));
  await page.getByLabel(words.email).fill('jan@noord.example');
  await page.getByLabel(words.entry.name, { exact: true }).fill('Jan Noord');
  await page.getByRole('radio', { name: words.entry.passwordChoice }).check();
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await named(page, 'button', words.entry.setPassword).click();
  await named(page, 'button', words.app.askYes).click();
  const secret = (await page.locator('code').textContent()) ?? '';
  await page.getByLabel(words.app.code).fill(totp(secret, new Date(Date.now() - 30_000)));
  await named(page, 'button', words.app.button).click();
  const codes = page.getByRole('list', { name: words.codes.list }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  await named(page, 'checkbox', words.codes.kept).check();
  await named(page, 'button', words.codes.button).click();
  await expect(page).toHaveURL(`${platform.url}/`);
  await untilReady(page);

  // The link worked once, and a browser of its own must sign in.
  const other = await browser.newContext({ baseURL: platform.url, ...browserOf('nl', 'desktop') });
  await complaints.listenTo(other);
  complaints.expect(/status of 40[14]/);
  const second = await other.newPage();
  await second.goto(await firstLink(platform));
  await expect(second.getByRole('heading', { name: words.entry.notValid })).toBeVisible();
  await second.goto('/sign-in');
  await second.getByLabel(words.email).fill('jan@noord.example');
  await second.getByLabel(words.password, { exact: true }).fill(password);
  await named(second, 'button', words.signIn.button).click();
  await second.getByLabel(words.code.label).fill(totp(secret));
  await named(second, 'button', words.code.button).click();
  await expect(second).toHaveURL(`${platform.url}/`);
  await untilReady(second);
  await Promise.all([context.close(), other.close()]);
  await platform.stop();
});

test('first start on a phone, in English: an operator with a passkey, who signs in with it again', async ({
  browser,
  complaints,
}) => {
  const platform = await startPlatform();
  const words = signInWords('en');
  const context = await browser.newContext({ baseURL: platform.url, ...browserOf('en', 'phone') });
  await complaints.listenTo(context);
  const page = await context.newPage();
  const authenticator = await addAuthenticator(page);

  await page.goto(await firstLink(platform));
  await page.getByLabel(words.email).fill('jan@noord.example');
  await page.getByLabel(words.entry.name, { exact: true }).fill('Jan Noord');
  await page.getByRole('radio', { name: words.entry.passkey }).check();
  await named(page, 'button', words.entry.makePasskey).click();
  await expect(page).toHaveURL(`${platform.url}/`);
  await untilReady(page);
  expect(await authenticator.count()).toBe(1);

  await context.clearCookies();
  complaints.expect(/status of 401/);
  await page.goto('/sign-in');
  // The field offers the passkey by itself where the browser can; the button asks for it.
  await Promise.race([
    page.waitForURL(`${platform.url}/`),
    named(page, 'button', words.signIn.withPasskey).click({ timeout: 15_000 }),
  ]);
  await expect(page).toHaveURL(`${platform.url}/`);
  await untilReady(page);
  await context.close();
  await platform.stop();
});

test('a customer who was invited comes in, sees his sites, and nothing of the console', async ({
  houseAt,
  open,
  complaints,
}) => {
  const house = await houseAt('empty');
  const { client } = house.platform;
  // Chromium writes every refused request onto the console: what a customer asks of the console, before he is led home.
  complaints.expect(/status of 40[34]/);
  const words = signInWords('nl');
  const [mine, other] = await Promise.all([
    client.customers.add({ name: 'Bloemen Bos' }),
    client.customers.add({ name: 'Fietsen Smit' }),
  ]);
  const site = await client.sites.add({ url: 'https://bloemen.example', customer: mine.id });
  const foreign = await client.sites.add({ url: 'https://fietsen.example', customer: other.id });
  const { link } = await client.people.invite({ email: 'bos@bloemen.example', role: 'customer', customer: mine.id });

  const page = await open(house, 'nobody', { device: 'phone' });
  await page.goto(localPath(house.platform, link));
  await page.getByLabel(words.entry.name, { exact: true }).fill('Ria Bos');
  await page.getByRole('radio', { name: words.entry.passwordChoice }).check();
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await named(page, 'button', words.entry.setPassword).click();
  await named(page, 'button', words.app.later).click();
  await expect(page).toHaveURL(/\/mine/);
  await untilReady(page);
  await expect(page.getByRole('main')).toContainText('bloemen.example');
  await expect(page.getByRole('main')).not.toContainText('fietsen.example');

  // What is not his: the console leads him home, and another's site does not exist.
  await page.goto('/');
  await expect(page).toHaveURL(/\/mine/);
  await page.goto(`/mine/${site.id}`);
  await untilReady(page);
  await expect(page.getByRole('main')).toContainText('bloemen.example');
  await page.goto(`/mine/${foreign.id}`);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('fietsen.example');
});
