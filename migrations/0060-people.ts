import type { Migration } from '../src/platform/database/index.ts';

// Sign-in. Tables `auth_*` have exactly the shape that better-auth 1.7.6 wants (a test compares); the others are ours.
export const up: Migration = async (run) => {
  await run(`
    create table auth_users (
      id text primary key,
      name text not null,
      email text not null unique,
      "emailVerified" boolean not null,
      image text,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null default current_timestamp,
      "twoFactorEnabled" boolean
    );

    create table auth_sessions (
      id text primary key,
      "expiresAt" timestamptz not null,
      token text not null unique,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null,
      "ipAddress" text,
      "userAgent" text,
      "userId" text not null references auth_users (id) on delete cascade,
      -- what was proved to get it: 'password', 'second-factor' or 'passkey'
      strength text not null,
      -- when the person last proved who he is
      "confirmedAt" timestamptz not null,
      "lastUsedAt" timestamptz not null
    );
    create index "auth_sessions_userId_idx" on auth_sessions ("userId");

    create table auth_accounts (
      id text primary key,
      "accountId" text not null,
      "providerId" text not null,
      "userId" text not null references auth_users (id) on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      scope text,
      password text,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null
    );
    create index "auth_accounts_userId_idx" on auth_accounts ("userId");

    create table auth_verifications (
      id text primary key,
      identifier text not null,
      value text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null default current_timestamp
    );
    create index auth_verifications_identifier_idx on auth_verifications (identifier);

    create table auth_two_factors (
      id text primary key,
      secret text not null,
      "backupCodes" text not null,
      "userId" text not null references auth_users (id) on delete cascade,
      verified boolean,
      "failedVerificationCount" integer,
      "lockedUntil" timestamptz
    );
    create index auth_two_factors_secret_idx on auth_two_factors (secret);
    create index "auth_two_factors_userId_idx" on auth_two_factors ("userId");

    create table auth_passkeys (
      id text primary key,
      name text,
      "publicKey" text not null,
      "userId" text not null references auth_users (id) on delete cascade,
      "credentialID" text not null,
      counter integer not null,
      "deviceType" text not null,
      "backedUp" boolean not null,
      transports text,
      "createdAt" timestamptz,
      aaguid text
    );
    create index "auth_passkeys_userId_idx" on auth_passkeys ("userId");
    create index "auth_passkeys_credentialID_idx" on auth_passkeys ("credentialID");
    -- nobody registers another's credential under his own name
    create unique index auth_passkeys_one_per_credential on auth_passkeys ("credentialID");

    create table auth_rate_limits (
      id text primary key,
      key text not null unique,
      count integer not null,
      "lastRequest" bigint not null
    );

    -- What each person is to the agency.
    create table people (
      user_id text primary key references auth_users (id) on delete cascade,
      role text not null check (role in ('operator', 'guard', 'customer')),
      customer_id text references customers (id),
      -- null: what the browser wishes
      language text check (language in ('nl', 'en')),
      theme text check (theme in ('light', 'dark')),
      created_at timestamptz not null,
      last_seen_at timestamptz,
      deactivated_at timestamptz,
      check ((role = 'customer') = (customer_id is not null))
    );
    create index people_by_customer on people (customer_id);

    -- One-time links by which a person comes in: only the hash of the secret is kept.
    create table entry_links (
      id uuid primary key,
      kind text not null check (kind in ('first-operator', 'invitation', 'reset', 'password')),
      secret_hash bytea not null unique,
      -- of the account that it makes (first-operator, invitation) or is for (reset, password)
      user_id text not null,
      email text,
      name text,
      role text not null check (role in ('operator', 'guard', 'customer')),
      customer_id text references customers (id),
      language text not null check (language in ('nl', 'en')),
      made_by text not null,
      made_at timestamptz not null,
      expires_at timestamptz not null,
      mailed_at timestamptz,
      used_at timestamptz,
      revoked_at timestamptz
    );
    create unique index entry_links_one_invitation on entry_links (email)
      where kind = 'invitation' and used_at is null and revoked_at is null;
    create unique index entry_links_one_first on entry_links (kind)
      where kind = 'first-operator' and used_at is null and revoked_at is null;
    create index entry_links_by_user on entry_links (user_id);

    -- Attempts that were taken and not (yet) right, per account, address or both.
    create table sign_in_attempts (
      key text primary key,
      count integer not null,
      first_at timestamptz not null,
      last_at timestamptz not null,
      locked_until timestamptz
    );

    -- A code of an authenticator app opens the door once.
    create table used_codes (
      user_id text not null references auth_users (id) on delete cascade,
      code text not null,
      at timestamptz not null,
      primary key (user_id, code)
    );

    -- What signs the cookies and seals the authenticator secrets; itself sealed with the platform's data key.
    create table sign_in_secret (
      only_row boolean primary key default true check (only_row),
      sealed bytea not null,
      made_at timestamptz not null
    );
  `);
};
