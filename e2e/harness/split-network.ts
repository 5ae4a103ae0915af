import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ensurePackages } from './apt.ts';
import { isRoot } from './machine.ts';
import { runCommand } from './run-command.ts';

/**
 * A machine somewhere else: a network namespace with two lines of its own. `core`: to where the core runs; `outside`: to
 * the rest of the world. There is no other way between them, so each can be cut by itself.
 */
export interface SplitNetwork {
  /** Name of the namespace: `ip netns exec NAME ...`. */
  readonly namespace: string;
  /** Address under which the core is reached from there, and that of everything else. */
  readonly core: string;
  readonly outside: string;
  cut(line: 'core' | 'outside'): Promise<void>;
  mend(line: 'core' | 'outside'): Promise<void>;
  /** A host of others that always answers, outside: `10.130.2.1:40000`. */
  answerOutside(): Promise<string>;
  /** What listens on this port of 127.0.0.1 is reached outside under the address that this gives. */
  relayOutside(port: number): Promise<string>;
  close(): Promise<void>;
}

/** Why it cannot be made on this machine; undefined = it can. */
export const whyNoSplitNetwork = isRoot ? undefined : 'network namespaces need root: run this test as root';

const prefix = 'nwsplit';

/** Makes one; what a killed test left behind is taken away first. Needs root and iproute2. */
export async function openSplitNetwork(): Promise<SplitNetwork> {
  if (whyNoSplitNetwork !== undefined) throw new Error(whyNoSplitNetwork);
  await ensurePackages(['network']);
  await sweep();
  const mark = randomBytes(3).toString('hex');
  const namespace = `${prefix}-${process.pid}-${mark}`;
  const octet = randomInt(128, 250);
  const ip = (...args: string[]): Promise<unknown> => runCommand('ip', args);
  const lines = { core: `nw${mark}c`, outside: `nw${mark}o` };
  const addressOf = (line: 'core' | 'outside', end: 1 | 2): string => `10.${octet}.${line === 'core' ? 1 : 2}.${end}`;
  await ip('netns', 'add', namespace);
  try {
    await ip('-n', namespace, 'link', 'set', 'lo', 'up');
    for (const line of ['core', 'outside'] as const) {
      const here = lines[line];
      await ip('link', 'add', here, 'type', 'veth', 'peer', 'name', `${here}p`, 'netns', namespace);
      await ip('addr', 'add', `${addressOf(line, 1)}/24`, 'dev', here);
      await ip('-n', namespace, 'addr', 'add', `${addressOf(line, 2)}/24`, 'dev', `${here}p`);
      await ip('link', 'set', here, 'up');
      await ip('-n', namespace, 'link', 'set', `${here}p`, 'up');
    }
  } catch (error) {
    await ip('netns', 'del', namespace).catch(() => {});
    throw error;
  }
  const servers: Server[] = [];
  const listen = async (onSocket: (socket: Socket) => void): Promise<string> => {
    const server = createServer(onSocket);
    await new Promise<void>((resolve) => server.listen(0, addressOf('outside', 1), resolve));
    servers.push(server);
    const address = server.address();
    return `${addressOf('outside', 1)}:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
  return {
    namespace,
    core: addressOf('core', 1),
    outside: addressOf('outside', 1),
    cut: async (line) => void (await ip('link', 'set', lines[line], 'down')),
    mend: async (line) => void (await ip('link', 'set', lines[line], 'up')),
    answerOutside: () => listen((socket) => socket.destroy()),
    relayOutside: (port) =>
      listen((socket) => {
        const onward = connect(port, '127.0.0.1');
        for (const end of [socket, onward]) end.on('error', () => [socket, onward].forEach((each) => each.destroy()));
        socket.pipe(onward).pipe(socket);
      }),
    // The lines end with the namespace.
    close: async () => {
      for (const server of servers) server.close();
      await ip('netns', 'del', namespace).catch(() => {});
    },
  };
}

async function sweep(): Promise<void> {
  const { stdout } = await runCommand('ip', ['netns', 'list']);
  for (const name of stdout.split('\n').map((line) => line.split(' ')[0] ?? '')) {
    const pid = new RegExp(`^${prefix}-(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !lives(pid)) await runCommand('ip', ['netns', 'del', name]).catch(() => {});
  }
}

function lives(pid: string): boolean {
  try {
    readFileSync(`/proc/${pid}/stat`);
    return true;
  } catch {
    return false;
  }
}
