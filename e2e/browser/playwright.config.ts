import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { repository } from '../harness/machine.ts';
import { chromiumOptions } from './chromium.ts';

const report = process.env['NACHTWACHT_TEST_REPORT'];

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.browser.test.ts',
  outputDir: join(repository, 'test-results/browser'),
  globalSetup: './build-web.ts',
  // Each worker has a platform of its own (fixtures.ts); what one test does, the next one of that worker may see.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', object]])],
  use: {
    launchOptions: chromiumOptions(),
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    // Without its film of every moment: that takes a good part of the machine.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
});
