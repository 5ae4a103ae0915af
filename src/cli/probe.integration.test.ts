// `nachtwacht probe` and `nachtwacht drill` as people type them, against a platform.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../api.ts';
import { authenticate, createToken, systemActor } from '../identity/index.ts';
import { createApp, startHttp, type HttpServer } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';

let platform: TestPlatform;
let http: HttpServer;
let token: string;

beforeAll(async () => {
  platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0' } });
  http = await startHttp(
    platform,
    createApp(platform, { api: createApi(platform), authenticate: (secret) => authenticate(platform, secret) }),
  );
  token = (await createToken(platform, systemActor('test'), { name: 'cli', scope: 'admin' })).secret;
});
afterAll(async () => {
  await http.stop(1000);
  await platform.close();
});

function run(args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NACHTWACHT_URL: http.url,
      NACHTWACHT_TOKEN: token,
      NACHTWACHT_DATA: platform.config.dataFolder,
      LANG: 'en_US.UTF-8',
    },
  });
  const parts = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (parts.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (parts.err += part.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...parts })));
}

test('a second location is invited, listed and let go', async () => {
  expect((await run(['probe', 'list'])).out).toContain('There is no second location.');
  const invited = await run(['probe', 'invite', 'FRANKFURT']);
  expect(invited.out).toMatch(/^nachtwacht probe --join http\S+ --token nwp_\S{43}\n$/);
  expect((await run(['probe', 'list'])).out).toMatch(/FRANKFURT +waits until it joins/);
  expect((await run(['probe', 'list', '--lang', 'nl'])).out).toMatch(/FRANKFURT +wacht tot hij zich meldt/);
  expect((await run(['probe', 'remove', 'frankfurt'])).out).toContain('FRANKFURT counts no more');
  const again = await run(['probe', 'remove', 'frankfurt', '--lang', 'nl']);
  expect(again.code).toBe(4);
  expect(again.err).toContain('Er is geen tweede plek met die naam of id.');
});

test('the program itself says what it lacks', async () => {
  const notJoined = await run(['probe']);
  expect(notJoined.code).toBe(7);
  expect(notJoined.err).toContain('nachtwacht probe --join URL --token TOKEN');
  expect((await run(['probe', '--join', http.url])).err).toContain('--join needs --token.');
});

test('drills are set and listed, and one that is not possible says why', async () => {
  expect((await run(['drill', 'list'])).out).toContain('There was no drill yet.');
  expect((await run(['drill', 'set', '--day', '5', '--time', '14:15'])).out).toContain('Every Friday at 14:15.');
  expect((await run(['drill', 'set', '--off', '--lang', 'nl'])).out).toContain('Er zijn geen wekelijkse oefeningen.');
  const impossible = await run(['drill', 'start']);
  expect(impossible.code).toBe(7);
  expect(impossible.err).toContain('There is no rota with a guard who has a phone.');
});
