import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
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
    ...(device === 'phone' ? { hasTouch: true, isMobile: true } : {}),
  };
}

/** A browser window of its own for this reader, signed in. */
export async function openAs(
  browser: Browser,
  house: House,
  reader: Reader,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  // Until people can sign in: the machine's own token.
  const headers = reader === 'nobody' ? {} : { authorization: `Bearer ${house.platform.token}` };
  return browser.newContext({ baseURL: house.platform.url, extraHTTPHeaders: headers, ...options });
}

/** Runs in the page; as text, since this project's types know no DOM. */
const ready = `document.querySelector('main')?.textContent.trim() !== '' && document.querySelector('main') !== null
  && document.querySelector('[aria-busy="true"]') === null && document.fonts.status === 'loaded'`;

/**
 * Waits until the page shows what it will show: its script has run, nothing in it says `aria-busy`, its fonts are there.
 * Throws after 15 s.
 */
export async function untilReady(page: Page): Promise<void> {
  await page.waitForFunction(ready, undefined, { timeout: 15_000 });
}
