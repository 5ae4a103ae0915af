import type { Migration } from '../src/platform/database/index.ts';

// Journals of runs that are over are removed after a while; this finds those that still have one.
export const up: Migration = async (run) => {
  await run(`
    alter table saga_runs add column has_journal boolean not null default true;
    create index saga_runs_with_journal on saga_runs (finished_at) where has_journal and finished_at is not null;
  `);
};
