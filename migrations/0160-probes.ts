import type { Migration } from '../src/platform/database/index.ts';

// Second locations, fire drills and public pages.
export const up: Migration = async (run) => {
  await run(`
    create table probes (
      id text primary key,
      name text not null,
      -- the one-time token by which it joins; null once it has
      join_hash bytea unique,
      join_expires_at timestamptz,
      -- Ed25519, raw 32 bytes: what it signs its answers with
      public_key bytea,
      created_at timestamptz not null,
      joined_at timestamptz,
      last_seen_at timestamptz,
      version text,
      -- what it said of itself: SMS account there, address, lateness
      facts jsonb not null default '{}',
      removed_at timestamptz
    );
    create unique index probes_by_name on probes (lower(name)) where removed_at is null;

    create table drills (
      id text primary key,
      started_at timestamptz not null,
      -- when the drill site was told to fail
      down_at timestamptz,
      confirmed_at timestamptz,
      accepted_at timestamptz,
      delivered_at timestamptz,
      acknowledged_at timestamptz,
      ended_at timestamptz,
      state text not null check (state in ('running', 'passed', 'failed')),
      incident_id text references incidents (id) on delete set null,
      started_by text not null,
      note text
    );
    create unique index drills_one_runs on drills (state) where state = 'running';
    create index drills_by_time on drills (started_at desc);

    create table status_pages (
      slug text primary key,
      title text not null,
      -- one of both
      customer_id text references customers (id),
      site_id text references sites (id),
      language text not null default 'nl' check (language in ('nl', 'en')),
      enabled boolean not null default true,
      created_at timestamptz not null,
      check (num_nonnulls(customer_id, site_id) = 1)
    );
  `);
};
