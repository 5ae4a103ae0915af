import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheFolder } from './machine.ts';

/**
 * Runs `work` while no other process of this machine runs work under the same name. Held by `flock` in a child that lives as
 * long as our end of its pipe: a killed process leaves no lock behind.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const file = join(await cacheFolder('locks'), name);
  const child = spawn('flock', ['-x', file, 'sh', '-c', 'echo held; cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`flock ${file} ended with ${String(code)}`)));
  });
  try {
    return await work();
  } finally {
    child.stdin.end();
  }
}
