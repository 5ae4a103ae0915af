import { expect, test } from './fixtures.ts';

test('whoever is not signed in is asked to', async ({ houseAt, open }) => {
  const page = await open(await houseAt('empty'), 'nobody');
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.evaluate<number>('1 + 1')).toBe(2);
});
