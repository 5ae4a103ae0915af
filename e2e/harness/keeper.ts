import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

// Everything a test process starts dies with it, however it ends. A small shell reads a pipe that this process holds open:
// end of file means that the process is gone, and then the shell kills the process groups, unmounts and removes the folder.
const guardScript = `
trap '' HUP INT TERM
groups=; mounts=
while read -r kind value; do
  case $kind in
    group) groups="$groups $value" ;;
    gone) rest=; for g in $groups; do [ "$g" = "$value" ] || rest="$rest $g"; done; groups=$rest ;;
    mount) mounts="$value $mounts" ;;
    unmounted) rest=; for m in $mounts; do [ "$m" = "$value" ] || rest="$rest $m"; done; mounts=$rest ;;
  esac
done
for g in $groups; do kill -9 "-$g" 2>/dev/null; done
for m in $mounts; do umount -l "$m" 2>/dev/null; done
rm -rf --one-file-system "$1" "$2" 2>/dev/null || { sleep 1; rm -rf --one-file-system "$1" "$2"; }
`;

/** Parent of all rig folders: on a disk (memory would hide what a real disk costs), and open to www-data. */
const parent = process.env['NACHTWACHT_RIG_TMP'] ?? '/var/tmp';
const prefix = 'nw-rig-';

/**
 * Small files that come and go by the thousand lie in memory where there is plenty: an ext4 without a journal makes 4,000
 * files ten times slower for a minute after others were deleted (it keeps away from the inodes of the last minute).
 */
const memory = '/dev/shm';
const plentyBytes = 6 * 1024 ** 3;

export interface Daemon {
  readonly pid: number;
  readonly logFile: string;
  readonly running: boolean;
  /** Ends it with a signal (default SIGTERM, SIGKILL after 5 s) and all of its process group; resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  log(): Promise<string>;
}

export interface DaemonOptions {
  name: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Asked every 15 ms until true. */
  ready: () => Promise<boolean>;
  readyMs?: number;
}

export interface Keeper {
  /** Own temporary folder, mode 755, removed with everything in it when the process ends. */
  readonly folder: string;
  /** A new folder inside it. */
  makeFolder(name: string): Promise<string>;
  /** A new folder in memory when there is plenty of it, else inside `folder`. Removed in the same way. */
  makeFastFolder(name: string): Promise<string>;
  startDaemon(options: DaemonOptions): Promise<Daemon>;
  mounted(path: string): void;
  unmounted(path: string): void;
}

let keeper: Promise<Keeper> | undefined;

/** The one keeper of this process, made at first use. */
export function getKeeper(): Promise<Keeper> {
  keeper ??= makeKeeper();
  return keeper;
}

async function makeKeeper(): Promise<Keeper> {
  await sweepDeadFolders();
  const folder = await mkdtemp(join(parent, prefix));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'owner'), `${process.pid} ${startTime(process.pid)}\n`);
  const fast = join(memory, basename(folder));
  const guard = spawn('/bin/sh', ['-c', guardScript, 'nachtwacht-rig-guard', folder, fast], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  guard.unref();
  const pipe = guard.stdin;
  pipe.on('error', () => undefined);
  // The pipe must not keep this process alive: its end is what the guard waits for.
  if (pipe instanceof Socket) pipe.unref();
  const tell = (line: string): void => {
    pipe.write(`${line}\n`);
  };
  const makeIn = async (place: string, name: string): Promise<string> => {
    await mkdir(place, { recursive: true, mode: 0o755 });
    const made = await mkdtemp(join(place, `${name}-`));
    await chmod(made, 0o755);
    return made;
  };
  return {
    folder,
    makeFolder: (name) => makeIn(folder, name),
    makeFastFolder: async (name) => makeIn((await memoryIsPlenty()) ? fast : folder, name),
    startDaemon: (options) => startDaemon(folder, tell, options),
    mounted: (path) => tell(`mount ${path}`),
    unmounted: (path) => tell(`unmounted ${path}`),
  };
}

async function memoryIsPlenty(): Promise<boolean> {
  const facts = await statfs(memory).catch(() => undefined);
  const available = /MemAvailable:\s+(\d+) kB/.exec(await readFile('/proc/meminfo', 'utf8').catch(() => ''))?.[1];
  if (facts === undefined || available === undefined) return false;
  return Math.min(facts.bavail * facts.bsize, Number(available) * 1024) > plentyBytes;
}

async function startDaemon(folder: string, tell: (line: string) => void, options: DaemonOptions): Promise<Daemon> {
  const logFile = join(folder, `${options.name}-${Math.random().toString(36).slice(2, 8)}.log`);
  const log = openSync(logFile, 'a');
  let child: ChildProcess;
  try {
    child = spawn(options.command, options.args, {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: options.cwd ?? '/',
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
    });
  } finally {
    closeSync(log);
  }
  let failure: Error | undefined;
  let exited = false;
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => {
      exited = true;
      resolve();
    });
    child.once('error', (error) => {
      failure = error;
      exited = true;
      resolve();
    });
  });
  const pid = child.pid;
  if (pid === undefined) {
    await exit;
    throw new Error(`cannot start ${options.command}: ${failure?.message ?? 'no process'}`);
  }
  tell(`group ${pid}`);
  await appendFile(join(folder, 'groups'), `${pid} ${startTime(pid)}\n`);
  child.unref();
  const daemon: Daemon = {
    pid,
    logFile,
    get running() {
      return !exited;
    },
    log: () => readFile(logFile, 'utf8').catch(() => ''),
    stop: async (signal = 'SIGTERM') => {
      child.ref();
      if (!exited) {
        signalGroup(pid, signal);
        await Promise.race([exit, delay(5000, undefined, { ref: false })]);
      }
      // Whoever of its group outlived it goes too.
      signalGroup(pid, 'SIGKILL');
      await exit;
      tell(`gone ${pid}`);
    },
  };
  const limit = performance.now() + (options.readyMs ?? 20_000);
  while (!(await options.ready().catch(() => false))) {
    if (exited || performance.now() > limit) {
      const tail = (await daemon.log()).slice(-3000);
      await daemon.stop('SIGKILL');
      throw new Error(`${options.name} ${exited ? 'ended at once' : 'did not become ready'}:\n${tail}`);
    }
    await delay(15);
  }
  return daemon;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody left in the group.
  }
}

/** When a process started, in clock ticks since boot: with its pid it names a process for certain. '' when it is gone. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Removes what a process left whose guard was killed with it (a whole session ended by SIGKILL). */
async function sweepDeadFolders(): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(parent, name);
    const owner = (await readFile(join(folder, 'owner'), 'utf8').catch(() => '')).trim().split(' ');
    const pid = Number(owner[0]);
    if (owner.length < 2 || startTime(pid) === owner[1]) continue;
    const groups = await readFile(join(folder, 'groups'), 'utf8').catch(() => '');
    for (const line of groups.trim().split('\n')) {
      const [group, started] = line.split(' ');
      if (started !== undefined && started !== '' && startTime(Number(group)) === started)
        signalGroup(Number(group), 'SIGKILL');
    }
    for (const left of [join(memory, name), folder])
      await rm(left, { recursive: true, force: true }).catch(() => undefined);
  }
}
