import { expect, test } from 'vitest';
import type { MessageState } from './contract.ts';
import { nextTry, retryPolicyOf } from './rules/give-up.ts';
import { judgeHealth, type PathFacts } from './rules/judge-health.ts';
import { settleReceipt } from './rules/settle-receipt.ts';
import { canaryText, readCanary } from './rules/canary-text.ts';
import { isSameDestination } from './rules/same-destination.ts';
import { createLimiter } from '../platform/http/rules/limiter.ts';

test.each<[MessageState, 'accepted' | 'delivered' | 'failed', MessageState | null]>([
  ['accepted', 'delivered', 'delivered'],
  ['sending', 'delivered', 'delivered'],
  ['unknown', 'delivered', 'delivered'],
  ['failed', 'delivered', 'delivered'],
  ['queued', 'delivered', 'delivered'],
  ['delivered', 'delivered', null],
  ['delivered', 'failed', null],
  ['delivered', 'accepted', null],
  ['accepted', 'failed', 'failed'],
  ['unknown', 'failed', 'failed'],
  ['sending', 'failed', 'failed'],
  ['failed', 'failed', null],
  ['failed', 'accepted', null],
  ['unknown', 'accepted', 'accepted'],
  ['sending', 'accepted', 'accepted'],
  ['accepted', 'accepted', null],
  ['queued', 'accepted', null],
])('a message that is %s and is told %s becomes %s', (stands, told, becomes) => {
  expect(settleReceipt(stands, told).state).toBe(becomes);
});

test('any order of receipts that holds a delivery ends delivered', () => {
  const orders = ['accepted', 'failed', 'delivered'].flatMap((first, _, all) =>
    all.flatMap((second) => all.map((third) => [first, second, third] as ('accepted' | 'failed' | 'delivered')[])),
  );
  for (const order of orders.filter((one) => one.includes('delivered'))) {
    let state: MessageState = 'accepted';
    for (const told of order) state = settleReceipt(state, told).state ?? state;
    expect(state, order.join()).toBe('delivered');
  }
});

test('an alarm is tried after 1, 3, 7 and 15 s and given up before 20 s: the second path has its minute', () => {
  const { giveUpAfterMs, longestPauseMs } = retryPolicyOf('alarm');
  const at = [0];
  for (let tries = 1; ; tries++) {
    const next = nextTry({ now: at.at(-1) ?? 0, tries, giveUpAt: giveUpAfterMs, longestPauseMs });
    if (next === null) break;
    at.push(next);
  }
  expect(at).toEqual([0, 1000, 3000, 7000, 15_000]);
  expect(nextTry({ now: 0, tries: 1, giveUpAt: 0, longestPauseMs: 0 })).toBeNull();
});

const path = (more: Partial<PathFacts>): PathFacts => ({
  name: 'A',
  means: 'sms',
  enabled: true,
  canaryState: 'working',
  hasCanary: true,
  ...more,
});

test.each<[string, PathFacts[], string, string]>([
  ['nothing set', [], 'broken', 'no-sms'],
  ['switched off', [path({ enabled: false })], 'broken', 'no-sms'],
  ['mail only', [path({ means: 'email' })], 'broken', 'no-sms'],
  ['the only one fails', [path({ canaryState: 'failing' })], 'broken', 'no-sms-works'],
  ['one', [path({})], 'doubtful', 'one-path'],
  ['not tried yet', [path({ canaryState: null })], 'doubtful', 'one-path'],
  ['two, one fails', [path({}), path({ canaryState: 'failing' })], 'doubtful', 'one-path'],
  ['three, one fails', [path({}), path({}), path({ canaryState: 'failing' })], 'doubtful', 'paths'],
  ['two', [path({}), path({})], 'well', 'paths'],
])('health: %s', (_, providers, state, why) => {
  expect(judgeHealth({ providers, canMail: true, hasPublicUrl: true })).toMatchObject({ state, why });
});

test('health names what is not as it should be', () => {
  const providers = [path({ name: 'B', canaryState: 'failing' }), path({ hasCanary: false })];
  expect(judgeHealth({ providers, canMail: false, hasPublicUrl: false }).remarks).toEqual([
    { what: 'fails', provider: 'B' },
    { what: 'no-canary', provider: 'A' },
    { what: 'no-call' },
    { what: 'no-mail' },
    { what: 'no-public-url' },
  ]);
});

test('the daily test message is known when it comes back, and nothing else is taken for it', () => {
  expect(readCanary(canaryText('canary-7kq2'))).toBe('canary-7kq2');
  expect(readCanary(`${canaryText('canary-7kq2')} \n`)).toBe('canary-7kq2');
  for (const text of ['7a', 'canary', 'nachtwacht canary', 'nachtwacht canary a b'])
    expect(readCanary(text)).toBeUndefined();
  expect(canaryText('canary-0123456789ab').length).toBeLessThanOrEqual(160);
});

test.each([
  [{ url: 'https://a.example' }, { url: 'https://a.example', from: 'X' }, true],
  [{ url: 'https://a.example' }, { url: 'https://b.example' }, false],
  [{ host: 'a', port: 1, tls: true }, { host: 'a', port: 1, tls: false }, false],
])('secrets stay where they were given for: %j, %j', (before, after, same) => {
  expect(isSameDestination(before, after)).toBe(same);
});

test('one address has its number of requests in each minute', () => {
  const limiter = createLimiter(2);
  expect([1, 2, 3].map((at) => limiter.take('a', at))).toEqual([true, true, false]);
  expect(limiter.isFull('a', 4)).toBe(true);
  expect(limiter.take('b', 4)).toBe(true);
  expect(limiter.take('a', 60_001)).toBe(true);
});
