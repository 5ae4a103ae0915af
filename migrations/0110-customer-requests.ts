import type { Migration } from '../src/platform/database/index.ts';

// What customers ask for. One that waits per site: asking twice would restore twice.
export const up: Migration = async (run) => {
  await run(`
    create table customer_requests (
      id text primary key,
      customer_id text not null references customers (id),
      site_id text not null references sites (id),
      kind text not null check (kind in ('restore')),
      -- the moment to go back to and its snapshot; null = the operator chooses with the customer
      moment timestamptz,
      snapshot_id text,
      note text not null,
      asked_by text not null,
      asked_at timestamptz not null,
      state text not null default 'open' check (state in ('open', 'accepted', 'done', 'declined', 'withdrawn')),
      answer text,
      answered_by text,
      answered_at timestamptz
    );
    create unique index customer_requests_one_waits on customer_requests (site_id, kind) where state in ('open', 'accepted');
    create index customer_requests_by_customer on customer_requests (customer_id, asked_at desc);
    create index customer_requests_by_time on customer_requests (asked_at desc);
  `);
};
