import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareVersions, prepareCore } from './cores.ts';
import type { Core } from './cores.ts';
import { isRoot, siteUser } from './machine.ts';
import type { Database } from './mariadb.ts';
import { runCommand } from './run-command.ts';

/** One of the scripts in php/. */
export function phpScript(name: string): Promise<string> {
  return readFile(join(dirname(fileURLToPath(import.meta.url)), 'php', `${name}.php`), 'utf8');
}

/** Puts a fresh copy of a core at `dir`, the site user's, with the must-use plugin that lets nothing out. */
export async function copyCore(core: Core, dir: string): Promise<void> {
  const source = await prepareCore(core);
  await copyFolder(source, dir);
  const plugin = join(dir, 'wp-content/mu-plugins/rig-no-outside.php');
  await mkdir(dirname(plugin), { recursive: true });
  await writeFile(plugin, await phpScript('rig-no-outside'));
  await own(join(dir, 'wp-content/mu-plugins'));
}

/** A copy of its own, never links: tests write into these files. Plain reads and writes; on ext4 clone calls cost ten times more. */
async function copyFolder(source: string, target: string): Promise<void> {
  await runCommand('cp', ['-a', '--reflink=never', '--sparse=never', '-T', source, target]);
}

/** Gives a path and all below it to the site's user. */
export async function own(path: string): Promise<void> {
  if (!isRoot) return;
  const { uid, gid } = siteUser();
  await runCommand('chown', ['-R', '-h', `${uid}:${gid}`, path]);
}

export interface ConfigOptions {
  db: Database;
  dbHost: 'socket' | 'tcp';
  tablePrefix: string;
  core: Core;
  phpVersion: string;
  extra: string;
}

/** Writes wp-config.php as WordPress's own set-up would, with fixed salts (test data only). */
export async function writeConfig(dir: string, options: ConfigOptions): Promise<void> {
  const { db } = options;
  const host = options.dbHost === 'socket' ? `localhost:${db.socket}` : `${db.host}:${db.port}`;
  const salts = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) =>
    ['KEY', 'SALT'].map((kind) => `define( '${name}_${kind}', 'rig-${name.toLowerCase()}-${kind.toLowerCase()}' );`),
  );
  // Before 5.9 WordPress did not know that mysqli throws since PHP 8.1.
  const old = compareVersions(options.core.version, '5.9') < 0 && compareVersions(options.phpVersion, '8.1') >= 0;
  const lines = [
    '<?php',
    ...(old ? ['mysqli_report( MYSQLI_REPORT_OFF );'] : []),
    `define( 'DB_NAME', '${db.name}' );`,
    `define( 'DB_USER', '${db.user}' );`,
    `define( 'DB_PASSWORD', '${db.password}' );`,
    `define( 'DB_HOST', '${host}' );`,
    "define( 'DB_CHARSET', 'utf8mb4' );",
    "define( 'DB_COLLATE', '' );",
    ...salts,
    `$table_prefix = '${options.tablePrefix}';`,
    "define( 'WP_DEBUG', false );",
    "define( 'FS_METHOD', 'direct' );",
    "define( 'DISABLE_WP_CRON', true );",
    "define( 'AUTOMATIC_UPDATER_DISABLED', true );",
    options.extra,
    "if ( ! defined( 'ABSPATH' ) ) {",
    "\tdefine( 'ABSPATH', __DIR__ . '/' );",
    '}',
    "require_once ABSPATH . 'wp-settings.php';",
    '',
  ];
  const path = join(dir, 'wp-config.php');
  await writeFile(path, lines.join('\n'), { mode: 0o640 });
  await own(path);
}

/** Adds lines to wp-config.php before WordPress is loaded. */
export async function addToConfig(dir: string, lines: string): Promise<void> {
  const path = join(dir, 'wp-config.php');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace("if ( ! defined( 'ABSPATH' ) ) {", `${lines}\nif ( ! defined( 'ABSPATH' ) ) {`));
}

/** Copies a folder over `target`, replacing what was there, the site user's. */
export async function replaceFolder(source: string, target: string): Promise<void> {
  const beside = `${target}.coming`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await copyFolder(source, beside);
  await own(beside);
  if ((await lstat(target).catch(() => undefined)) !== undefined) await rm(target, { recursive: true });
  await rename(beside, target);
}
