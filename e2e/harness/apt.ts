import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { withLock } from './lock.ts';
import { findProgram, isRoot } from './machine.ts';
import { onlyForBenches, packages, programs } from './packages.ts';
import type { Purpose } from './packages.ts';
import { runCommand } from './run-command.ts';

const environment = { DEBIAN_FRONTEND: 'noninteractive', DEBCONF_NOWARNINGS: 'yes' };

/**
 * Makes sure the programs for these purposes are there: nothing to do when they are, `apt-get install` when we are root on
 * a machine with apt, else an error with the exact command to type. Services that come along are kept from starting.
 */
export async function ensurePackages(purposes: readonly Purpose[], say?: (line: string) => void): Promise<void> {
  if (missing(purposes).length === 0) return;
  await withLock('apt', async () => {
    const wanted = missing(purposes);
    if (wanted.length === 0) return;
    const names = [...new Set(wanted.flatMap((purpose) => packages[purpose]))];
    const command = `apt-get install --no-install-recommends -y ${names.join(' ')}`;
    if (findProgram('apt-get') === undefined)
      throw new Error(
        `Missing: ${wanted.join(', ')}. This machine has no apt; install what these Debian packages hold: ${names.join(' ')}`,
      );
    if (!isRoot) throw new Error(`Missing: ${wanted.join(', ')}. Run this once, then try again:\n  sudo ${command}`);
    say?.(command);
    await installPackages(names);
    const left = missing(purposes);
    if (left.length > 0)
      throw new Error(`apt-get installed ${names.join(' ')}, but programs of ${left.join(', ')} are not there`);
  });
}

function missing(purposes: readonly Purpose[]): Purpose[] {
  return purposes.filter(
    (purpose) =>
      programs[purpose].some((program) => findProgram(program) === undefined) ||
      (purpose === 'php' && nativeFpm() === undefined),
  );
}

/** Path of the php-fpm of this machine's own release, the highest version when there are several. */
export function nativeFpm(): { path: string; version: string } | undefined {
  for (const version of ['8.5', '8.4', '8.3', '8.2', '8.1', '8.0', '7.4']) {
    const path = findProgram(`php-fpm${version}`);
    if (path !== undefined && findProgram(`php${version}`) !== undefined) return { path, version };
  }
  return undefined;
}

async function installPackages(names: readonly string[]): Promise<void> {
  const lists = await readdir('/var/lib/apt/lists').catch(() => []);
  if (!lists.some((name) => name.includes('_Packages')))
    await runCommand('apt-get', ['-q', 'update'], { env: environment });
  const install = (): Promise<unknown> =>
    withoutStartingServices(() =>
      runCommand(
        'apt-get',
        ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends', 'install', ...names],
        {
          env: environment,
        },
      ),
    );
  try {
    await install();
  } catch {
    // Lists grow old: a package they name may be gone from the mirror.
    await runCommand('apt-get', ['-q', 'update'], { env: environment });
    await install();
  }
}

/** Debian's own switch (policy-rc.d, exit code 101) for "install, but start nothing": the rig starts its own servers. */
async function withoutStartingServices<T>(work: () => Promise<T>): Promise<T> {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  await writeFile(policy, '#!/bin/sh\nexit 101\n');
  await chmod(policy, 0o755);
  try {
    return await work();
  } finally {
    await rm(policy, { force: true });
  }
}

export interface Mirrors {
  /** The main archive as this machine's own sources name it. */
  main: string;
  /** The security archive. */
  security: string;
  /** Keyring that all lines are checked with. */
  keyring: string;
}

/**
 * The mirrors this machine uses itself, read from its apt sources (one-line and deb822 files). Nothing about mirrors is
 * written in the repository.
 */
export async function readMirrors(): Promise<Mirrors> {
  const texts: { name: string; text: string }[] = [];
  const parts: string[] = await readdir('/etc/apt/sources.list.d').catch(() => []);
  for (const name of ['/etc/apt/sources.list', ...parts.toSorted().map((part) => `/etc/apt/sources.list.d/${part}`)]) {
    if (!/\.(list|sources)$/.test(name)) continue;
    const text = await readFile(name, 'utf8').catch(() => '');
    texts.push({ name, text });
  }
  const entries = texts.flatMap(({ name, text }) => (name.endsWith('.sources') ? readDeb822(text) : readOneLine(text)));
  // A Debian archive is told from other repositories by its suites and its component.
  const isSuite = /^(bullseye|bookworm|trixie|forky|duke|sid|stable|testing|unstable|oldstable)(-security|\/updates)?$/;
  const debian = entries.filter((entry) => isSuite.test(entry.suite) && entry.components.includes('main'));
  const security = debian.find((entry) => entry.suite.endsWith('-security'));
  const main = debian.find((entry) => !entry.suite.endsWith('-security'));
  if (main === undefined)
    throw new Error(
      "The demo and the tests take WordPress and PHP from Debian's archive, and the apt sources of this machine name none (Ubuntu has its own). " +
        'Run them on Debian 12 or 13, or in a container or virtual machine of it. Nachtwacht itself needs no Debian: npm start',
    );
  const keyring = ['gpg', 'pgp']
    .map((ending) => `/usr/share/keyrings/debian-archive-keyring.${ending}`)
    .find((path) => existsSync(path));
  if (keyring === undefined)
    throw new Error(
      'No /usr/share/keyrings/debian-archive-keyring.*. Run this once, then try again:\n  sudo apt-get install debian-archive-keyring',
    );
  return { main: main.uri, security: security?.uri ?? main.uri, keyring };
}

interface SourceEntry {
  uri: string;
  suite: string;
  components: string[];
}

/** `deb [options] URI SUITE COMPONENT...`, see sources.list(5). */
export function readOneLine(text: string): SourceEntry[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    if (found === null) return [];
    return [
      { uri: trimSlash(found[1] ?? ''), suite: found[2] ?? '', components: (found[3] ?? '').trim().split(/\s+/) },
    ];
  });
}

/** deb822 stanzas, see sources.list(5): fields may hold several values and go on in indented lines. */
export function readDeb822(text: string): SourceEntry[] {
  const stanzas = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/);
  return stanzas.flatMap((stanza) => {
    const fields = new Map<string, string[]>();
    for (const line of stanza.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
      const at = line.indexOf(':');
      if (at > 0)
        fields.set(
          line.slice(0, at).trim().toLowerCase(),
          line
            .slice(at + 1)
            .trim()
            .split(/\s+/),
        );
    }
    if (fields.get('enabled')?.[0] === 'no' || fields.get('types')?.includes('deb') !== true) return [];
    const components = fields.get('components') ?? [];
    return (fields.get('uris') ?? []).flatMap((uri) =>
      (fields.get('suites') ?? []).map((suite) => ({ uri: trimSlash(uri), suite, components })),
    );
  });
}

function trimSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}

/** Everything the tests use, see packages.ts: installed when we are root, else an error with the exact command. */
export async function ensureTestPackages(say?: (line: string) => void): Promise<void> {
  const purposes = Object.keys(packages).filter((name): name is Purpose => name in packages);
  await ensurePackages(
    purposes.filter((purpose) => !onlyForBenches.has(purpose)),
    say,
  );
}
