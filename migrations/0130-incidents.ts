import type { Migration } from '../src/platform/database/index.ts';

// Incidents: outages and what else somebody must know at once, with their timeline as proof.
export const up: Migration = async (run) => {
  await run(`
    create table incidents (
      -- made by whoever saw it, from what it is ('out:TARGET:FIRST FAILURE'), so that telling it twice makes one
      id text primary key,
      -- for people: 'Storing 412'
      number integer generated always as identity unique,
      kind text not null check (kind in ('outage', 'group', 'partial', 'duty', 'blind', 'channel', 'probe', 'rota', 'finding', 'drill')),
      -- high: wakes the guard at any hour; low: by the agency's hours
      urgency text not null check (urgency in ('high', 'low')),
      -- one open incident per subject: 'target:ID', 'group:address:192.0.2.7', 'duty:backup-hourly:site:ID', 'provider:ID' ...
      subject text not null,
      -- of a group: what its sites have in common
      title jsonb not null default '{}',
      cause text,
      reason jsonb not null default '{}',
      first_failure_at timestamptz not null,
      confirmed_at timestamptz not null,
      opened_at timestamptz not null,
      acknowledged_at timestamptz,
      acknowledged_by text,
      -- when the site answered again (its first success)
      fixed_at timestamptz,
      resolved_at timestamptz,
      reopened integer not null default 0,
      cause_note text,
      -- a group takes its members' alarms over
      merged_into text references incidents (id),
      -- nobody is called about it before this moment (maintenance, the agency's hours); null = at once
      quiet_until timestamptz,
      -- set when all guards were asked in vain
      given_up_at timestamptz
    );
    create unique index incidents_one_open on incidents (subject) where resolved_at is null and merged_into is null;
    create index incidents_open on incidents (opened_at) where resolved_at is null;
    create index incidents_by_time on incidents (opened_at desc);
    create index incidents_ended on incidents (resolved_at) where resolved_at is not null;

    -- Which sites an incident hit, from when to when: availability and outage minutes come from here alone.
    create table incident_sites (
      incident_id text not null references incidents (id) on delete cascade,
      target_id text not null references watch_targets (id),
      site_id text references sites (id),
      from_at timestamptz not null,
      to_at timestamptz,
      cause text,
      detail text,
      -- where it was looked at: sites of one address that fail together are one incident
      address text,
      -- announced work of our own: shown, not counted against the promise
      in_maintenance boolean not null default false,
      primary key (incident_id, target_id, from_at)
    );
    create index incident_sites_by_site on incident_sites (site_id, from_at desc);
    create index incident_sites_open on incident_sites (target_id) where to_at is null;

    create table incident_events (
      id bigint generated always as identity primary key,
      incident_id text not null references incidents (id) on delete cascade,
      at timestamptz not null,
      kind text not null,
      facts jsonb not null default '{}',
      actor text not null,
      -- the same thing told twice stands once
      key text not null,
      unique (incident_id, key)
    );
    create index incident_events_by_time on incident_events (incident_id, at, id);

    create function tell_incident_changed() returns trigger language plpgsql as $$
    begin
      perform pg_notify('incident_changed', new.id);
      return null;
    end $$;
    create trigger incident_changed after insert or update on incidents for each row execute function tell_incident_changed();

    create function tell_incident_event() returns trigger language plpgsql as $$
    begin
      perform pg_notify('incident_changed', new.incident_id);
      return null;
    end $$;
    create trigger incident_event after insert on incident_events for each row execute function tell_incident_event();

    create function tell_incident_site() returns trigger language plpgsql as $$
    begin
      if new.site_id is not null then perform pg_notify('site_changed', new.site_id); end if;
      return null;
    end $$;
    create trigger incident_site after insert or update on incident_sites for each row execute function tell_incident_site();
  `);
};
