import type { Migration } from '../src/platform/database/index.ts';

// The watch: what is looked at, by whom, how it is now, and what the checks measured.
export const up: Migration = async (run) => {
  await run(`
    -- A site, or a thing of our own (the fire drill). 'no' stands in the results: 4 bytes instead of an id.
    create table watch_targets (
      id text primary key,
      no integer generated always as identity unique,
      site_id text unique references sites (id) on delete cascade,
      kind text not null default 'site' check (kind in ('site', 'drill')),
      -- null: the site's own address
      url text,
      enabled boolean not null default true,
      interval_ms integer not null default 60000 check (interval_ms between 1000 and 300000),
      -- set by a person, before what was learnt
      keyword text,
      expected_status integer,
      extra_hosts text[] not null default '{}',
      -- what was learnt before this moment does not count any more
      learn_from timestamptz,
      -- somebody wanted a look at once
      check_asked_at timestamptz,
      added_at timestamptz not null default now(),
      -- raised when a row is made or changed: watchers read only what is newer than they know
      revision bigint not null
    );
    create sequence watch_revisions;
    alter table watch_targets alter column revision set default nextval('watch_revisions');

    -- Sites join the watch in the transaction that adds them (their target has their own id); their address and their
    -- leaving raise the revision.
    create function watch_site() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into watch_targets (id, site_id) values (new.id, new.id) on conflict do nothing;
      else
        update watch_targets set revision = nextval('watch_revisions') where site_id = new.id;
      end if;
      return null;
    end $$;
    create trigger watch_site after insert or update of url, removed_at on sites for each row execute function watch_site();
    insert into watch_targets (id, site_id) select id, id from sites;

    create function tell_watch_targets() returns trigger language plpgsql as $$
    begin
      perform pg_notify('watch_targets', '');
      return null;
    end $$;
    create trigger watch_targets_changed after insert or update on watch_targets
      for each statement execute function tell_watch_targets();

    -- Processes that check. A target belongs to the one with the highest rendezvous weight among those that live.
    create table watchers (
      id text primary key,
      process_name text not null,
      started_at timestamptz not null,
      heartbeat_at timestamptz not null,
      targets integer not null default 0,
      checks_a_minute integer not null default 0,
      lateness_ms integer not null default 0,
      loop_delay_ms integer not null default 0,
      -- why it cannot see at present; null = it sees
      blind_since timestamptz,
      blind_cause text,
      spooled integer not null default 0,
      -- results that had to go because the spool was full
      dropped integer not null default 0
    );

    -- How far each spool on a watcher's disk is in the database, by target: written with the packs, in one transaction.
    create table watch_flushes (
      spool text not null,
      no integer not null,
      seq bigint not null,
      primary key (spool, no)
    ) with (fillfactor = 70);

    -- How each target is now; written when something changed, and with each flush.
    create table watch_states (
      target_id text primary key references watch_targets (id) on delete cascade,
      watcher_id text not null,
      -- rules/confirm.ts 'Watched'; a watcher that takes over goes on from here
      watched jsonb not null,
      phase text not null check (phase in ('well', 'doubted', 'out', 'back')),
      verdict text not null check (verdict in ('up', 'down', 'unknown')),
      cause text,
      detail text,
      reason jsonb not null,
      checked_at timestamptz not null,
      status integer,
      total_ms integer,
      address text,
      certificate_expires_at timestamptz,
      certificate_issuer text,
      learnt jsonb,
      updated_at timestamptz not null
    ) with (fillfactor = 70);
    create index watch_states_phase on watch_states (phase) where phase <> 'well';
    -- sites of one host: by their address, or the beginning of it
    create index watch_states_address on watch_states (address text_pattern_ops);

    create function tell_watch_changed() returns trigger language plpgsql as $$
    declare site text;
    begin
      if tg_op = 'UPDATE' and (new.phase, new.verdict, new.cause) is not distinct from (old.phase, old.verdict, old.cause) then
        return null;
      end if;
      select t.site_id into site from watch_targets t where t.id = new.target_id;
      if site is null then return null; end if;
      perform pg_notify('watch_changed', site);
      if tg_op = 'INSERT' or new.phase <> old.phase then perform pg_notify('site_changed', site); end if;
      return null;
    end $$;
    create trigger watch_changed after insert or update on watch_states for each row execute function tell_watch_changed();

    -- Checks of one target within a few minutes, packed (src/monitoring/results/pack.ts), with their own summary: this is
    -- the 5-minute roll-up as well. Partitions are made and dropped by day.
    create table check_packs (
      no integer not null,
      from_at timestamptz not null,
      to_at timestamptz not null,
      checks smallint not null,
      down smallint not null,
      unknown smallint not null,
      -- of those that answered, milliseconds
      total_avg integer,
      total_max integer,
      packed bytea not null,
      primary key (no, from_at)
    ) partition by range (from_at);

    create table check_hours (
      no integer not null,
      hour timestamptz not null,
      checks integer not null,
      down integer not null,
      unknown integer not null,
      dns_avg integer,
      connect_avg integer,
      tls_avg integer,
      first_byte_avg integer,
      total_avg integer,
      total_p50 integer,
      total_p95 integer,
      primary key (no, hour)
    );
    create table check_days (
      no integer not null,
      day date not null,
      checks integer not null,
      down integer not null,
      unknown integer not null,
      total_avg integer,
      total_p50 integer,
      total_p95 integer,
      primary key (no, day)
    );

    -- Hours that are rolled up; one is taken out again when a late result came into it.
    create table check_rollups (
      hour timestamptz primary key,
      done_at timestamptz not null
    );

    -- Hosts of others that always answer ('1.1.1.1:443'): when they fail, it is our own network.
    create table watch_settings (
      only_row boolean primary key default true check (only_row),
      reference_hosts text[] not null default '{1.1.1.1:443,8.8.8.8:443,9.9.9.9:443}'
    );
    insert into watch_settings default values;

    -- What the signed check through the plugin and the slow looks (page, domain) found last (src/monitoring/health).
    create table site_health (
      site_id text primary key references sites (id) on delete cascade,
      -- when each look is due next
      next_at timestamptz not null,
      page_next_at timestamptz not null,
      domain_next_at timestamptz not null,
      -- of the last look of any kind; null = not yet
      looked_at timestamptz,
      health jsonb,
      domain jsonb,
      page jsonb,
      findings jsonb not null default '[]'
    );
    create index site_health_due on site_health (least(next_at, page_next_at, domain_next_at));
    create index site_health_found on site_health (site_id) where findings <> '[]';

    create function tell_site_health() returns trigger language plpgsql as $$
    begin
      if new.findings is distinct from old.findings then perform pg_notify('site_changed', new.site_id); end if;
      return null;
    end $$;
    create trigger site_health_changed after update on site_health for each row execute function tell_site_health();
  `);
};
