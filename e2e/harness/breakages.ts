import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestSite } from './test-site.ts';

/** The five ways in which a real site is broken before it is put back (truth 2 of the issue). */
export const breakages = [
  'white-screen',
  'core-folder-deleted',
  'table-dropped',
  'config-overwritten',
  'uploads-emptied',
] as const;

export type Breakage = (typeof breakages)[number];

/** Breaks the site for real. Resolves when the damage is done. */
export async function breakSite(site: TestSite, how: Breakage): Promise<void> {
  await damage[how](site);
}

const damage: Record<Breakage, (site: TestSite) => Promise<void>> = {
  // A plugin that is active and dies while it loads: every page of WordPress is white, its admin too.
  'white-screen': async (site) => {
    const place = 'wp-content/plugins/white-screen/white-screen.php';
    const header = '<?php\n/* Plugin Name: White screen */\n';
    await site.writeFile(place, header);
    await site.runPhp(
      `require_once ABSPATH . 'wp-admin/includes/plugin.php'; activate_plugin( 'white-screen/white-screen.php', '', is_multisite() );`,
    );
    await site.writeFile(place, `${header}this_function_does_not_exist();\n`);
  },
  'core-folder-deleted': async (site) => {
    await rm(join(site.dir, 'wp-includes'), { recursive: true });
  },
  'table-dropped': async (site) => {
    await site.db.sql(`DROP TABLE ${site.tablePrefix}posts, ${site.tablePrefix}postmeta`);
  },
  // What is left when somebody copies the sample over it: no database to be found by these constants.
  'config-overwritten': async (site) => {
    const sample = [
      '<?php',
      "define( 'DB_NAME', 'database_name_here' );",
      "define( 'DB_USER', 'username_here' );",
      "define( 'DB_PASSWORD', 'password_here' );",
      "define( 'DB_HOST', 'localhost' );",
      "$table_prefix = 'wp_';",
      "require_once __DIR__ . '/wp-settings.php';",
      '',
    ];
    await site.writeFile('wp-config.php', sample.join('\n'));
  },
  'uploads-emptied': async (site) => {
    const uploads = join(site.dir, 'wp-content/uploads');
    for (const name of await readdir(uploads)) await rm(join(uploads, name), { recursive: true });
  },
};

/** What a visitor sees after each: used to make sure that the site is broken before it is put back. */
export const visibleDamage: Record<Breakage, boolean> = {
  'white-screen': true,
  'core-folder-deleted': true,
  'table-dropped': true,
  'config-overwritten': true,
  'uploads-emptied': false,
};
