import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDnsServer, type TestDns } from '../../../../e2e/harness/dns-server.ts';
import { TestClock } from '../../../platform/clock.ts';
import { Resolver } from './resolver.ts';

let dns: TestDns;
let clock: TestClock;
const opened: Resolver[] = [];

beforeEach(async () => {
  dns = await startDnsServer();
  clock = new TestClock('2026-03-01T00:00:00Z');
  dns.point('reference.test', '127.0.0.1');
});
afterEach(async () => {
  for (const resolver of opened.splice(0)) resolver.close();
  await dns.stop();
});

/** The clock only tells how old things are; the network takes its own time. */
function open(options: { useHostsFile?: boolean; cacheMs?: number } = {}): Resolver {
  const resolver = new Resolver({
    monotonicMs: () => clock.monotonicMs(),
    servers: [dns.server],
    references: ['reference.test'],
    patienceMs: 600,
    useHostsFile: false,
    ...options,
  });
  opened.push(resolver);
  return resolver;
}

describe('addresses of a name', () => {
  test('IPv4 before IPv6, and IPv6 when there is nothing else', async () => {
    dns.set('both.test', { kind: 'address', v4: ['127.1.2.3', '127.1.2.4'], v6: ['2001:db8::1'], ttl: 60 });
    dns.set('six.test', { kind: 'address', v6: ['2001:db8::1'], ttl: 60 });
    const resolver = open();
    const both = await resolver.resolve('both.test');
    expect(both).toMatchObject({ kind: 'found', from: 'dns' });
    expect(both.kind === 'found' && both.addresses.toSorted()).toEqual(['127.1.2.3', '127.1.2.4']);
    expect(await resolver.resolve('six.test')).toEqual({ kind: 'found', addresses: ['2001:db8::1'], from: 'dns' });
  });

  test('literals are themselves, and DNS is not asked', async () => {
    const resolver = open();
    expect(await resolver.resolve('127.0.0.1')).toEqual({ kind: 'found', addresses: ['127.0.0.1'], from: 'literal' });
    expect(await resolver.resolve('[::1]')).toEqual({ kind: 'found', addresses: ['::1'], from: 'literal' });
  });

  test('are kept for their TTL, thirty seconds at most, and asked once at a time', async () => {
    dns.point('short.test', '127.1.1.1', 5);
    dns.point('long.test', '127.1.1.1', 3600);
    const resolver = open();
    await Promise.all([resolver.resolve('short.test'), resolver.resolve('short.test'), resolver.resolve('long.test')]);
    expect(dns.asked('short.test')).toBe(1);
    clock.advance(4000);
    expect(await resolver.resolve('short.test')).toMatchObject({ from: 'cache' });
    clock.advance(2000);
    expect(await resolver.resolve('short.test')).toMatchObject({ from: 'dns' });
    expect(await resolver.resolve('long.test')).toMatchObject({ from: 'cache' });
    clock.advance(25_000);
    expect(await resolver.resolve('long.test')).toMatchObject({ from: 'dns' });
    expect(dns.asked('long.test')).toBe(2);
  });

  test('a name that moved is followed', async () => {
    dns.point('moving.test', '127.1.1.1', 1);
    const resolver = open();
    await resolver.resolve('moving.test');
    dns.point('moving.test', '127.1.1.2', 1);
    clock.advance(1500);
    expect(await resolver.resolve('moving.test')).toMatchObject({ addresses: ['127.1.1.2'] });
  });

  test('of a name that no DNS has: the hosts file, where that is wanted', async () => {
    expect(await open({ useHostsFile: true }).resolve('localhost')).toMatchObject({ addresses: ['127.0.0.1'] });
    expect(await open().resolve('localhost')).toMatchObject({ kind: 'failed' });
  });
});

describe('a name without an answer', () => {
  test('is gone, or its DNS is silent, while others are answered', async () => {
    dns.set('silent.test', { kind: 'silent' });
    dns.set('broken.test', { kind: 'servfail' });
    dns.set('empty.test', { kind: 'address', ttl: 1 });
    const resolver = open();
    expect(await resolver.resolve('gone.test')).toEqual({ kind: 'failed', code: 'ENOTFOUND' });
    expect(await resolver.resolve('empty.test')).toEqual({ kind: 'failed', code: 'ENODATA' });
    expect(await resolver.resolve('silent.test')).toEqual({ kind: 'failed', code: 'ETIMEOUT' });
    expect(await resolver.resolve('broken.test')).toEqual({ kind: 'failed', code: 'ESERVFAIL' });
  });

  test('that was answered before is not covered up by its last address', async () => {
    dns.point('was.test', '127.1.1.1', 1);
    const resolver = open();
    await resolver.resolve('was.test');
    dns.set('was.test', { kind: 'silent' });
    clock.advance(2000);
    expect(await resolver.resolve('was.test')).toEqual({ kind: 'failed', code: 'ETIMEOUT' });
    dns.point('was.test', '127.1.1.1', 1);
    expect(await resolver.resolve('was.test')).toMatchObject({ kind: 'found' });
  });

  test('hundreds of silent names hold nobody up', async () => {
    const resolver = open();
    const silent = Array.from({ length: 400 }, (_, at) => `silent-${at}.quiet.test`);
    dns.set('*.quiet.test', { kind: 'silent' });
    dns.point('*.shops.test', '127.1.1.1', 1);
    await Promise.all(silent.slice(0, 50).map(async (name) => resolver.resolve(name)));
    let isDone = false;
    const waiting = Promise.all(silent.map(async (name) => resolver.resolve(name))).then(() => (isDone = true));
    const found = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => resolver.resolve(`site-${at}.shops.test`)),
    );
    expect(isDone).toBe(false);
    expect(found.every(({ kind }) => kind === 'found')).toBe(true);
    await waiting;
  });
});

describe('our own resolver is dead', () => {
  test('the address of before is taken, and told as such; a name that was never known is our own trouble', async () => {
    dns.point('known.test', '127.1.1.1', 1);
    const resolver = open();
    await resolver.resolve('known.test');
    dns.setDead(true);
    clock.advance(2000);
    expect(await resolver.resolve('known.test')).toEqual({
      kind: 'found',
      addresses: ['127.1.1.1'],
      from: 'last-known',
    });
    expect(await resolver.resolve('never.test')).toEqual({ kind: 'own' });
  });

  test('for an hour, then it cannot be told', async () => {
    dns.point('known.test', '127.1.1.1', 1);
    const resolver = open();
    await resolver.resolve('known.test');
    dns.setDead(true);
    clock.advance(3_601_000);
    expect(await resolver.resolve('known.test')).toEqual({ kind: 'own' });
    dns.setDead(false);
    clock.advance(10_000);
    expect(await resolver.resolve('known.test')).toMatchObject({ from: 'dns' });
  });

  test('also when it answers SERVFAIL to everything', async () => {
    dns.set('site.test', { kind: 'servfail' });
    dns.set('reference.test', { kind: 'servfail' });
    expect(await open().resolve('site.test')).toEqual({ kind: 'own' });
  });
});
