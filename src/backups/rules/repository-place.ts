// Where a site's repository lies, and how the plain `restic` program reaches it.

export type RepositoryPlace =
  | { kind: 'local'; folder: string }
  | { kind: 's3'; endpoint: string; bucket: string; region: string; prefix: string };

/** Whether two say the same place. */
export function isSamePlace(one: RepositoryPlace, other: RepositoryPlace): boolean {
  if (one.kind === 'local') return other.kind === 'local' && one.folder === other.folder;
  if (other.kind === 'local') return false;
  return (
    one.endpoint === other.endpoint &&
    one.bucket === other.bucket &&
    one.region === other.region &&
    one.prefix === other.prefix
  );
}

/** `s3:` address and variables as restic's documentation names them (Preparing a new repository, Amazon S3). */
export interface ResticAccess {
  repository: string;
  /** Without any secret: it may stand in a process list. */
  command: string;
  /** Names of the environment variables to set beforehand; `secret`: which of our secrets goes in. */
  environment: { name: string; secret: 'password' | 's3-access-key' | 's3-secret-key' | 'none'; value?: string }[];
}

export function resticAccess(place: RepositoryPlace): ResticAccess {
  const repository =
    place.kind === 'local' ? place.folder : `s3:${place.endpoint}/${joined(place.bucket, place.prefix)}`;
  return {
    repository,
    command: `restic -r ${shellWord(repository)} snapshots`,
    environment: [
      { name: 'RESTIC_PASSWORD', secret: 'password' },
      ...(place.kind === 's3'
        ? ([
            { name: 'AWS_ACCESS_KEY_ID', secret: 's3-access-key' },
            { name: 'AWS_SECRET_ACCESS_KEY', secret: 's3-secret-key' },
            { name: 'AWS_DEFAULT_REGION', secret: 'none', value: place.region },
          ] as const)
        : []),
    ],
  };
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
