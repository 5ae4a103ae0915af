import type { Migration } from '../src/platform/database/index.ts';

// A promise with its due time and its evidence.
export const up: Migration = async (run) => {
  await run(`
    create table duties (
      id bigint generated always as identity primary key,
      -- clause of the contract (P5) and what exactly (backup-daily)
      promise text not null,
      kind text not null,
      subject text not null,
      -- evidence counts from opens_at; not there at due: alarm; from closes_at on it counts for the next duty
      opens_at timestamptz not null,
      due timestamptz not null,
      closes_at timestamptz not null,
      state text not null default 'open' check (state in ('open', 'kept', 'late', 'missed', 'withdrawn')),
      settled_at timestamptz,
      evidence jsonb,
      alarmed_at timestamptz,
      unique (kind, subject, due)
    );
    create index duties_open on duties (due) where state = 'open';
    create index duties_by_subject on duties (subject, due desc);
  `);
};
