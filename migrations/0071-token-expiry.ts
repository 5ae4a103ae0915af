import type { Migration } from '../src/platform/database/index.ts';

// Tokens end by themselves; null = never, as those that were made before.
export const up: Migration = async (run) => {
  await run(`
    alter table api_tokens add column expires_at timestamptz;
    alter table api_tokens add column made_by text;
  `);
};
