// Runs a unit of deploy/ as systemd would lay out its machine: the checkout where the unit says and read-only, nothing else
// writable but its StateDirectory and a private /tmp, an ordinary user, the unit's own environment. Needs root.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot, repository } from '../harness/machine.ts';

export interface Unit {
  name: string;
  /** Its words, without quoting: the units have none. */
  execStart: string[];
  workingDirectory: string;
  environment: Record<string, string>;
  stateDirectory: string;
  stateDirectoryMode: string;
  umask: string;
  text: string;
}

/** Reads a unit of deploy/. Throws when a line is missing on which the test stands. */
export function readUnit(name: string): Unit {
  const text = readFileSync(join(repository, 'deploy', name), 'utf8');
  const all = (key: string): string[] =>
    Array.from(text.matchAll(new RegExp(`^${key}=(.+)$`, 'gm')), (m) => m[1] ?? '');
  const one = (key: string): string => {
    const [value] = all(key);
    if (value === undefined) throw new Error(`${name} has no line ${key}=`);
    return value;
  };
  return {
    name,
    execStart: one('ExecStart').split(/\s+/),
    workingDirectory: one('WorkingDirectory'),
    environment: Object.fromEntries(
      all('Environment').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]),
    ),
    stateDirectory: join('/var/lib', one('StateDirectory')),
    stateDirectoryMode: one('StateDirectoryMode'),
    umask: one('UMask'),
    text,
  };
}

/** Why no unit can be run like that here; undefined = it can. */
export function whyNoUnit(unit: Unit): string | undefined {
  if (!isRoot) return 'it needs root: a mount namespace and another user';
  const program = unit.execStart[0] ?? '';
  if (!program.startsWith(unit.workingDirectory) && !existsSync(program)) return `there is no ${program}`;
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0) return 'this machine gives no mount namespaces';
  return undefined;
}

/** The mounts that stand for ProtectSystem=strict, StateDirectory=, PrivateTmp= and ProtectHome=. */
const layout = `
set -eu
mount -t tmpfs -o mode=755 nachtwacht-unit "$ROOM"
mkdir -p "$ROOM/checkout$WORK" "$ROOM/state$STATE"
mount --bind "$CHECKOUT" "$ROOM/checkout$WORK"
for hidden in $EMPTY; do mount -t tmpfs -o ro none "$ROOM/checkout$WORK/$hidden"; done
mount -o remount,bind,ro "$ROOM/checkout$WORK"
chown nobody:nogroup "$ROOM/state$STATE"
chmod "$STATE_MODE" "$ROOM/state$STATE"
mount --rbind "$ROOM/checkout$(dirname "$WORK")" "$(dirname "$WORK")"
mount --bind "$ROOM/state$(dirname "$STATE")" "$(dirname "$STATE")"
mount -o remount,bind,ro /
for folder in /tmp /var/tmp; do mount -t tmpfs -o mode=1777 tmp "$folder"; done
for folder in /root /home; do mount -t tmpfs -o ro,mode=700 none "$folder"; done
cd "$WORK"
umask "$UMASK"
exec env -i "$@"
`;

/** What systemd gives to every service of a user. */
const usual = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin', LANG: 'C.UTF-8', USER: 'nobody' };
const as = (user: string): string[] =>
  `setpriv --reuid=${user} --regid=nogroup --clear-groups --no-new-privs`.split(' ');

export interface UnitOptions {
  /** An empty folder that is ours: the mounts hang there, unseen from outside. */
  room: string;
  /** What /etc/nachtwacht.env would say. */
  more?: Record<string, string>;
  /** Folders of the checkout that are to look empty. */
  empty?: string[];
}

/** Starts a command in the unit's machine: `undefined` = its ExecStart as its user, else these words as root. */
export function startInUnit(unit: Unit, options: UnitOptions, words?: string[]): ChildProcess {
  const environment = { ...usual, HOME: unit.stateDirectory, ...unit.environment, ...options.more };
  const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const command = [...pairs, ...(words ?? [...as('nobody'), ...unit.execStart])];
  return spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', layout, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ROOM: options.room,
      CHECKOUT: repository,
      WORK: unit.workingDirectory,
      STATE: unit.stateDirectory,
      STATE_MODE: unit.stateDirectoryMode,
      UMASK: unit.umask,
      EMPTY: (options.empty ?? []).join(' '),
    },
  });
}

/** Runs a command beside a unit that runs, as its user or another one, from a folder that this user may not enter. */
export function runBeside(
  unit: Unit,
  running: ChildProcess,
  words: string[],
  user = 'nobody',
): { code: number | null; text: string } {
  const pairs = Object.entries({ ...usual, ...unit.environment }).map(([name, value]) => `${name}=${value}`);
  const inside = ['env', '-i', ...pairs, ...as(user), ...words];
  // Its root and folder too: these tests may run in a chroot, and mounts alone lead to the machine's own root.
  const there = [`--target=${running.pid}`, '--mount', '--root', '--wd'];
  const done = spawnSync('nsenter', [...there, 'sh', '-c', 'cd /root && exec "$@"', 'sh', ...inside], {
    encoding: 'utf8',
  });
  return { code: done.status, text: done.stdout + done.stderr };
}

/** All that a process writes, and its exit code. */
export function follow(child: ChildProcess): { text: () => string; ended: Promise<number | null> } {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (text += data.toString()));
  return { text: () => text, ended: new Promise((done) => child.once('close', done)) };
}
