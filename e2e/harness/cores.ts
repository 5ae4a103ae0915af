import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRoot, siteUser } from './machine.ts';
import { coreLibraries, coreSuites, coreThemes } from './packages.ts';
import { runCommand } from './run-command.ts';
import { openSuites, preparedFolder } from './suites.ts';
import type { AptView, PackageVersion } from './suites.ts';

export interface Core {
  /** WordPress's own version, such as `6.1.9`. */
  version: string;
  /** Debian's version of the package. */
  package: string;
  suite: string;
}

/** The last WordPress of each suite, oldest first. Versions move: nothing here is written down. */
export async function listCores(suites: readonly string[] = coreSuites): Promise<Core[]> {
  const apt = await openSuites(suites);
  const found = (await apt.versions(['wordpress'])).get('wordpress') ?? [];
  const cores = found.map(({ version, suite }) => ({
    version: version.replace(/[+-].*$/, ''),
    package: version,
    suite,
  }));
  const unique = new Map(cores.map((core) => [core.version, core]));
  return [...unique.values()].toSorted((a, b) => compareVersions(a.version, b.version));
}

/**
 * `newest`, `oldest` (with its latest security fixes), `native` (of this machine's own release: needs the fewest downloads),
 * or the start of a version (`6.8`): the highest that begins so.
 */
export async function chooseCore(wanted: string): Promise<Core> {
  const cores = await listCores(wanted === 'native' ? await nativeSuites() : coreSuites);
  const branch = cores[0]?.version.split('.').slice(0, 2).join('.');
  const start = wanted === 'oldest' ? branch : ['newest', 'native'].includes(wanted) ? '' : wanted;
  const chosen = cores.findLast((core) => start === '' || `${core.version}.`.startsWith(`${start}.`));
  if (chosen === undefined)
    throw new Error(`No WordPress ${wanted} to be had; there is ${cores.map((core) => core.version).join(', ')}`);
  return chosen;
}

/** Folder with the ready-made WordPress of that version: all links made real, one theme, no wp-config.php. Do not write in it. */
export function prepareCore(core: Core): Promise<string> {
  return preparedFolder('cores', core.package.replaceAll(/[^\w.+-]/g, '_'), async (scratch) => {
    const own = await nativeSuites();
    const apt = await openSuites(own.includes(core.suite) ? own : coreSuites);
    const root = join(scratch, 'root');
    await mkdir(root);
    await apt.unpack([[`wordpress=${core.package}`], ...(await beside(apt, core.suite))], root);
    await writeBundle(root);
    const wordpress = join(root, 'usr/share/wordpress');
    for (const name of ['wp-config.php', '.htaccess']) await rm(join(wordpress, name), { force: true });
    await pointInside(root, wordpress);
    const target = join(scratch, 'wordpress');
    await runCommand('cp', ['-rL', '--preserve=mode,timestamps', wordpress, target]);
    // Debian keeps the content folder's skeleton elsewhere.
    const skeleton = join(root, 'var/lib/wordpress/wp-content');
    if (existsSync(skeleton)) await runCommand('cp', ['-rLn', skeleton, target]);
    const themes = join(target, 'wp-content/themes');
    await mkdir(themes, { recursive: true });
    for (const folder of [join(skeleton, 'themes'), join(root, 'usr/share/wordpress/wp-content/themes')])
      if (existsSync(folder)) await runCommand('cp', ['-rLnT', folder, themes]);
    for (const folder of ['plugins', 'uploads']) await mkdir(join(target, 'wp-content', folder), { recursive: true });
    await rm(root, { recursive: true });
    if (isRoot) {
      const { uid, gid } = siteUser();
      await runCommand('chown', ['-R', `${uid}:${gid}`, target]);
    }
  }).then((folder) => join(folder, 'wordpress'));
}

/** Libraries and one theme, from the core's own release first, so that they fit it. */
async function beside(apt: AptView, suite: string): Promise<string[][]> {
  const release = suite.replace(/-security$/, '');
  const found = await apt.versions([...coreLibraries, ...coreThemes]);
  const ofRelease = (each: PackageVersion): boolean => each.suite.replace(/-security$/, '') === release;
  const theme = coreThemes.find((name) => found.get(name)?.some(ofRelease));
  return [...coreLibraries, ...(theme === undefined ? [] : [theme])].flatMap((name) => {
    const versions = found.get(name) ?? [];
    const ordered = [...versions.filter(ofRelease), ...versions.filter((each) => !ofRelease(each))];
    return ordered.length === 0 ? [] : [ordered.map((each) => `${name}=${each.version}`)];
  });
}

/** This machine's own release and its security suite. */
async function nativeSuites(): Promise<string[]> {
  const release = /^VERSION_CODENAME=(\w+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? 'sid';
  const known = coreSuites.filter((suite) => suite === release || suite === `${release}-security`);
  return known.length > 0 ? known : ['sid'];
}

/** The certificate bundle that ca-certificates makes on installing; made here from the package's own files. */
async function writeBundle(root: string): Promise<void> {
  const folder = join(root, 'usr/share/ca-certificates/mozilla');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.crt')).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  await mkdir(join(root, 'etc/ssl/certs'), { recursive: true });
  await writeFile(join(root, 'etc/ssl/certs/ca-certificates.crt'), texts.join(''));
}

/** Absolute links of the packages point into the unpacked root instead of this machine; a link to nothing is an error. */
async function pointInside(root: string, wordpress: string): Promise<void> {
  const { stdout } = await runCommand('find', [root, '-type', 'l']);
  for (const link of stdout.split('\n').filter((line) => line !== '')) {
    const target = await readlink(link);
    if (target.startsWith('/')) await runCommand('ln', ['-sfnT', join(root, target), link]);
  }
  for (const link of stdout.split('\n').filter((line) => line.startsWith(`${wordpress}/`))) {
    const there = await lstat(link).catch(() => undefined);
    if (there === undefined) continue;
    const exists = await stat(link).catch(() => undefined);
    if (exists === undefined && !link.includes('/wp-content/languages'))
      throw new Error(`WordPress links to ${await readlink(link)} (from ${link}), which none of the packages holds`);
  }
}

/** Order of WordPress versions, number by number. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
