import type { Migration } from '../src/platform/database/index.ts';

// Messages that must arrive: the outbox, who carries them, receipts and replies.
export const up: Migration = async (run) => {
  await run(`
    create table message_providers (
      id text primary key,
      -- twilio, twilio-voice, smpp, gammu, http-sms, ntfy, webhook, smtp (src/channels/kinds.ts)
      kind text not null,
      means text not null check (means in ('sms', 'call', 'push', 'webhook', 'email')),
      name text not null,
      -- order within its means: the first is tried first
      position integer not null,
      config jsonb not null,
      secrets bytea,
      enabled boolean not null default true,
      created_at timestamptz not null,
      removed_at timestamptz,
      -- the daily canary: 'working', 'failing', or not tried yet
      canary_to text,
      canary_at timestamptz,
      canary_state text check (canary_state in ('waiting', 'working', 'failing')),
      canary_error text,
      -- the message by which it is tried now
      canary_message text,
      last_error text,
      last_error_at timestamptz,
      last_accepted_at timestamptz
    );

    create table messages (
      id text primary key,
      purpose text not null check (purpose in ('alarm', 'update', 'reply', 'canary', 'drill', 'test', 'notice')),
      means text not null check (means in ('sms', 'call', 'push', 'webhook', 'email')),
      provider_id text not null references message_providers (id),
      incident_id text references incidents (id) on delete cascade,
      guard_id text references guards (id),
      -- number or address
      recipient text not null,
      content jsonb not null,
      -- place in the order of guards, and which try at this step
      step integer not null default 0,
      attempt integer not null default 0,
      short_code integer,
      state text not null default 'queued' check (state in ('queued', 'sending', 'accepted', 'delivered', 'failed', 'unknown')),
      created_at timestamptz not null,
      -- who sends it now; a sender that died leaves 'sending', which becomes 'unknown' and is not sent twice by the same path
      claimed_by text,
      claimed_at timestamptz,
      tries integer not null default 0,
      next_try_at timestamptz not null,
      give_up_at timestamptz not null,
      accepted_at timestamptz,
      delivered_at timestamptz,
      failed_at timestamptz,
      -- the provider's own name for it
      provider_ref text,
      error text,
      -- sent by a watcher or a second location while the database or the core was away
      sent_by text
    );
    -- An incident asks a person once per step, means and attempt, whoever decides it and how often.
    create unique index messages_once on messages (incident_id, guard_id, step, means, attempt, purpose) where incident_id is not null;
    create index messages_waiting on messages (next_try_at) where state in ('queued', 'sending');
    create index messages_by_incident on messages (incident_id, created_at);
    create index messages_by_time on messages (created_at desc);
    create index messages_by_ref on messages (provider_id, provider_ref);

    create table inbound_messages (
      id text primary key,
      provider_id text not null references message_providers (id),
      -- the provider's name for it, or a hash of all that it said: a replay is the same row
      provider_ref text not null,
      sender text not null,
      text text not null,
      received_at timestamptz not null,
      handled_at timestamptz,
      outcome text,
      unique (provider_id, provider_ref)
    );
    create index inbound_messages_unhandled on inbound_messages (received_at) where handled_at is null;
    create index inbound_messages_by_time on inbound_messages (received_at desc);

    -- Mail goes over the mail server of the house, whatever that is at the moment.
    insert into message_providers (id, kind, means, name, position, config, created_at)
    values ('house-mail', 'smtp', 'email', 'E-mail', 0, '{}', now());

    create function tell_message_changed() returns trigger language plpgsql as $$
    begin
      perform pg_notify('incident_changed', new.incident_id);
      return null;
    end $$;
    create trigger message_made after insert on messages
      for each row when (new.incident_id is not null) execute function tell_message_changed();
    create trigger message_changed after update of state on messages
      for each row when (new.incident_id is not null and new.state is distinct from old.state) execute function tell_message_changed();

    -- The sending process looks at once.
    create function tell_message_queued() returns trigger language plpgsql as $$
    begin
      perform pg_notify('message_queued', '');
      return null;
    end $$;
    create trigger message_queued after insert on messages
      for each row when (new.state = 'queued') execute function tell_message_queued();
    create function tell_inbound() returns trigger language plpgsql as $$
    begin
      perform pg_notify('inbound_message', new.id);
      return null;
    end $$;
    create trigger inbound_message after insert on inbound_messages for each row execute function tell_inbound();
  `);
};
