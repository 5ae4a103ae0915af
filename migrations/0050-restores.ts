import type { Migration } from '../src/platform/database/index.ts';

// Restores that were asked for, and what they did. Trial restores are rows of `verifications`.
export const up: Migration = async (run) => {
  await run(`
    create table restores (
      id uuid primary key,
      site_id text not null,
      snapshot text not null,
      scope jsonb not null,
      target text not null check (target in ('site', 'folder', 'download')),
      state text not null check (state in ('queued', 'running', 'done', 'reverted', 'failed')),
      requested_by text not null,
      requested_at timestamptz not null,
      finished_at timestamptz,
      -- snapshots of the state before, in the order in which they were taken
      present text[] not null default '{}',
      undo_of uuid references restores (id) on delete set null,
      plan jsonb,
      evidence jsonb,
      small_job boolean not null
    );
    create index restores_by_site on restores (site_id, requested_at desc);
  `);
};
