// The line: 200 healthy sites beside 50 whose DNS never answers and 50 that hang: no false verdict.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFaultSites, type FaultSite, type FaultSites } from '../../../e2e/harness/fault-servers.ts';
import { systemClock } from '../../platform/clock.ts';
import { judgeCheck } from '../rules/verdict.ts';
import { createOverload, createWheel } from '../wheel/index.ts';
import { createChecker } from './index.ts';

let shop: FaultSites;
const healthy = 200;
const each = 50;
const intervalMs = 6000;
const rounds = 4;

beforeAll(async () => {
  shop = await startFaultSites({ count: healthy + 2 * each });
});
afterAll(() => shop.stop());

test('200 healthy sites beside 50 whose DNS never answers and 50 that hang: 0 false verdicts', async () => {
  const expected = new Map<string, { site: FaultSite; cause: string | null }>();
  for (const [at, site] of shop.sites.entries()) {
    const kind = at < healthy ? null : at < healthy + each ? 'dns-silent' : at % 2 === 0 ? 'silent-tcp' : 'too-slow';
    if (kind !== null) await site.break(kind);
    expected.set(site.host, { site, cause: kind === null ? null : kind === 'dns-silent' ? kind : 'too-slow' });
  }
  const checker = createChecker({
    clock: systemClock,
    allowPrivate: true,
    dnsServers: [shop.dns.server],
    dnsReferences: [shop.foreign.host],
    dnsCacheMs: 1000,
    dnsPatienceMs: 1500,
  });
  const seen = new Map<string, number>();
  const wrong: string[] = [];
  const unknown: string[] = [];
  let onDone: (() => void) | undefined;
  const done = new Promise<void>((resolve) => (onDone = resolve));
  const wheel = createWheel({
    clock: systemClock,
    onDue: async (id) => {
      const known = expected.get(id);
      if (known === undefined) return;
      wheel.scheduleTurn(id, intervalMs, 100);
      const startedAt = systemClock.monotonicMs();
      const { url, keyword, host } = known.site;
      const checked = await checker.check({ url, keyword, timeoutMs: 5000 });
      const verdict = judgeCheck(overload.trust(checked.outcome, startedAt), { hosts: [host], status: 200 });
      seen.set(id, (seen.get(id) ?? 0) + 1);
      const cause = verdict.verdict === 'up' ? null : verdict.cause;
      // A machine that is loaded by others may make us blind; that must be said, and is no verdict.
      if (verdict.verdict === 'unknown') unknown.push(`${host} ${verdict.cause}`);
      else if (cause !== known.cause) wrong.push(`${host} ${cause} instead of ${known.cause}`);
      if (seen.size === expected.size && Array.from(seen.values()).every((times) => times >= rounds)) onDone?.();
    },
  });
  const overload = createOverload({ clock: systemClock, wheel });
  for (const id of expected.keys()) wheel.scheduleTurn(id, intervalMs);
  wheel.start();
  overload.start();
  await done;
  await wheel.stop();
  overload.stop();
  checker.close();
  expect(wrong).toEqual([]);
  expect(unknown.filter((one) => !one.endsWith(' overload'))).toEqual([]);
  console.log(`${Array.from(seen.values()).reduce((sum, one) => sum + one, 0)} checks, ${unknown.length} unknown`);
});
