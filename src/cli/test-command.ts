// The program as people type it, against a platform of its own: what the tests of the commands start.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createApi } from '../api.ts';
import { authenticate, createToken, systemActor } from '../identity/index.ts';
import type { Clock } from '../platform/clock.ts';
import { createApp, startHttp } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';

type TokenScope = Parameters<typeof createToken>[2]['scope'];

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface RunOptions {
  /** Default: one of an administrator. */
  token?: string | undefined;
  /** What is typed into it. */
  input?: string;
  environment?: Record<string, string>;
}

export interface TestCommand {
  platform: TestPlatform;
  /** Where its API listens. */
  url: string;
  /** Where the program runs; gone after `close`. */
  folder: string;
  tokenOf(name: string, scope: TokenScope): Promise<string>;
  run(args: string[], options?: RunOptions): Promise<Ended>;
  close(): Promise<void>;
}

/** Opens a platform with its API on a free port. `environment`: settings of the platform. */
export async function openTestCommand(
  options: { clock?: Clock; environment?: Record<string, string> } = {},
): Promise<TestCommand> {
  const platform = await openTestPlatform({
    ...options,
    environment: { NACHTWACHT_PORT: '0', ...options.environment },
  });
  const http = await startHttp(
    platform,
    createApp(platform, { api: createApi(platform), authenticate: (secret) => authenticate(platform, secret) }),
  );
  const folder = await mkdtemp(path.join(os.tmpdir(), 'nw-cli-'));
  const tokenOf = async (name: string, scope: TokenScope): Promise<string> =>
    (await createToken(platform, systemActor('test'), { name, scope })).secret;
  const admin = await tokenOf('cli', 'admin');
  return {
    platform,
    url: http.url,
    folder,
    tokenOf,
    run: (args, { token = admin, input = '', environment = {} } = {}) => {
      const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args], {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          NACHTWACHT_URL: http.url,
          NACHTWACHT_TOKEN: token,
          LANG: 'en_US.UTF-8',
          ...environment,
        },
      });
      const parts = { out: '', err: '' };
      child.stdout.on('data', (part: Buffer) => (parts.out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (parts.err += part.toString()));
      child.stdin.end(input);
      return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...parts })));
    },
    close: async () => {
      await http.stop(1000);
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
