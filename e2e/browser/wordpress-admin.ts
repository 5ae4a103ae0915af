import { expect, type Browser } from '@playwright/test';
import type { TestSite } from '../harness/test-site.ts';

/**
 * Signs in to the site's own WordPress as its administrator, opens the plugin's page, and presses its button for a
 * pairing code. Gives the code as the page shows it.
 */
export async function readPairingCode(browser: Browser, site: TestSite): Promise<string> {
  const context = await browser.newContext({ baseURL: site.url });
  try {
    const page = await context.newPage();
    await page.goto('/wp-login.php');
    await page.locator('#user_login').fill(site.admin.user);
    await page.locator('#user_pass').fill(site.admin.password);
    await page.locator('#wp-submit').click();
    await expect(page).toHaveURL(/wp-admin/);
    await page.goto('/wp-admin/options-general.php?page=nachtwacht-connector');
    await page.locator('form:has(input[name="nachtwacht_do"][value="code"]) button').click();
    const code = await page.locator('.wrap code').textContent();
    expect(code).toMatch(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){3}$/);
    return code ?? '';
  } finally {
    await context.close();
  }
}
