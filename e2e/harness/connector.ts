import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pluginFiles } from '../../src/connector/build-zip.ts';
import { repository } from './machine.ts';

/** Copies our plugin, as the zip holds it, to `target`; gives its main file, the one with the plugin header. */
export async function copyConnector(target: string): Promise<string> {
  const source = join(repository, 'connector');
  let main: string | undefined;
  for (const file of pluginFiles()) {
    if (!file.includes('/') && /^\s*\*?\s*Plugin Name:/m.test(await readFile(join(source, file), 'utf8'))) main = file;
    await cp(join(source, file), join(target, file));
  }
  if (main === undefined) throw new Error('connector/ holds no plugin file yet (no "Plugin Name:" header)');
  return main;
}
