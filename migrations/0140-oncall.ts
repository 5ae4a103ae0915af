import type { Migration } from '../src/platform/database/index.ts';

// Who is on duty, and how he is asked.
export const up: Migration = async (run) => {
  await run(`
    create table guards (
      id text primary key,
      -- the account of the person; null = a number only
      user_id text unique references auth_users (id) on delete set null,
      name text not null,
      -- E.164: '+31612345678'
      phone text,
      email text,
      -- topic address of a push service, where he uses one
      push_url text,
      can_be_called boolean not null default true,
      language text not null default 'nl' check (language in ('nl', 'en')),
      created_at timestamptz not null,
      removed_at timestamptz
    );
    create unique index guards_by_phone on guards (phone) where removed_at is null;

    create table rotas (
      id text primary key,
      name text not null,
      -- first line, second line, ...
      position integer not null,
      time_zone text not null,
      every text not null check (every in ('day', 'week')),
      handover text not null,
      first_turn text not null,
      created_at timestamptz not null,
      removed_at timestamptz
    );
    create table rota_turns (
      rota_id text not null references rotas (id) on delete cascade,
      position integer not null,
      guard_id text references guards (id),
      primary key (rota_id, position)
    );
    create table rota_overrides (
      id text primary key,
      rota_id text not null references rotas (id) on delete cascade,
      guard_id text not null references guards (id),
      from_at timestamptz not null,
      to_at timestamptz not null,
      note text not null default '',
      made_at timestamptz not null,
      made_by text not null,
      removed_at timestamptz,
      check (from_at < to_at)
    );

    create table duty_policy (
      only_row boolean primary key default true check (only_row),
      receipt_ms integer not null default 55000,
      call_ms integer not null default 180000,
      next_ms integer not null default 300000,
      rounds integer not null default 3,
      -- [{days: [1..7], from: 'HH:MM', to: 'HH:MM', rota: ID}]: in these hours that rota's guard is asked first
      asked_first jsonb not null default '[]',
      -- when incidents of low urgency may call somebody: {days: [1..7], from: 'HH:MM', to: 'HH:MM'}
      office_hours jsonb not null default '{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00"}',
      -- secret in the address of the calendar feed
      calendar_hash bytea
    );
    insert into duty_policy default values;

    -- Numbers of alarms on a guard's phone: the lowest that is free; freed when the incident is over.
    create table short_codes (
      guard_id text not null references guards (id),
      code integer not null,
      incident_id text not null references incidents (id) on delete cascade,
      given_at timestamptz not null,
      freed_at timestamptz
    );
    create unique index short_codes_one on short_codes (guard_id, code) where freed_at is null;
    create unique index short_codes_incident on short_codes (guard_id, incident_id) where freed_at is null;

    -- Links by which a guard takes an incident without signing in: only the hash of the secret is kept.
    create table guard_links (
      hash bytea primary key,
      incident_id text not null references incidents (id) on delete cascade,
      guard_id text not null references guards (id),
      made_at timestamptz not null,
      expires_at timestamptz not null
    );
  `);
};
