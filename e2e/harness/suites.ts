import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMirrors } from './apt.ts';
import { withLock } from './lock.ts';
import { cacheFolder } from './machine.ts';
import { runCommand } from './run-command.ts';

/** Lists older than this are fetched again before they are used. */
const freshMs = 20 * 3600 * 1000;

export interface AptView {
  /** Versions of packages in these suites by name, highest first. */
  versions(names: readonly string[]): Promise<Map<string, PackageVersion[]>>;
  /** Names, versions and sizes of all packages that installing `names` on an empty machine would fetch. */
  closure(names: readonly string[]): Promise<string[]>;
  /** Downloads packages and unpacks them over `root`. Of each list of `name` or `name=version` the first to be had. */
  unpack(choices: readonly (readonly string[])[], root: string): Promise<void>;
}

export interface PackageVersion {
  version: string;
  suite: string;
}

/**
 * Debian's archive as seen with lists of our own for some suites, whatever release this machine runs: own lists, own cache,
 * an empty status, the machine's own mirror. Nothing of the machine's apt is touched; no root needed.
 */
export async function openSuites(suites: readonly string[]): Promise<AptView> {
  const home = await cacheFolder('apt', suites.join('+'));
  await withLock(`apt-${suites.join('+')}`, () => prepare(home, suites));
  const apt = (program: string, args: readonly string[], cwd?: string) =>
    runCommand(program, [...aptOptions(home), ...args], cwd === undefined ? {} : { cwd });

  const refresh = async (): Promise<void> => {
    await utimes(join(home, 'updated'), 0, 0).catch(() => undefined);
    await withLock(`apt-${suites.join('+')}`, () => prepare(home, suites));
  };

  return {
    versions: async (names) => {
      const { stdout } = await apt('apt-cache', ['madison', ...names]);
      const found = new Map<string, PackageVersion[]>();
      for (const line of stdout.split('\n')) {
        const [name, version, source] = line.split('|').map((part) => part.trim());
        if (name === undefined || version === undefined || source?.endsWith(' Packages') !== true) continue;
        const suite = /\s(\S+)\/main\s/.exec(source)?.[1] ?? '';
        found.set(name, [...(found.get(name) ?? []), { version, suite }]);
      }
      return found;
    },
    closure: async (names) => {
      const { stdout } = await apt('apt-get', ['-y', '--no-install-recommends', '--print-uris', 'install', ...names]);
      return [...stdout.matchAll(/^'[^']*' (\S+?)_/gm)].map((found) => found[1] ?? '');
    },
    unpack: async (choices, root) => {
      const folder = join(root, '.debs');
      await mkdir(folder, { recursive: true });
      const first = choices.map((names) => names[0] ?? '');
      const download = (names: readonly string[]) => apt('apt-get', ['-q', 'download', ...names], folder);
      const whole = await download(first).catch(async () => {
        await refresh();
        return download(first).catch(() => undefined);
      });
      // A mirror may name a package that it no longer holds: then another version of it will do.
      if (whole === undefined) for (const names of choices) await firstOf(names, download);
      for (const file of (await readdir(folder)).toSorted())
        await runCommand('dpkg-deb', ['-x', join(folder, file), root]);
      await rm(folder, { recursive: true });
    },
  };
}

async function firstOf(
  names: readonly string[],
  download: (names: readonly string[]) => Promise<unknown>,
): Promise<void> {
  let problem: unknown;
  for (const name of names) {
    try {
      await download([name]);
      return;
    } catch (error) {
      problem = error;
    }
  }
  throw problem instanceof Error ? problem : new Error('nothing to download');
}

/** Given on the command line, where they win from whatever the machine's apt.conf.d says. */
function aptOptions(home: string): string[] {
  const settings = {
    'Dir::Etc::sourcelist': join(home, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': join(home, 'lists'),
    'Dir::State::status': join(home, 'status'),
    'Dir::Cache': join(home, 'cache'),
    'Dir::Cache::pkgcache': 'pkgcache.bin',
    'Dir::Cache::srcpkgcache': 'srcpkgcache.bin',
    'APT::Sandbox::User': 'root',
    'APT::Update::Post-Invoke': '',
    // Mirrors may be a frozen copy: signatures are checked, only "valid until" is not.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Check-Date': 'false',
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    'Debug::NoLocking': 'true',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

async function prepare(home: string, suites: readonly string[]): Promise<void> {
  const mark = join(home, 'updated');
  const age =
    Date.now() -
    (await stat(mark)
      .then((found) => found.mtimeMs)
      .catch(() => 0));
  if (age < freshMs) return;
  const mirrors = await readMirrors();
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    await mkdir(join(home, folder), { recursive: true });
  const lines = suites.map((suite) => {
    const uri = suite.endsWith('-security') ? mirrors.security : mirrors.main;
    return `deb [signed-by=${mirrors.keyring}] ${uri} ${suite} main\n`;
  });
  await writeFile(join(home, 'sources.list'), lines.join(''));
  await writeFile(join(home, 'status'), '');
  await runCommand('apt-get', [...aptOptions(home), '-q', 'update']);
  await writeFile(mark, '');
}

/**
 * A prepared folder under the cache, made once: `make` fills a scratch folder that is renamed when it is whole, so a killed
 * run leaves nothing half. Parallel callers wait for the first.
 */
export async function preparedFolder(
  kind: string,
  name: string,
  make: (scratch: string) => Promise<void>,
): Promise<string> {
  const folder = join(await cacheFolder(kind), name);
  if (existsSync(folder)) return folder;
  return withLock(`${kind}-${name}`, async () => {
    if (existsSync(folder)) return folder;
    const scratch = `${folder}.making`;
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true, mode: 0o755 });
    await make(scratch);
    await rename(scratch, folder);
    return folder;
  });
}
