import type { Migration } from '../src/platform/database/index.ts';

// Whom to speak to at a customer.
export const up: Migration = async (run) => {
  await run(`
    alter table customers add column contact text, add column phone text;
  `);
};
