import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSuites, preparedFolder } from './suites.ts';

const run = promisify(execFile);

/** Debian's suites with a restic of their own: 0.14 in bookworm, 0.18 in trixie, 0.19 in forky on 2026-11-23. */
const RESTIC_SUITES = ['bookworm', 'trixie', 'forky'];

export interface ResticBinary {
  /** Such as `0.14.0`. */
  version: string;
  path: string;
}

let found: Promise<ResticBinary[]> | undefined;

/** The oldest and the newest restic that Debian has, from its archive (the program is static and runs anywhere). */
export function resticBinaries(): Promise<ResticBinary[]> {
  found ??= fetchBinaries();
  return found;
}

/** The newest one. */
export async function newestRestic(): Promise<ResticBinary> {
  return (await resticBinaries()).at(-1)!;
}

async function fetchBinaries(): Promise<ResticBinary[]> {
  const binaries = new Map<string, ResticBinary>();
  for (const suite of RESTIC_SUITES) {
    const folder = await preparedFolder('restic', suite, async (scratch) => {
      await (await openSuites([suite])).unpack([['restic']], scratch);
    });
    const path = join(folder, 'usr/bin/restic');
    const { stdout } = await run(path, ['version']);
    const version = /restic (\S+)/.exec(stdout)?.[1] ?? 'unknown';
    binaries.set(version, { version, path });
  }
  const all = [...binaries.values()].toSorted((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
  const oldest = all[0]!;
  const newest = all.at(-1)!;
  return oldest === newest ? [oldest] : [oldest, newest];
}

/** Runs restic on a repository with its own cache folder; answers its output. Fails with what restic said. */
export async function runRestic(
  binary: ResticBinary,
  repository: { location: string; password: string; cache: string; cwd?: string; environment?: Record<string, string> },
  args: string[],
): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    RESTIC_REPOSITORY: repository.location,
    RESTIC_PASSWORD: repository.password,
    RESTIC_CACHE_DIR: repository.cache,
    ...repository.environment,
  };
  try {
    const { stdout } = await run(binary.path, args, {
      env,
      maxBuffer: 64 * 1024 * 1024,
      ...(repository.cwd === undefined ? {} : { cwd: repository.cwd }),
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`restic ${binary.version} ${args.join(' ')}: ${stderr ?? String(error)}${stdout ?? ''}`, {
      cause: error,
    });
  }
}
