import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { NachtwachtError } from '../errors.ts';

/** The ordinary user that a database server of ours runs as: they refuse root. */
export interface RunAs {
  uid: number;
  gid: number;
  name: string;
}

/**
 * Who it runs as: `undefined` = as ourselves (we are an ordinary user already). As root: the owner of an existing
 * cluster, else `wanted` (a name that must be there, or names that are tried first), else `nachtwacht`, else `nobody`.
 */
export function chooseRunAs(options: {
  euid: number;
  clusterOwner?: number;
  wanted?: string | string[];
}): RunAs | undefined {
  if (options.euid !== 0) return undefined;
  const users = readUsers();
  if (options.clusterOwner !== undefined && options.clusterOwner !== 0) {
    const owner = options.clusterOwner;
    return users.find((user) => user.uid === owner) ?? { uid: owner, gid: owner, name: String(owner) };
  }
  const { wanted } = options;
  const names = typeof wanted === 'string' ? [wanted] : [...(wanted ?? []), 'nachtwacht', 'nobody'];
  for (const name of names) {
    const user = users.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (user) return user;
  }
  throw new NachtwachtError({
    code: 'postgres-no-user',
    kind: 'internal',
    message: `A database server does not run as root, and there is no ordinary user ${names.join(' or ')} to run it as.`,
    nextStep: 'Make one (useradd --system nachtwacht), or start Nachtwacht as an ordinary user, or set DATABASE_URL.',
    retryable: false,
  });
}

function readUsers(): RunAs[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid = '', gid = '']) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** The first folder on the way to `target` (itself included) that this user may not enter; undefined = all may be. */
export function firstClosedFolder(target: string, user: RunAs): string | undefined {
  const parts = path.resolve(target).split('/').filter(Boolean);
  let at = '/';
  for (const part of ['', ...parts]) {
    at = path.join(at, part);
    const facts = statSync(at, { throwIfNoEntry: false });
    if (!facts) return undefined;
    if (!facts.isDirectory()) continue;
    const bit = facts.uid === user.uid ? 0o100 : facts.gid === user.gid ? 0o010 : 0o001;
    if ((facts.mode & bit) === 0) return at;
  }
  return undefined;
}
