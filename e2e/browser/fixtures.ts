import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { createComplaints, type Complaints } from './complaints.ts';
import { bringTo, closeHouse, openHouse, stages, type House, type Reader, type Stage } from './house.ts';
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
  /**
   * The house of this worker, brought to this stage; its tests share it. A new one when it is past that stage, so files
   * that use several stages go through them in order.
   */
  houseAt: (stage: Stage) => Promise<House>;
}

/** Playwright's `test`; every test fails when a page that it opened complained of anything. */
export const test = base.extend<OfTest, OfWorker>({
  houseAt: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern that nothing is needed.
    async ({}, use) => {
      let house: House | undefined;
      await use(async (stage) => {
        if (house !== undefined && stages.indexOf(house.stage) > stages.indexOf(stage)) {
          await closeHouse(house);
          house = undefined;
        }
        house ??= await openHouse();
        await bringTo(house, stage);
        return house;
      });
      if (house !== undefined) await closeHouse(house);
    },
    { scope: 'worker' },
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
