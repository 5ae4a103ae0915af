import net from 'node:net';

export type References = 'fine' | 'failing' | 'none';

/**
 * Whether hosts of others can be reached from here: a connection to any of them is enough. `hosts`: `1.1.1.1:443`;
 * addresses only, so that our own resolver cannot spoil the answer.
 */
export async function reachReferences(hosts: readonly string[], timeoutMs: number): Promise<References> {
  if (hosts.length === 0) return 'none';
  try {
    await Promise.any(hosts.map((host) => connectTo(host, timeoutMs)));
    return 'fine';
  } catch {
    return 'failing';
  }
}

function connectTo(hostAndPort: string, timeoutMs: number): Promise<void> {
  const at = hostAndPort.lastIndexOf(':');
  const [host, port] = [hostAndPort.slice(0, at).replaceAll(/[[\]]/g, ''), Number(hostAndPort.slice(at + 1))];
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    const end = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.setTimeout(timeoutMs, () => end(new Error('no answer in time')));
    socket.once('connect', () => end());
    socket.once('error', end);
  });
}
