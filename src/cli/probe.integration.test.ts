// `nachtwacht probe` and `nachtwacht drill` as people type them, against a platform.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCommand, type Ended, type TestCommand } from './test-command.ts';

let command: TestCommand;

beforeAll(async () => {
  command = await openTestCommand();
});
afterAll(() => command.close());

const run = (args: string[]): Promise<Ended> =>
  command.run(args, { environment: { NACHTWACHT_DATA: command.platform.config.dataFolder } });

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
  expect((await run(['probe', '--join', command.url])).err).toContain('--join needs --token.');
});

test('drills are set and listed, and one that is not possible says why', async () => {
  expect((await run(['drill', 'list'])).out).toContain('There was no drill yet.');
  expect((await run(['drill', 'set', '--day', '5', '--time', '14:15'])).out).toContain('Every Friday at 14:15.');
  expect((await run(['drill', 'set', '--off', '--lang', 'nl'])).out).toContain('Er zijn geen wekelijkse oefeningen.');
  const impossible = await run(['drill', 'start']);
  expect(impossible.code).toBe(7);
  expect(impossible.err).toContain('There is no rota with a guard who has a phone.');
});
