// `nachtwacht oncall` as people type it, against a platform: from nothing to a duty with a swap.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClock } from '../platform/clock.ts';
import { openTestCommand, type Ended, type TestCommand } from './test-command.ts';

// A Wednesday.
const clock = new TestClock('2026-11-25T12:00:00Z');
let command: TestCommand;
let reader: string;

beforeAll(async () => {
  command = await openTestCommand({
    clock,
    environment: { NACHTWACHT_TIME_ZONE: 'Europe/Amsterdam', NACHTWACHT_URL: 'https://nw.example' },
  });
  reader = await command.tokenOf('reader', 'read');
});
afterAll(() => command.close());

const run = (args: string[], token?: string): Promise<Ended> => command.run(['oncall', ...args], { token });

test('from nothing to a duty with a swap', async () => {
  const before = await run(['now']);
  expect(before.out).toContain('Nobody is on duty now');
  expect(before.out).toContain('No SMS can be sent');
  expect((await run(['guard-add', 'Noor', '--phone', '+31600000001'], reader)).code).toBe(3);
  expect((await run(['guard-add', 'Noor', '--phone', '+31600000001'])).out).toContain('Noor is saved.');
  await run(['guard-add', 'Sam', '--phone', '+31600000002', '--no-call', '--language', 'nl']);
  const rota = await run(['rota', 'First line', '--turns', 'noor,Sam', '--first', '2026-11-23', '--handover', '09:00']);
  expect([rota.out, rota.err]).toEqual(['First line is saved.\n', '']);
  expect((await run(['now'])).out).toMatch(/Noor is on duty \(First line\), until .*\nNext: Sam, from /);

  const over = await run(['override', 'first line', 'sam', '--from', '2026-11-25 18:00', '--to', '2026-11-26 09:00']);
  expect(over.out).toContain('Sam takes over in First line');
  const plan = JSON.parse((await run(['plan', '--weeks', '1', '--json'])).out);
  const spans = plan.rotas[0].spans.map((span: { from: string; guard: { name: string } }) => [
    span.from,
    span.guard.name,
  ]);
  expect(spans.slice(0, 3)).toEqual([
    ['2026-11-25T12:00:00.000Z', 'Noor'],
    ['2026-11-25T17:00:00.000Z', 'Sam'],
    ['2026-11-26T08:00:00.000Z', 'Noor'],
  ]);
  const id = plan.overrides[0].id;
  expect((await run(['override-remove', id])).code).toBe(0);
  expect((await run(['override-remove', id])).code).toBe(4);
});

test('a change keeps what is not named; what is not there is said', async () => {
  await run(['guard-change', 'sam', '--phone', '+31600000009']);
  const guards = JSON.parse((await run(['guards', '--json'])).out);
  expect(guards.find((one: { name: string }) => one.name === 'Sam')).toMatchObject({
    phone: '+31600000009',
    canBeCalled: false,
    language: 'nl',
  });
  expect((await run(['guard-remove', 'nobody'])).code).toBe(4);
  const wrong = await run(['override', 'first line', 'sam', '--from', 'tomorrow', '--to', 'later']);
  expect(wrong.err).toContain('is no moment');
  expect((await run(['policy'])).out).toContain('SMS at once');
  expect((await run(['calendar'])).out).toMatch(/https:\/\/nw\.example\/oncall\/calendar\/[\w-]{32}\.ics/);
  expect((await run(['calendar', '--end'])).out).toContain('has ended');
  expect((await run(['guard-remove', 'noor'])).out).toContain('noor is gone.');
  expect((await run(['now'])).out).toContain('Nobody is on duty now');
});
