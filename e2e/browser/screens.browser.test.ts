import { expect, test } from './fixtures.ts';
import { findBarriers, findOverflow } from './check-access.ts';
import { stages } from './house.ts';
import { changeTheme, untilReady, viewports } from './readers.ts';
import { screens } from './screens.ts';

// Truth 4: no barrier on any screen, light and dark, desktop and phone; and no page scrolls sideways.

// The page of components is for those who build: two of its swatches show a colour on purpose that is too faint to read.
const inOrder = screens
  .filter(({ name }) => name !== 'design')
  .toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));

for (const [index, screen] of inOrder.entries()) {
  test(`no barrier: ${screen.name}`, async ({ houseAt, open }) => {
    const house = await houseAt(screen.stage);
    const page = await open(house, screen.as, { language: index % 2 === 0 ? 'nl' : 'en' });
    await page.goto(await screen.path(house));
    await untilReady(page, screen.staysBusy);
    await screen.prepare?.(page, house);
    const found = new Map<string, string[]>();
    const note = (place: string, where: string): void => void found.set(place, [...(found.get(place) ?? []), where]);
    for (const device of ['desktop', 'phone'] as const) {
      await page.setViewportSize(viewports[device]);
      for (const theme of ['light', 'dark'] as const) {
        await changeTheme(page, theme);
        const looksAt = theme === 'light' ? 'all' : 'colours';
        for (const barrier of await findBarriers(page, looksAt)) note(barrier, `${device} ${theme}`);
      }
      for (const place of await findOverflow(page)) note(`scrolls sideways: ${place}`, device);
    }
    const told = [...found].map(([place, where]) => `${where.join(', ')}: ${place}`);
    expect(told).toEqual([]);
  });
}
