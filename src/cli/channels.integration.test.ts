// `nachtwacht channels` as people type it, against a platform and a gateway: the secret is never on the command line.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSmsGateway, type SmsGateway } from '../../e2e/harness/sms-gateway.ts';
import { openTestCommand, type Ended, type TestCommand } from './test-command.ts';

let command: TestCommand;
let gateway: SmsGateway;

beforeAll(async () => {
  command = await openTestCommand();
  gateway = await startSmsGateway();
});
afterAll(async () => {
  await gateway.stop();
  await command.close();
});

const run = (args: string[], input = ''): Promise<Ended> => command.run(args, { input });

test('adds, lists, tests and removes a provider', async () => {
  expect((await run(['channels', 'list'])).err).toContain('No SMS can be sent');
  const file = path.join(command.folder, 'token');
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
