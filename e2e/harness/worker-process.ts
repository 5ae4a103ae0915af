import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestPlatform } from '../../src/platform/test-platform.ts';

const root = join(import.meta.dirname, '../..');

/** `nachtwacht worker` as a process of its own on the database and data folder of a test's platform. */
export interface WorkerProcess {
  readonly pid: number;
  /** What it wrote, to be shown when a test fails. */
  said(): string;
  /** Resolves when it is gone. SIGKILL: no chance to clean anything up. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export async function startWorkerProcess(platform: TestPlatform): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'worker'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: platform.databaseUrl,
      NACHTWACHT_DATA: platform.config.dataFolder,
      NACHTWACHT_ALLOW_PRIVATE: '1',
      NACHTWACHT_LOG: process.env['NACHTWACHT_TEST_LOG'] ?? 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const gone = once(child, 'exit');
  const ready = Promise.withResolvers<void>();
  const hear = (part: Buffer): void => {
    text = (text + part.toString('utf8')).slice(-20_000);
    if (text.includes('Nachtwacht works')) ready.resolve();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.once('exit', (code) => ready.reject(new Error(`the worker ended at once (${code}): ${text}`)));
  await ready.promise;
  return {
    pid: child.pid ?? 0,
    said: () => text,
    end: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
}
