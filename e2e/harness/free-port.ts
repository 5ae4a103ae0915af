import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const lowest = 10_240;

/**
 * A port of 127.0.0.1 that nobody listens on, for a server that is started a moment later. Not one of those that the
 * kernel gives to outgoing connections: such a port is often taken again before that server listens.
 */
export async function freePort(tries = 100): Promise<number> {
  const port = randomInt(lowest, firstOutgoingPort());
  if (await isFree(port)) return port;
  if (tries === 0) throw new Error(`no free port of 127.0.0.1 between ${lowest} and ${firstOutgoingPort()}`);
  return freePort(tries - 1);
}

/** Whether somebody may listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function firstOutgoingPort(): number {
  return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/)[0]);
}
