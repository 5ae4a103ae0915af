// `npm run pictures`: pictures of every screen into test-results/pictures. `npm run pictures -- WORDS` makes only those
// whose name holds one of the words. Desktop and phone, light and dark, Dutch and English; while loading and with errors.
import type { Browser, Page, Route } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from '../harness/apt.ts';
import { repository } from '../harness/machine.ts';
import { launchChromium } from './chromium.ts';
import { bringTo, closeHouse, openHouse, stages, type House } from './house.ts';
import { browserOf, changeTheme, openAs, untilReady, type Device, type Language } from './readers.ts';
import { screens, type Screen } from './screens.ts';

const folder = join(repository, 'test-results/pictures');
const words = process.argv.slice(2);
const wanted = screens.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const devices: Device[] = ['desktop', 'phone'];

/** Calls for data, but not those that tell who is signed in: without them there is no screen to see. */
const dataCalls = /\/api\/rpc\/(?!account\b)/;

/** One picture of the whole page; a page far longer than a screen is cut. */
async function take(page: Page, file: string): Promise<void> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const width = page.viewportSize()?.width ?? 1280;
  const clip = { x: 0, y: 0, width, height: Math.min(height, 3000) };
  await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true, clip, animations: 'disabled' });
  made += 1;
}

/** All pictures of a screen with its data, in one language. */
async function takeFilled(browser: Browser, house: House, screen: Screen, language: Language): Promise<void> {
  for (const device of devices) {
    const context = await openAs(browser, house, screen.as, browserOf(language, device));
    try {
      const page = await context.newPage();
      listen(page, screen.name);
      await page.goto(await screen.path(house));
      await untilReady(page, screen.staysBusy);
      await screen.prepare?.(page, house);
      for (const theme of ['light', 'dark'] as const) {
        await changeTheme(page, theme);
        await take(page, `${screen.name}.${device}.${theme}.${language}`);
      }
    } finally {
      await context.close();
    }
  }
}

/** The screen while its data do not come, and when they fail: a phone in Dutch, a desktop in English. */
async function takeWithoutData(browser: Browser, house: House, screen: Screen): Promise<void> {
  const failing = {
    defined: false,
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
    message: 'The database does not answer.',
    data: { code: 'database-gone', kind: 'internal', nextStep: 'Try again in a minute.', retryable: true },
  };
  const states: Record<string, (route: Route) => Promise<void>> = {
    loading: async () => {},
    error: (route) => route.fulfill({ status: 500, json: { json: failing } }),
  };
  for (const [state, answer] of Object.entries(states)) {
    for (const [language, device] of [
      ['nl', 'phone'],
      ['en', 'desktop'],
    ] as const) {
      const context = await openAs(browser, house, screen.as, browserOf(language, device));
      try {
        const page = await context.newPage();
        await page.route(dataCalls, answer);
        await page.goto(await screen.path(house));
        const sign = state === 'loading' ? '[aria-busy="true"]' : '[role="alert"]';
        await page
          .waitForSelector(sign, { timeout: 8000 })
          .catch(() => trouble(`${screen.name}: nothing says ${sign} while its data are ${state}`));
        await take(page, `${screen.name}.${state}.${device}.${language}`);
      } finally {
        await context.close();
      }
    }
  }
}

/** What a page complains of is printed: it is a fault that the tests would find. */
function listen(page: Page, name: string): void {
  page.on('console', (message) => {
    if (message.type() === 'error') trouble(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble(`${name}: ${error.message}`));
}

function trouble(text: string): void {
  if (!troubles.has(text)) console.error(`  ▲ ${text}`);
  troubles.add(text);
}

const troubles = new Set<string>();
let made = 0;
mkdirSync(folder, { recursive: true });
if (wanted.length === 0) {
  console.error(`No screen has such a name. There are: ${screens.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
await ensurePackages(['php', 'mariadb', 'nginx', 'browser']);
const browser = await launchChromium();
const house = await openHouse();
for (const stage of stages) {
  if (!wanted.some((screen) => stages.indexOf(screen.stage) >= stages.indexOf(stage))) break;
  await bringTo(house, stage);
  for (const screen of wanted.filter((each) => each.stage === stage)) {
    try {
      for (const language of ['nl', 'en'] as const) await takeFilled(browser, house, screen, language);
      if (screen.waits ?? screen.stage === 'busy') await takeWithoutData(browser, house, screen);
      console.log(`  ● ${screen.name}`);
    } catch (error) {
      trouble(
        `${screen.name}: ${error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error)}`,
      );
    }
  }
}
await browser.close();
await closeHouse(house);
console.log(`\n${made} pictures in ${folder}${troubles.size > 0 ? `; ${troubles.size} troubles` : ''}`);
process.exit(troubles.size === 0 ? 0 : 1);
