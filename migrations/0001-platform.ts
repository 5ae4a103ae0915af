import type { Migration } from '../src/platform/database/index.ts';

// Data keys, sagas with their journal and claims, alarms, API tokens, audit.
export const up: Migration = async (run) => {
  await run(`
    create table data_keys (
      id integer generated always as identity primary key,
      wrapped bytea not null,
      made_at timestamptz not null default now()
    );

    -- The highest claim number given out per subject (a site); raised at every take-over.
    create table subject_claims (
      subject text primary key,
      claim bigint not null
    );

    create table saga_runs (
      id uuid primary key,
      saga text not null,
      subject text not null,
      input jsonb not null,
      state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
      claim bigint not null default 0,
      attempt integer not null default 0,
      -- attempts since the journal last grew: a run that kills its worker each time ends as failed
      idle_attempts integer not null default 0,
      failures integer not null default 0,
      cancel_requested boolean not null default false,
      job_id uuid,
      worker text,
      result jsonb,
      error jsonb,
      requested_by text not null,
      created_at timestamptz not null,
      started_at timestamptz,
      finished_at timestamptz
    );
    create unique index saga_runs_one_per_subject on saga_runs (subject) where state in ('queued', 'running');
    create index saga_runs_by_subject on saga_runs (subject, created_at desc);
    create index saga_runs_by_time on saga_runs (created_at desc);

    create table saga_steps (
      run_id uuid not null references saga_runs (id) on delete cascade,
      name text not null,
      claim bigint not null,
      result jsonb not null,
      at timestamptz not null,
      primary key (run_id, name)
    );

    create table saga_checkpoints (
      run_id uuid not null references saga_runs (id) on delete cascade,
      name text not null,
      claim bigint not null,
      value jsonb not null,
      at timestamptz not null,
      primary key (run_id, name)
    );

    -- What a person sees of work under way; not worth a flush to disk.
    create unlogged table saga_progress (
      run_id uuid primary key,
      progress jsonb not null,
      at timestamptz not null
    );

    create table alarms (
      id bigint generated always as identity primary key,
      code text not null,
      subject text not null,
      facts jsonb not null,
      raised_at timestamptz not null,
      last_seen_at timestamptz not null,
      times integer not null default 1,
      cleared_at timestamptz
    );
    create unique index alarms_standing on alarms (code, subject) where cleared_at is null;
    create index alarms_by_time on alarms (raised_at desc);

    create table api_tokens (
      id uuid primary key,
      name text not null,
      scope text not null check (scope in ('read', 'operate', 'admin')),
      secret_hash bytea not null unique,
      made_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    );

    create table audit (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor text not null,
      action text not null,
      subject text not null,
      details jsonb not null
    );
    create index audit_by_subject on audit (subject, id desc);
  `);
};
