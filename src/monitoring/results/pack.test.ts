import { expect, test } from 'vitest';
import { packChecks, readPack, storedCauses, summarise, type CheckResult } from './pack.ts';

const at = Date.parse('2026-11-28T03:00:00.123Z');
const good = (i: number): CheckResult => ({
  at: at + i * 60_003,
  verdict: 'up',
  cause: null,
  status: 200,
  dnsMs: 0,
  connectMs: 11,
  tlsMs: 24,
  firstByteMs: 180,
  totalMs: 231,
});

test('what is packed comes back as it was', () => {
  const checks: CheckResult[] = [
    good(0),
    good(1),
    { ...good(2), verdict: 'down', cause: 'status', status: 503 },
    {
      ...good(3),
      verdict: 'down',
      cause: 'dns-silent',
      status: null,
      dnsMs: 10_000,
      connectMs: null,
      tlsMs: null,
      firstByteMs: null,
      totalMs: null,
    },
    { ...good(4), verdict: 'unknown', cause: 'no-check-yet', status: null, totalMs: 300_000 },
    good(5),
  ];
  expect(readPack(at, packChecks(checks))).toEqual(checks);
  for (const cause of storedCauses) {
    expect(readPack(at, packChecks([{ ...good(0), cause }]))[0]?.cause).toBe(cause);
  }
});

test('a check takes about 12 bytes', () => {
  const checks = Array.from({ length: 5 }, (_, i) => good(i));
  expect(packChecks(checks).length / 5).toBeLessThan(13);
});

test('a pack that is cut off is refused', () => {
  const packed = packChecks([good(0), good(1)]);
  expect(() => readPack(at, packed.subarray(0, -1))).toThrow('cut off');
});

test('the summary counts, and averages over those that answered', () => {
  expect(summarise([good(0), { ...good(1), totalMs: 431 }, { ...good(2), verdict: 'unknown', totalMs: 9999 }])).toEqual(
    {
      checks: 3,
      down: 0,
      unknown: 1,
      totalAvg: 331,
      totalMax: 431,
    },
  );
});
