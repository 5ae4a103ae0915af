import { defineConfig } from 'vitest/config';
import LongFilesFirst from './scripts/start-long-files-first.ts';

// Names of the files decide where a test belongs; *.browser.test.ts are Playwright's (e2e/browser/playwright.config.ts).
const kinds = ['integration', 'paced', 'measured', 'wordpress'] as const;
const filesOf = (kind: (typeof kinds)[number]): string[] => [`src/**/*.${kind}.test.ts`, `e2e/**/*.${kind}.test.ts`];

export default defineConfig({
  test: {
    sequence: { sequencer: LongFilesFirst },
    projects: [
      {
        test: {
          // Pure and fast, part of `npm run verify`.
          name: 'unit',
          include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'e2e/**/*.test.ts', 'docs/**/*.test.ts'],
          exclude: [...kinds, 'browser'].map((kind) => `**/*.${kind}.test.ts`).concat('**/node_modules/**'),
          testTimeout: 10_000,
          // Pure tests have nothing to keep apart: one set of modules for all takes a third of the CPU seconds.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          // Real PostgreSQL, restic, S3.
          name: 'integration',
          include: filesOf('integration'),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
        },
      },
      {
        test: {
          // Real processes at the pace of their clocks: they wait more than they work, so many run at once.
          name: 'paced',
          include: filesOf('paced'),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 5,
        },
      },
      {
        test: {
          // What it says is how long an alarm took: nothing else may run beside it.
          name: 'measured',
          include: filesOf('measured'),
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          // Real WordPress sites.
          name: 'wordpress',
          include: filesOf('wordpress'),
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 3,
        },
      },
    ],
  },
});
