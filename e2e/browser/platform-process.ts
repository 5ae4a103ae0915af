import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { contract } from '../../src/contract.ts';
import { readLocalAccess } from '../../src/platform/local-access.ts';
import { freePort } from '../harness/free-port.ts';
import { getKeeper, type Daemon } from '../harness/keeper.ts';
import { repository } from '../harness/machine.ts';

export type Client = ContractRouterClient<typeof contract>;

/** A real Nachtwacht as `npm start` runs it: one process, its own data folder, embedded PostgreSQL, the built web. */
export interface PlatformProcess {
  /** `http://localhost:PORT`: passkeys need a name, and Chromium trusts this one without TLS. */
  readonly url: string;
  readonly dataFolder: string;
  /** The token of the command line on this machine, with every right. */
  readonly token: string;
  /** The whole API with that token. */
  readonly client: Client;
  /** Everything that the server wrote so far. */
  log(): Promise<string>;
  /** SIGKILL: no chance to clean anything up; the database server survives. */
  kill(): Promise<void>;
  /** Starts the server again on the same data folder and port. */
  restart(): Promise<void>;
  /** Ends server and database. Happens by itself when this process ends. */
  stop(): Promise<void>;
}

/**
 * Starts one and resolves when it answers (about 3 s). `environment`: settings besides folder, port and address; `host`:
 * an address of this machine under which others reach it, instead of `localhost`.
 */
export async function startPlatform(environment: Record<string, string> = {}, host?: string): Promise<PlatformProcess> {
  const keeper = await getKeeper();
  const dataFolder = await keeper.makeFolder('platform');
  const port = await freePort();
  const url = `http://${host ?? 'localhost'}:${port}`;
  const start = (): Promise<Daemon> =>
    keeper.startDaemon({
      name: 'nachtwacht',
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(repository, 'src/main.ts'), 'serve'],
      cwd: repository,
      env: {
        ...cleanEnvironment(),
        NACHTWACHT_DATA: dataFolder,
        NACHTWACHT_PORT: String(port),
        NACHTWACHT_URL: url,
        ...(host === undefined ? {} : { NACHTWACHT_HOST: '0.0.0.0' }),
        NACHTWACHT_ALLOW_PRIVATE: '1',
        NACHTWACHT_LOG: 'info',
        ...environment,
      },
      ready: async () =>
        (await fetch(`http://127.0.0.1:${port}/healthz`)).ok && readLocalAccess(dataFolder) !== undefined,
      readyMs: 60_000,
    });
  let server = await start();
  const logs = [server];
  const token = readLocalAccess(dataFolder)?.token ?? '';
  return {
    url,
    dataFolder,
    token,
    client: createORPCClient<Client>(
      new RPCLink({ url: `http://127.0.0.1:${port}/api/rpc`, headers: { authorization: `Bearer ${token}` } }),
    ),
    log: async () => (await Promise.all(logs.map((each) => each.log()))).join(''),
    kill: () => server.stop('SIGKILL'),
    restart: async () => {
      server = await start();
      logs.push(server);
    },
    stop: async () => {
      await server.stop('SIGKILL');
      endDatabase(dataFolder);
    },
  };
}

/** Settings of whoever runs the tests must not reach the platform under test; undefined takes a variable away. */
function cleanEnvironment(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) => name.startsWith('NACHTWACHT_') || name === 'DATABASE_URL');
  return Object.fromEntries(names.map((name) => [name, '']));
}

/** The embedded server outlives a killed platform on purpose; its data is thrown away here, so it may go at once. */
function endDatabase(dataFolder: string): void {
  try {
    const pid = Number(readFileSync(join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
    if (pid > 1) process.kill(pid, 'SIGQUIT');
  } catch {
    // Gone already.
  }
}
