import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../platform/log.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the built pages are. */
export const webFolder = path.join(root, 'dist/web');

/**
 * In a checkout: builds the pages when they are missing or older than their sources. What cannot be built is no reason
 * not to watch over sites: the log says why, and the API works without pages.
 */
export async function ensureBuilt(log: Log): Promise<void> {
  const script = path.join(root, 'scripts/build-web.ts');
  if (!existsSync(script)) return;
  const { code, output } = await runScript(script);
  if (code === 0) return;
  const has = existsSync(path.join(webFolder, 'index.html'));
  log.error(
    { output: output.slice(-2000) },
    has
      ? 'the pages could not be built; those of the last build are served. Next: npm run build, and mend what it says'
      : 'the pages could not be built; only the API answers. Next: npm run build, and mend what it says',
  );
}

function runScript(script: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const flags = ['--disable-warning=ExperimentalWarning'];
    const child = spawn(process.execPath, [...flags, script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
