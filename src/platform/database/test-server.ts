// Vitest global setup of the integration and wordpress projects: one throw-away PostgreSQL for the whole run.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../clock.ts';
import { connect } from './connect.ts';
import { startEmbedded } from './embedded-server.ts';
import { migrate } from './migrate.ts';

/** Environment variable through which the test processes learn the server's URL. */
export const testServerVariable = 'NACHTWACHT_TEST_SERVER';
export const templateDatabase = 'nachtwacht';

/** Starts the server with a migrated template database; gives the function that ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  const { url, stop } = await startTestServer();
  process.env[testServerVariable] = url;
  return stop;
}

/** A server on a folder of its own, quick (nothing is synced to disk). It ends with this process, however that ends. */
export async function startTestServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(fastFolder(), 'nw-test-'));
  // mkdtemp makes 700: when we are root, the user that PostgreSQL runs as must be able to pass.
  chmodSync(folder, 0o711);
  const server = await startEmbedded({
    dataFolder: folder,
    clock: systemClock,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      shared_buffers: '64MB',
    },
  });
  const stop = endWithUs(server.pid, folder);
  const template = connect(server.url, { max: 1 });
  await migrate(template);
  await template.close();
  return { url: server.url, stop };
}

/** Memory when there is plenty: a run makes and drops many databases. */
function fastFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 2_000_000_000 ? '/dev/shm' : '/var/tmp';
  } catch {
    return '/var/tmp';
  }
}

/** A process beside us that ends the server and removes its folder once its input closes: by `stop`, or by our death. */
function endWithUs(pid: number, folder: string): () => Promise<void> {
  const program = `
    const fs = require('node:fs');
    process.stdin.resume();
    process.stdin.on('close', () => {
      try { process.kill(${pid}, 'SIGQUIT'); } catch {}
      const look = setInterval(() => {
        try { process.kill(${pid}, 0); return; } catch {}
        clearInterval(look);
        fs.rmSync(${JSON.stringify(folder)}, { recursive: true, force: true });
      }, 20);
    });`;
  const keeper = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  keeper.unref();
  return () =>
    new Promise((resolve) => {
      keeper.once('exit', () => resolve());
      keeper.ref();
      keeper.stdin.end();
    });
}
