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

    -- Each signed request counts once, whichever process it reaches.
    create unlogged table probe_nonces (
      probe_id text not null references probes (id) on delete cascade,
      nonce text not null,
      seen_at timestamptz not null,
      primary key (probe_id, nonce)
    );
    create index probe_nonces_by_time on probe_nonces (seen_at);

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

    -- When the drill is held, in the agency's time zone, and on what: a page of our own with a secret address.
    create table drill_settings (
      only_row boolean primary key default true check (only_row),
      enabled boolean not null default true,
      -- ISO: 1 = Monday
      day smallint not null default 2 check (day between 1 and 7),
      time text not null default '10:30' check (time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      -- null = who is on duty then
      guard_id text references guards (id),
      -- the due moment that was dealt with last, so that one week gives one drill
      held_for timestamptz,
      page_secret text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
      -- the page answers 503 until then, whatever dies meanwhile
      down_until timestamptz
    );
    insert into drill_settings default values;

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
