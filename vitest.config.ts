import { defineConfig } from 'vitest/config';

// unit: pure and fast, part of `npm run verify`. integration: real PostgreSQL, restic, S3.
// wordpress: real WordPress sites. Names of the files decide where a test belongs; *.browser.test.ts are Playwright's
// (e2e/browser/playwright.config.ts).
const measured = 'e2e/watch/fault-injection.integration.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'e2e/**/*.test.ts', 'docs/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/*.wordpress.test.ts', '**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 10_000,
          // Pure tests have nothing to keep apart: one set of modules for all takes a third of the CPU seconds.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['src/**/*.integration.test.ts', 'e2e/**/*.integration.test.ts'],
          exclude: [measured, '**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          // What it says is how long an alarm took: nothing else may run beside it.
          name: 'measured',
          include: [measured],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'wordpress',
          include: ['src/**/*.wordpress.test.ts', 'e2e/**/*.wordpress.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
