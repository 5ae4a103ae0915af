import type { Migration } from '../src/platform/database/index.ts';

// Customers, their sites, and what is known of each site.
export const up: Migration = async (run) => {
  await run(`
    create table customers (
      id text primary key,
      name text not null,
      email text,
      created_at timestamptz not null,
      removed_at timestamptz
    );
    create unique index customers_by_name on customers (lower(name)) where removed_at is null;

    create table sites (
      id text primary key,
      customer_id text not null references customers (id),
      -- home URL, canonical: no user, query, fragment or final slash
      url text not null,
      backup_plan text not null check (backup_plan in ('daily', 'hourly')),
      limit_bytes bigint not null,
      created_at timestamptz not null,
      removed_at timestamptz,

      -- pairing: the key that was offered last, and what the site took
      offered_key bytea,
      private_key bytea,
      key_id text,
      paired_url text,
      entries jsonb,
      paired_at timestamptz,
      wordpress_version text,
      multisite boolean,
      basic_auth bytea,

      -- learned by the connector client; only ever a help
      learned jsonb,
      last_contact_at timestamptz,
      inventory jsonb,
      inventory_at timestamptz,

      files bigint,
      files_bytes bigint,
      database_bytes bigint,
      tables integer,
      measured_at timestamptz
    );
    create unique index sites_by_url on sites (url) where removed_at is null;
    create index sites_by_customer on sites (customer_id);
  `);
};
