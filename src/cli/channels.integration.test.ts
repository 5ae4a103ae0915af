// `nachtwacht channels` as people type it, against a platform and a gateway: the secret is never on the command line.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import { createApi } from '../api.ts';
import { authenticate, createToken, systemActor } from '../identity/index.ts';
import { createApp, startHttp, type HttpServer } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';

let platform: TestPlatform;
let http: HttpServer;
let gateway: SmsGateway;
let folder: string;
let token: string;

beforeAll(async () => {
  platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0' } });
  http = await startHttp(
    platform,
    createApp(platform, { api: createApi(platform), authenticate: (secret) => authenticate(platform, secret) }),
  );
  token = (await createToken(platform, systemActor('test'), { name: 'cli', scope: 'admin' })).secret;
  gateway = await startSmsGateway();
  folder = await mkdtemp(path.join(os.tmpdir(), 'nw-channels-'));
});
afterAll(async () => {
  await gateway.stop();
  await http.stop(1000);
  await platform.close();
  await rm(folder, { recursive: true, force: true });
});

function run(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NACHTWACHT_URL: http.url, NACHTWACHT_TOKEN: token, LANG: 'en_US.UTF-8' },
  });
  const parts = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (parts.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (parts.err += part.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...parts })));
}

test('adds, lists, tests and removes a provider', async () => {
  expect((await run(['channels', 'list'])).err).toContain('No SMS can be sent');
  const file = path.join(folder, 'token');
  await writeFile(file, `${gateway.authToken}\n`);
  const set = [
    '--set',
    `url=${gateway.url}`,
    '--set',
    `accountSid=${gateway.accountSid}`,
    '--set',
    `from=${gateway.number}`,
  ];
  const added = await run([
    'channels',
    'add',
    'twilio',
    'First',
    ...set,
    '--secret-file',
    file,
    '--canary-to',
    '+31612340000',
  ]);
  expect(added).toMatchObject({ code: 0 });
  expect(added.err).toContain('/hooks/sms/');
  const second = await run(['channels', 'add', 'twilio', 'Second', ...set, '--secret-file', '-'], `wrong-token\n`);
  expect(second.code).toBe(0);
  const listed = await run(['--json', 'channels', 'list']);
  const { providers, health } = JSON.parse(listed.out) as { providers: { name: string }[]; health: { paths: number } };
  expect(providers.map((one) => one.name)).toEqual(['E-mail', 'First', 'Second']);
  expect(health.paths).toBe(2);
  expect(await run(['channels', 'test', 'First', '+31612345678'])).toMatchObject({ code: 0, out: 'First took it.\n' });
  const refused = await run(['--lang', 'nl', 'channels', 'test', 'Second', '+31612345678']);
  expect(refused.code).not.toBe(0);
  expect(refused.err).toContain('De aanbieder kent deze aanmelding niet.');
  expect(refused.err).not.toContain('wrong-token');
  expect((await run(['channels', 'messages'])).out).toMatch(/First\s+\+31612345678\s+accepted/);
  expect((await run(['channels', 'remove', 'Second'])).code).toBe(0);
  expect((await run(['channels', 'list'])).out).not.toContain('Second');
  const said = JSON.stringify([listed, added, second]);
  expect(said).not.toContain(gateway.authToken);
}, 60_000);

test('says what is wrong with a setting', async () => {
  expect((await run(['channels', 'add', 'gammu', 'Modem', '--set', 'outbox'])).err).toContain('is no setting');
  const refused = await run(
    ['channels', 'add', 'smpp', 'Centre', '--set', 'host=127.0.0.1', '--secret-file', '-'],
    'x',
  );
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('systemId');
});
