import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const isRoot = process.getuid?.() === 0;

/** The repository's own folder. */
export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Who sites run as: www-data when we are root, else ourselves. */
export function siteUser(): { name: string; uid: number; gid: number } {
  if (!isRoot) {
    const uid = process.getuid?.() ?? 0;
    return { name: userName(uid), uid, gid: process.getgid?.() ?? 0 };
  }
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('www-data:'));
  const parts = line?.split(':') ?? ['www-data', '', '33', '33'];
  return { name: 'www-data', uid: Number(parts[2]), gid: Number(parts[3]) };
}

function userName(uid: number): string {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.split(':')[2] === String(uid));
  return line?.split(':')[0] ?? String(uid);
}

/** Full path of a program on PATH or in the sbin folders (which ordinary users lack), or undefined. */
export function findProgram(name: string): string | undefined {
  for (const folder of [
    ...(process.env['PATH'] ?? '').split(':'),
    '/usr/sbin',
    '/sbin',
    '/usr/bin',
    '/usr/local/sbin',
  ]) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * Where downloads and prepared cores are kept between runs: `.cache/` of the repository, or /var/cache/nachtwacht when the
 * repository lies where www-data cannot come (/root). NACHTWACHT_CACHE overrides.
 */
export async function cacheFolder(...parts: string[]): Promise<string> {
  const own = join(repository, '.cache');
  const chosen =
    process.env['NACHTWACHT_CACHE'] ?? (!isRoot || everybodyMayEnter(repository) ? own : '/var/cache/nachtwacht');
  const folder = join(chosen, ...parts);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  return folder;
}

function everybodyMayEnter(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * A loopback address of its own for each server: suites that run side by side then never meet on a port.
 * All of 127.0.0.0/8 can be bound on Linux.
 */
export async function freeAddress(port: number): Promise<string> {
  for (;;) {
    const address = `127.${randomPart()}.${randomPart()}.${randomPart()}`;
    if (await canListen(address, port)) return address;
  }
}

function randomPart(): number {
  return 2 + Math.floor(Math.random() * 250);
}

function canListen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve_, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve_(false);
      else reject(new Error(`cannot listen on ${address}:${port}: ${error.message}`));
    });
    server.listen(port, address, () => server.close(() => resolve_(true)));
  });
}

/** Whether something accepts connections at a TCP address or a socket file. */
export function accepts(target: { host: string; port: number } | { path: string }): Promise<boolean> {
  return new Promise((resolve_) => {
    const socket = connect(target);
    socket.once('connect', () => {
      socket.destroy();
      resolve_(true);
    });
    socket.once('error', () => resolve_(false));
  });
}
