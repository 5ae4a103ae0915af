import { expect, test } from './fixtures.ts';

test('whoever is not signed in is asked to', async ({ houseAt, open, complaints }) => {
  // Chromium writes every refused request onto the console.
  complaints.expect(/status of 401/);
  const page = await open(await houseAt('fresh'), 'nobody');
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.locator('main h1')).toBeVisible();
});
