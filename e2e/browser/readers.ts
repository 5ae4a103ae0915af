import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import type { House, Reader } from './house.ts';

export type Language = 'nl' | 'en';
export type Device = 'desktop' | 'phone';
export type Theme = 'light' | 'dark';

export const viewports = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** What a browser of such a reader says of itself. */
export function browserOf(language: Language, device: Device, theme: Theme = 'light'): BrowserContextOptions {
  return {
    locale: language === 'nl' ? 'nl-NL' : 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: viewports[device],
    ...(device === 'phone' ? { hasTouch: true } : {}),
  };
}

/** A browser window of its own for this reader, signed in. */
export async function openAs(
  browser: Browser,
  house: House,
  reader: Reader,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: house.platform.url, ...options });
  const who = house.people[reader];
  if (who !== undefined) await context.addCookies(who.cookies);
  else if (reader !== 'nobody') throw new Error(`there is no ${reader} in the house at stage ${house.stage}`);
  return context;
}

/**
 * Waits until the page shows what it will show: its sentence stands there, nothing says `aria-busy`, its fonts have come.
 * Throws after 15 s. (Not by `waitForFunction`: the page's content security policy stops that.)
 */
export async function untilReady(page: Page, staysBusy = false): Promise<void> {
  await page.locator('main h1').first().waitFor({ timeout: 15_000 });
  if (!staysBusy) await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 15_000 });
  await page.evaluate('document.fonts.ready.then(() => true)');
}

/** Changes light for dark (or back) and waits until every colour has arrived: a transition may be under way. */
export async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  // One transition may start another (a colour that is inherited by what has a transition too): until two frames are quiet.
  await page.evaluate(`(async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      const ends = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
      if (ends.length === 0 && turn > 0) return;
      await Promise.allSettled(ends.map((each) => each.finished));
    }
  })()`);
}
