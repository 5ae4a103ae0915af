import net from 'node:net';
import type { Clock } from '../../platform/clock.ts';

/** Hosts of others that always answer. When they all fail, it is our own network. */
export interface References {
  setHosts(hosts: readonly string[]): void;
  /** fine: at least one answers; failing: none; none: there are none to ask. Many askers at one moment share one answer. */
  ask(): Promise<'fine' | 'failing' | 'none'>;
}

/** `timeoutMs`: longest that one may take; `shareMs`: how long an answer counts for others. */
export function createReferences(options: { clock: Clock; timeoutMs: number; shareMs: number }): References {
  let hosts: readonly string[] = [];
  let last: { at: number; answer: Promise<'fine' | 'failing' | 'none'> } | undefined;
  return {
    setHosts: (given) => {
      if (given.join() === hosts.join()) return;
      hosts = [...given];
      last = undefined;
    },
    ask: () => {
      const at = options.clock.monotonicMs();
      if (last === undefined || at - last.at > options.shareMs) last = { at, answer: askAll(hosts, options.timeoutMs) };
      return last.answer;
    },
  };
}

async function askAll(hosts: readonly string[], timeoutMs: number): Promise<'fine' | 'failing' | 'none'> {
  if (hosts.length === 0) return 'none';
  return Promise.any(hosts.map((host) => connectTo(host, timeoutMs))).then(
    () => 'fine',
    () => 'failing',
  );
}

/** Resolves once a TCP connection stands; it is closed at once. `host`: `1.1.1.1:443` or `[2606:4700::1111]:443`. */
function connectTo(host: string, timeoutMs: number): Promise<void> {
  const at = host.lastIndexOf(':');
  const name = host.slice(0, at).replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: name, port: Number(host.slice(at + 1)) });
    const end = (error?: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    const timer = setTimeout(() => end(new Error('no answer in time')), timeoutMs);
    socket.once('connect', () => end());
    socket.once('error', end);
  });
}
