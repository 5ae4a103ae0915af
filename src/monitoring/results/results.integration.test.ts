// Packs, partitions and roll-ups on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../../platform/clock.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { bytesPerCheck } from './measure-bytes.ts';
import { packChecks, summarise, type CheckResult } from './pack.ts';
import { createPartition, insertPacks, listDays, listHours, listPartitions } from './results-store.ts';
import { keepPartitions, rollUp } from './roll-up.ts';

const minute = 60_000;
const clock = new TestClock('2026-11-28T12:09:00Z');
let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform({ clock, environment: { NACHTWACHT_TIME_ZONE: 'Europe/Amsterdam' } });
});
afterAll(() => platform.close());

const check = (at: number, totalMs: number, verdict: CheckResult['verdict'] = 'up'): CheckResult => ({
  at,
  verdict,
  cause: verdict === 'down' ? 'status' : null,
  status: 200,
  dnsMs: 1,
  connectMs: 10,
  tlsMs: 20,
  firstByteMs: totalMs - 40,
  totalMs,
});

async function store(no: number, checks: CheckResult[]): Promise<void> {
  const [first, last] = [checks[0], checks.at(-1)];
  if (!first || !last) return;
  await insertPacks(platform.db, [
    { no, fromAt: first.at, toAt: last.at, ...summarise(checks), packed: packChecks(checks) },
  ]);
}

test('partitions are made ahead, and dropped when their days are over', async () => {
  await createPartition(platform.db, '2026-10-01');
  await createPartition(platform.db, '2026-10-29');
  await Promise.all([keepPartitions(platform), keepPartitions(platform)]);
  expect(await listPartitions(platform.db)).toEqual([
    '2026-10-29',
    '2026-11-27',
    '2026-11-28',
    '2026-11-29',
    '2026-11-30',
  ]);
});

describe('roll-ups', () => {
  const ten = Date.parse('2026-11-28T10:00:00Z');

  test('hours hold what was measured in them, also of a pack that lies across', async () => {
    await store(1, [
      check(ten + 57 * minute, 100),
      check(ten + 59 * minute, 300),
      check(ten + 61 * minute, 500, 'down'),
    ]);
    await store(1, [check(ten + 65 * minute, 700, 'unknown')]);
    expect(await rollUp(platform)).toBeGreaterThan(2);
    const hours = await listHours(platform.db, 1, new Date(ten), clock.now());
    expect(hours).toEqual([
      expect.objectContaining({
        hour: new Date(ten),
        checks: 2,
        down: 0,
        total_avg: 200,
        total_p50: 100,
        total_p95: 300,
      }),
      expect.objectContaining({ hour: new Date(ten + 60 * minute), checks: 2, down: 1, unknown: 1, total_avg: 500 }),
    ]);
    expect(hours[0]).toMatchObject({ dns_avg: 1, connect_avg: 10, tls_avg: 20, first_byte_avg: 160 });
    expect(await listDays(platform.db, 1, '2026-11-01', '2026-11-28')).toEqual([
      { day: '2026-11-28', checks: 4, down: 1, unknown: 1 },
    ]);
    expect(await rollUp(platform)).toBe(0);
  });

  test('an hour into which a late result comes is rolled up again', async () => {
    await store(1, [check(ten + 10 * minute, 50)]);
    expect(await rollUp(platform)).toBe(1);
    expect(await listHours(platform.db, 1, new Date(ten), new Date(ten + 1))).toEqual([
      expect.objectContaining({ checks: 3 }),
    ]);
  });

  test('an hour that is not settled waits', async () => {
    await store(2, [check(ten + 110 * minute, 50)]);
    clock.set('2026-11-28T12:07:00Z');
    await rollUp(platform);
    expect(await listHours(platform.db, 2, new Date(ten), clock.now())).toEqual([]);
    clock.set('2026-11-28T12:08:00Z');
    expect(await rollUp(platform)).toBe(1);
  });
});

test('a stored check takes at most 60 bytes, indexes included', async () => {
  let seed = 7;
  const variety = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const options = { targets: 300, hours: 3, begin: new Date('2026-11-28T00:00:00Z'), variety };
  for (const intervalMs of [20_000, 60_000]) {
    await platform.connection.pool.query('truncate check_packs');
    const measured = await bytesPerCheck(platform, { ...options, intervalMs });
    expect(measured.checks).toBeGreaterThan(50_000 * (20_000 / intervalMs) - 5000);
    expect(measured.bytesPerCheck).toBeLessThan(60);
    console.log(`${measured.bytesPerCheck.toFixed(1)} bytes per check at ${intervalMs / 1000} s`);
  }
});
