import type { Migration } from '../src/platform/database/index.ts';

// What the agency sets itself: house settings, its logo, the stores it uses or used; and of each repository when its password
// was exported.
export const up: Migration = async (run) => {
  await run(`
    create table house_settings (
      name text primary key,
      -- one of the two: secrets are sealed
      value jsonb,
      sealed bytea,
      changed_at timestamptz not null,
      changed_by text not null,
      check ((value is null) <> (sealed is null))
    );

    create table house_logo (
      only_one boolean primary key default true check (only_one),
      type text not null check (type in ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml')),
      bytes bytea not null,
      hash text not null,
      changed_at timestamptz not null
    );

    -- Every S3 store that the house set, with its keys: repositories made in an earlier one stay there and stay readable.
    create table house_stores (
      id text primary key,
      endpoint text not null,
      bucket text not null,
      region text not null,
      prefix text not null,
      -- sealed JSON: accessKey, secretKey
      keys bytea not null,
      made_at timestamptz not null,
      changed_at timestamptz not null,
      unique (endpoint, bucket, prefix)
    );

    alter table repositories
      add column password_set_at timestamptz,
      add column exported_at timestamptz;
    update repositories set password_set_at = made_at;
    alter table repositories alter column password_set_at set not null;

    -- {"bytesPerSecond": n, "requestsPerSecond": n}; null = the house's
    alter table sites add column rate jsonb;
  `);
};
