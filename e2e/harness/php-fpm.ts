import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getKeeper } from './keeper.ts';
import type { Daemon } from './keeper.ts';
import { accepts, isRoot, siteUser } from './machine.ts';
import type { Php } from './php.ts';

export interface FpmOptions {
  /** PHP settings that the site cannot change, such as memory_limit. */
  settings?: Record<string, string>;
  children?: number;
  /** php-fpm kills a request that takes longer, as hosts do. Seconds; 0 = never. */
  terminateSeconds?: number;
}

export interface Fpm {
  readonly socket: string;
  readonly daemon: Daemon;
  /** Kills one worker that is busy with a request now (or any, when none is) with SIGKILL; the master starts another. */
  killWorker(): Promise<number>;
  /** Workers that serve a request at this moment. */
  busyWorkers(): Promise<number[]>;
  /** Kills the master and all workers, as a host does that restarts PHP in the middle of a request, and starts anew. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** One php-fpm with one pool for one site, its workers as www-data. */
export async function startFpm(php: Php, options: FpmOptions = {}): Promise<Fpm> {
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('fpm');
  const socket = join(folder, 'php.sock');
  const settings = {
    error_log: join(folder, 'php-errors.log'),
    log_errors: 'on',
    display_errors: 'off',
    upload_max_filesize: '64M',
    post_max_size: '64M',
    // A restored file is seen at once.
    'opcache.revalidate_freq': '0',
    ...options.settings,
  };
  const user = siteUser();
  const pool = [
    '[global]',
    'error_log = /proc/self/fd/2',
    'daemonize = no',
    'log_level = warning',
    '[site]',
    ...(isRoot ? [`user = ${user.name}`, `group = ${user.name}`] : []),
    `listen = ${socket}`,
    'listen.mode = 0666',
    'pm = static',
    `pm.max_children = ${options.children ?? 4}`,
    'catch_workers_output = yes',
    'decorate_workers_output = no',
    `request_terminate_timeout = ${options.terminateSeconds ?? 0}`,
    ...Object.entries(settings).map(([name, value]) => `php_admin_value[${name}] = "${value}"`),
    '',
  ];
  const config = join(folder, 'pool.conf');
  await writeFile(config, pool.join('\n'));
  await writeFile(settings.error_log, '', { mode: 0o666 });
  const [command, ...args] = php.fpm;
  if (command === undefined) throw new Error('no php-fpm');
  const start = (): Promise<Daemon> =>
    keeper.startDaemon({
      name: `php-fpm-${php.version}`,
      command,
      args: [...args, '-F', ...(isRoot ? ['-R'] : []), '-y', config],
      env: php.env,
      ready: () => accepts({ path: socket }),
    });
  let daemon = await start();
  return {
    socket,
    get daemon() {
      return daemon;
    },
    killWorker: async () => {
      const workers = await childrenOf(daemon.pid);
      const busy = workers.toSorted((a, b) => b.cpu - a.cpu);
      const chosen = busy.find((worker) => worker.connected) ?? busy[0];
      if (chosen === undefined) throw new Error('php-fpm has no workers');
      process.kill(chosen.pid, 'SIGKILL');
      return chosen.pid;
    },
    busyWorkers: async () =>
      (await childrenOf(daemon.pid)).filter((worker) => worker.connected).map((worker) => worker.pid),
    restart: async () => {
      await daemon.stop('SIGKILL');
      // A dying worker may still accept on the old socket.
      await rm(socket, { force: true });
      daemon = await start();
    },
    stop: () => daemon.stop(),
  };
}

/** Workers of a php-fpm master; `connected`: it has a socket besides the one it listens on, so serves a request. */
async function childrenOf(parent: number): Promise<{ pid: number; cpu: number; connected: boolean }[]> {
  const text = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '');
  const pids = text.split(' ').filter((each) => each.trim() !== '');
  return Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const open: string[] = await readdir(`/proc/${pid}/fd`).catch(() => []);
      const links = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
      const sockets = links.filter((link) => link.startsWith('socket:')).length;
      return { pid: Number(pid), cpu: Number(fields[11]) + Number(fields[12]), connected: sockets > 1 };
    }),
  );
}
