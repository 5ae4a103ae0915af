import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { createComplaints, type Complaints } from './complaints.ts';
import { bringTo, closeHouse, openHouse, type House, type Reader } from './house.ts';
import { browserOf, openAs, type Device, type Language, type Theme } from './readers.ts';

export { expect } from '@playwright/test';

export interface View {
  language?: Language;
  device?: Device;
  theme?: Theme;
  options?: BrowserContextOptions;
}

interface OfTest {
  complaints: Complaints;
  /** A page in a browser window of its own: at this house, by this reader. Default: Dutch, desktop, light. */
  open: (house: House, reader: Reader, view?: View) => Promise<Page>;
}

interface OfWorker {
  /** A platform that cares for a real WordPress site with backups; shared by the tests of one worker. */
  busyHouse: House;
}

/** Playwright's `test`; every test fails when a page that it opened complained of anything. */
export const test = base.extend<OfTest, OfWorker>({
  busyHouse: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern that nothing is needed.
    async ({}, use) => {
      const house = await openHouse();
      for (const stage of ['empty', 'busy'] as const) await bringTo(house, stage);
      await use(house);
      await closeHouse(house);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // oxlint-disable-next-line no-empty-pattern -- As above.
  complaints: async ({}, use) => {
    const complaints = createComplaints();
    await use(complaints);
    if (complaints.all.length > 0) throw new Error(`pages complained:\n  ${complaints.all.join('\n  ')}`);
  },
  open: async ({ browser, complaints }, use) => {
    await use(async (house, reader, view = {}) => {
      const { language = 'nl', device = 'desktop', theme = 'light', options = {} } = view;
      const context = await openAs(browser, house, reader, { ...browserOf(language, device, theme), ...options });
      await complaints.listenTo(context);
      return context.newPage();
    });
  },
});
