import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './machine.ts';

/** What of connector/ is no part of the installed plugin. */
const apart = new Set([
  'tests',
  'protocol',
  'PROTOCOL.md',
  'phpcs.xml',
  'phpunit.xml',
  'composer.json',
  'node_modules',
]);

/** Copies our plugin, as the zip would hold it, to `target`; gives its main file (`nachtwacht/nachtwacht.php`). */
export async function copyConnector(target: string): Promise<string> {
  const source = join(repository, 'connector');
  let main: string | undefined;
  for (const name of await readdir(source)) {
    if (apart.has(name)) continue;
    if (name.endsWith('.php') && /^\s*\*?\s*Plugin Name:/m.test(await readFile(join(source, name), 'utf8')))
      main = name;
    await cp(join(source, name), join(target, name), { recursive: true });
  }
  if (main === undefined) throw new Error('connector/ holds no plugin file yet (no "Plugin Name:" header)');
  return main;
}
