import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { systemCodeOf } from '../errors.ts';

/** What PostgreSQL writes about itself in `postmaster.pid`. */
export interface PostmasterPid {
  pid: number;
  dataDirectory: string;
  port: number;
  ready: boolean;
}

/** Reads `postmaster.pid` of a cluster; undefined when there is none or it is not complete yet. */
export function readPostmasterPid(cluster: string): PostmasterPid | undefined {
  try {
    return parsePostmasterPid(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8'));
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Lines by PostgreSQL's src/include/utils/pidfile.h: pid, data folder, start time, port, socket folder, address, shm key, status. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, dataDirectory: lines[1] ?? '', port: Number(lines[3]) || 0, ready: lines[7] === 'ready' };
}

/**
 * Whether a process with this pid is PostgreSQL at work in this very cluster. A pid alone proves nothing: after a
 * reboot or in another container it may be anybody. Linux: a postmaster's working folder is its data folder.
 */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}
