import { expect, test } from './fixtures.ts';

test('whoever is not signed in is asked to', async ({ busyHouse, open }) => {
  const page = await open(busyHouse, 'nobody');
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.evaluate<number>('1 + 1')).toBe(2);
});
