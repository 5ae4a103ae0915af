import type { Migration } from '../src/platform/database/index.ts';

// Repositories, snapshots, verifications and settings of backups. No foreign key to the sites: the backups of a site that was
// removed stay readable until somebody removes them on purpose.
export const up: Migration = async (run) => {
  await run(`
    create table repositories (
      site_id text primary key,
      -- {"kind":"local","folder":...} or {"kind":"s3","endpoint":...,"bucket":...,"region":...,"prefix":...}
      place jsonb not null,
      -- sealed; S3 keys only when this site has its own, else those of the settings count
      password bytea not null,
      s3_keys bytea,
      -- restic's id once the repository exists: from then on a missing repository is an error, never made anew
      repository_id text,
      made_at timestamptz not null,
      tidied_at timestamptz,
      pruned_at timestamptz
    );

    create table backup_settings (
      site_id text primary key,
      paused boolean not null default false,
      -- null = the house's policy
      retention jsonb,
      -- on top of the house's list
      excludes jsonb not null default '[]'
    );

    create table snapshots (
      -- restic's id
      id text primary key,
      site_id text not null,
      run_id text not null,
      reason text not null,
      -- when reading began and when the snapshot was stored
      taken_at timestamptz not null,
      stored_at timestamptz not null,
      consistent boolean not null,
      complete boolean not null,
      gaps jsonb not null,
      figures jsonb not null,
      -- a verification found it wrong
      wrong_since timestamptz,
      held text check (held in ('by-hand')),
      forgotten_at timestamptz
    );
    create index snapshots_by_site on snapshots (site_id, taken_at desc) where forgotten_at is null;
    create index snapshots_by_run on snapshots (run_id);

    create table verifications (
      id bigint generated always as identity primary key,
      site_id text not null,
      kind text not null check (kind in ('structure', 'slice', 'trial-restore')),
      snapshot_id text,
      slice_part integer,
      slice_of integer,
      began_at timestamptz not null,
      ended_at timestamptz not null,
      ok boolean not null,
      problems jsonb not null,
      figures jsonb not null
    );
    create index verifications_by_site on verifications (site_id, kind, id desc);
  `);
};
