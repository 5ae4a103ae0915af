import { mkdirSync, statSync } from 'node:fs';
import net from 'node:net';
import { NachtwachtError } from '../errors.ts';

export interface MainProcessLock {
  release(): Promise<void>;
}

/**
 * Only one process at a time may be the main process of a data folder. The lock is a listening socket in Linux's
 * abstract namespace, named after the folder's device and inode: the kernel frees it however the process dies.
 */
export async function takeMainProcessLock(dataFolder: string): Promise<MainProcessLock> {
  mkdirSync(dataFolder, { recursive: true });
  const { dev, ino } = statSync(dataFolder);
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(cause);
      reject(
        new NachtwachtError({
          code: 'already-running',
          kind: 'conflict',
          message: `Another Nachtwacht is running on the data folder ${dataFolder}.`,
          nextStep: 'Use that one, stop it first, or give this one a folder of its own with NACHTWACHT_DATA.',
          retryable: true,
        }),
      );
    });
    server.listen({ path: `\0nachtwacht-main-${dev}-${ino}` }, resolve);
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
