import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ensurePackages, nativeFpm } from './apt.ts';
import { findProgram } from './machine.ts';
import { phpExtensions, phpSuites } from './packages.ts';
import { runCommand } from './run-command.ts';
import { openSuites, preparedFolder } from './suites.ts';

/** A PHP that can be run: `[...cli, 'script.php']`, `[...fpm, '-F', ...]`. */
export interface Php {
  /** Such as `8.2`. */
  readonly version: string;
  readonly cli: readonly string[];
  readonly fpm: readonly string[];
  readonly env: Record<string, string>;
}

export type PhpVersion = 'native' | '7.4' | '8.2' | '8.4';

/** The PHP of this machine's own release, or another one taken from the Debian release that carries it. */
export async function findPhp(version: PhpVersion): Promise<Php> {
  if (version === 'native' || nativeFpm()?.version === version) {
    await ensurePackages(['php']);
    const native = nativeFpm();
    if (native === undefined) throw new Error('no php-fpm after installing it');
    const cli = findProgram(`php${native.version}`) ?? 'php';
    if (version === 'native' || native.version === version)
      return { version: native.version, cli: [cli], fpm: [native.path], env: {} };
  }
  return foreignPhp(version);
}

/**
 * A PHP of another Debian release beside this one's: its packages with all their libraries, the C library included, unpacked
 * in a folder and run through that folder's own dynamic loader. Needs no root, no chroot, and nothing of the machine.
 */
async function foreignPhp(version: string): Promise<Php> {
  const suite = phpSuites[version];
  if (suite === undefined) throw new Error(`No Debian release known that carries PHP ${version}`);
  const root = await preparedFolder('php', `${version}-${suite}`, async (scratch) => {
    const apt = await openSuites([suite, `${suite}-security`]);
    const names = ['cli', 'fpm', ...phpExtensions].map((part) => `php${version}-${part}`);
    const closure = await apt.closure(names);
    // Programs of the base system are not needed, only libraries.
    const wanted = closure.filter((name) => /^(php|lib|zlib|tzdata|gcc-\d+-base)/.test(name) && !/perl/.test(name));
    const found = await apt.versions(wanted);
    await apt.unpack(
      wanted.map((name) => (found.get(name) ?? []).map((each) => `${name}=${each.version}`)),
      scratch,
    );
  });
  const loader = await findLoader(root);
  const triplet = basename(dirname(loader)).includes('linux-gnu') ? basename(dirname(loader)) : 'x86_64-linux-gnu';
  const libraries = [`usr/lib/${triplet}`, `lib/${triplet}`, 'usr/lib', 'lib'].map((path) => join(root, path));
  const ini = await writeIni(root, version);
  const start = (program: string): string[] => [
    loader,
    '--library-path',
    libraries.join(':'),
    join(root, program),
    '-c',
    ini,
  ];
  return {
    version,
    cli: start(`usr/bin/php${version}`),
    fpm: start(`usr/sbin/php-fpm${version}`),
    env: { PHP_INI_SCAN_DIR: '', GCONV_PATH: join(root, `usr/lib/${triplet}/gconv`) },
  };
}

async function findLoader(root: string): Promise<string> {
  const { stdout } = await runCommand('find', [
    root,
    '-name',
    'ld-linux-*.so.*',
    '(',
    '-type',
    'f',
    '-o',
    '-type',
    'l',
    ')',
  ]);
  const found = stdout.split('\n').filter((line) => line !== '' && existsSync(line));
  // The one in the library folder itself; the copy in lib64 is a link that may point outside.
  const loader = found.find((path) => path.includes('linux-gnu')) ?? found[0];
  if (loader === undefined) throw new Error(`no dynamic loader in ${root}`);
  return loader;
}

/** php.ini that loads what the packages bring, in the order of the priorities in their own ini files. */
async function writeIni(root: string, version: string): Promise<string> {
  const file = join(root, 'rig', 'php.ini');
  if (existsSync(file)) return file;
  const library = join(root, 'usr/lib/php');
  const api = (await readdir(library)).find((name) => /^\d{8}$/.test(name));
  if (api === undefined) throw new Error(`no extension folder in ${library}`);
  const { stdout } = await runCommand('find', [join(root, 'usr/share'), '-path', `*/php${version}-*/*.ini`]);
  const parts: { priority: number; name: string; line: string }[] = [];
  for (const path of stdout.split('\n').filter((line) => line !== '')) {
    const text = await readFile(path, 'utf8');
    const line = /^(zend_)?extension=.*$/m.exec(text)?.[0];
    if (line === undefined) continue;
    parts.push({ priority: Number(/priority=(\d+)/.exec(text)?.[1] ?? 20), name: basename(path), line });
  }
  const ordered = parts.toSorted((a, b) => a.priority - b.priority || a.name.localeCompare(b.name));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, [`extension_dir=${join(library, api)}`, ...ordered.map((part) => part.line), ''].join('\n'));
  return file;
}
