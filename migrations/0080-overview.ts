import type { Migration } from '../src/platform/database/index.ts';

// What the list of all sites shows of each, in one small row: read in milliseconds whatever the history holds. Triggers
// keep it right in the transaction of whoever writes, so no verb can forget it; they also tell watchers which site changed.
export const up: Migration = async (run) => {
  await run(`
    create index snapshots_good on snapshots (site_id, taken_at desc)
      where forgotten_at is null and complete and wrong_since is null;
    -- also forgotten ones count for 'when was anything stored'
    create index snapshots_stored on snapshots (site_id, stored_at);
    create index sites_in_care on sites (id) where removed_at is null;

    create table site_overview (
      site_id text primary key references sites (id) on delete cascade,
      -- the newest backup that is whole and that no check found wrong: when its reading began
      last_good_at timestamptz,
      last_good_id text,
      -- the newest of any kind
      last_stored_at timestamptz,
      wordpress_version text,
      php_version text
    ) with (fillfactor = 70);

    -- For the search, apart because it is long: a line for each part, lower case: 'plugin akismet/akismet.php akismet 5.3'.
    create table site_software (
      site_id text primary key references sites (id) on delete cascade,
      lines text not null
    );

    create function inventory_records(inventory jsonb) returns setof jsonb language sql immutable as $$
      select record from jsonb_array_elements(case when jsonb_typeof(inventory) = 'array' then inventory else '[]' end) record
      where jsonb_typeof(record) = 'object'
    $$;

    create function inventory_version(inventory jsonb, wanted text) returns text language sql immutable as $$
      select left(record->>'version', 50) from inventory_records(inventory) record where record->>'kind' = wanted limit 1
    $$;

    create function inventory_lines(inventory jsonb) returns text language sql immutable as $$
      select coalesce(left(string_agg(lower(left(translate(concat_ws(' ',
          case record->>'kind' when 'core' then 'wordpress' else record->>'kind' end,
          record->>'file', record->>'name', record->>'version'), E'\\n\\r', '  '), 300)), E'\\n'), 60000), '')
      from inventory_records(inventory) record
      where record->>'kind' in ('core', 'php', 'database', 'plugin', 'mu-plugin', 'drop-in', 'theme')
    $$;

    create function tell_site_changed(site_id text) returns void language sql as $$
      select pg_notify('site_changed', left(site_id, 200))
    $$;

    -- Locked first: the look at the snapshots that follows then sees what the transaction before us committed.
    create function keep_backups_of(ids text[]) returns void language plpgsql as $$
    begin
      perform 1 from site_overview o where o.site_id = any (ids) order by o.site_id for update;
      update site_overview o
      set last_good_at = good.taken_at, last_good_id = good.id, last_stored_at = stored.stored_at
      from unnest(ids) asked (site_id)
      left join lateral (
        select s.id, s.taken_at from snapshots s
        where s.site_id = asked.site_id and s.forgotten_at is null and s.complete and s.wrong_since is null
        order by s.taken_at desc, s.id desc limit 1
      ) good on true
      left join lateral (select max(s.stored_at) as stored_at from snapshots s where s.site_id = asked.site_id) stored on true
      where o.site_id = asked.site_id;
      perform tell_site_changed(asked.site_id) from unnest(ids) asked (site_id);
    end $$;

    create function keep_software_of(id text, inventory jsonb, paired_version text) returns void language sql as $$
      insert into site_overview (site_id, wordpress_version, php_version)
      values (id, coalesce(inventory_version(inventory, 'core'), nullif(paired_version, '')), inventory_version(inventory, 'php'))
      on conflict (site_id) do update set wordpress_version = excluded.wordpress_version, php_version = excluded.php_version;
      insert into site_software (site_id, lines) values (id, inventory_lines(inventory))
      on conflict (site_id) do update set lines = excluded.lines
    $$;

    create function on_snapshots() returns trigger language plpgsql as $$
    begin
      perform keep_backups_of(array(select distinct c.site_id from changed c));
      return null;
    end $$;
    create trigger overview_insert after insert on snapshots referencing new table as changed
      for each statement execute function on_snapshots();
    create trigger overview_update after update on snapshots referencing new table as changed
      for each statement execute function on_snapshots();
    create trigger overview_delete after delete on snapshots referencing old table as changed
      for each statement execute function on_snapshots();

    create function on_site_software() returns trigger language plpgsql as $$
    begin
      perform keep_software_of(new.id, new.inventory, new.wordpress_version);
      if tg_op = 'INSERT' then perform keep_backups_of(array[new.id]); end if;
      perform tell_site_changed(new.id);
      return null;
    end $$;
    create trigger overview_software after insert or update of inventory, wordpress_version on sites
      for each row execute function on_site_software();

    create function on_site() returns trigger language plpgsql as $$
    begin
      perform tell_site_changed(new.id);
      return null;
    end $$;
    -- Not 'learned' and 'last_contact_at', which are written every few seconds.
    create trigger overview_site after update of url, customer_id, backup_plan, limit_bytes, removed_at, paired_at,
      files_bytes, database_bytes, measured_at on sites for each row execute function on_site();

    create function on_settings() returns trigger language plpgsql as $$
    begin
      perform tell_site_changed(new.site_id);
      return null;
    end $$;
    create trigger overview_settings after insert or update of paused on backup_settings
      for each row execute function on_settings();

    -- Subjects are 'site:ID', 'verify:ID' and so on; of another kind than a site it is nobody's id, and does no harm.
    create function on_subject() returns trigger language plpgsql as $$
    begin
      perform tell_site_changed(split_part(new.subject, ':', 2));
      return null;
    end $$;
    create trigger overview_duty after update of state, alarmed_at on duties for each row execute function on_subject();
    create trigger overview_alarm after insert or update of cleared_at on alarms for each row execute function on_subject();
    create trigger overview_run after insert or update of state on saga_runs for each row execute function on_subject();

    create function on_progress() returns trigger language plpgsql as $$
    begin
      perform tell_site_changed(split_part(r.subject, ':', 2)) from saga_runs r where r.id = new.run_id;
      return null;
    end $$;
    create trigger overview_progress after insert or update on saga_progress for each row execute function on_progress();

    do $$ begin
      perform keep_software_of(s.id, s.inventory, s.wordpress_version) from sites s;
      perform keep_backups_of(array(select id from sites));
    end $$;
  `);
};
