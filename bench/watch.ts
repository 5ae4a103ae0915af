import { startDnsServer, type TestDns } from '../e2e/harness/dns-server.ts';
import { bytesPerCheck } from '../src/monitoring/results/measure-bytes.ts';
import { openTestPlatform } from '../src/platform/test-platform.ts';
import { startBlackbox } from './_blackbox.ts';
import { loadAverage } from './_cpu.ts';
import { WatchProcess } from './_watch-process.ts';
import { keyword, startWatchedServers, zone, type WatchedServers } from './_watched-servers.ts';
import type { Bench, Figure } from './bench.ts';

const rounds = 5;
const checksInRound = 2000;
const atOnce = 20;
const monitors = 15_000;
const intervalMs = 20_000;
const overloadFactor = 3;

interface Ground {
  servers: WatchedServers;
  dns: TestDns;
  watch: WatchProcess;
  tell: (line: string) => void;
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * (a) CPU of a check with a fresh TLS connection, ours and blackbox_exporter's in turns, so that what else the machine does
 * meets both. Both are given addresses: neither asks DNS.
 */
async function compareCpu({ servers, watch, tell }: Ground): Promise<Figure[]> {
  const blackbox = await startBlackbox(servers.authority, keyword);
  const urls = servers.addresses.map((address) => `https://${address}:${servers.port}/`);
  const measure = async (one: typeof blackbox | WatchProcess): Promise<number> => {
    const before = one.cpuSeconds;
    const { up } = await one.burst({ urls, checks: checksInRound, atOnce, keyword });
    if (up !== checksInRound) throw new Error(`only ${up} of ${checksInRound} checks succeeded`);
    return ((one.cpuSeconds - before) / checksInRound) * 1000;
  };
  try {
    // The first round is for warming up.
    await measure(watch);
    await measure(blackbox);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let turn = 0; turn < rounds; turn++) {
      ours.push(await measure(watch));
      theirs.push(await measure(blackbox));
      tell(
        `  ${checksInRound} fresh-TLS checks each: ours ${round(ours.at(-1) ?? 0, 3)} ms, blackbox ${round(theirs.at(-1) ?? 0, 3)} ms`,
      );
    }
    return [
      { name: 'CPU of a fresh-TLS check', value: round(median(ours), 3), unit: 'ms' },
      { name: 'CPU of blackbox_exporter', value: round(median(theirs), 3), unit: 'ms' },
      { name: 'CPU against blackbox_exporter', value: round(median(ours) / median(theirs), 3), unit: 'ratio' },
    ];
  } finally {
    await blackbox.stop();
  }
}

function nameMonitors({ dns, servers }: Ground, count: number): void {
  for (let at = 0; at < count; at++)
    dns.point(`m-${at}.${zone}`, servers.addresses[at % servers.addresses.length] ?? '', 60);
}

/** (b) 15,000 monitors of names at 20 s for two intervals, after one interval in which each had its first turn. */
async function watchMany(ground: Ground): Promise<Figure[]> {
  nameMonitors(ground, monitors);
  ground.tell(`  ${monitors} HTTPS monitors at ${intervalMs / 1000} s on one core, for a minute`);
  const seen = await ground.watch.watch({
    targets: monitors,
    intervalMs,
    port: ground.servers.port,
    zone,
    keyword,
    warmUpMs: intervalMs,
    measureMs: 2 * intervalMs,
  });
  if (seen.firstDown.length > 0) ground.tell(`  down: ${seen.firstDown.join(', ')}`);
  return [
    { name: 'monitors late p99', value: round(seen.p99LatenessMs, 1), unit: 'ms' },
    { name: 'monitors checks', value: round(seen.checksPerSecond, 1), unit: 'per second' },
    { name: 'monitors CPU', value: round(seen.cpuShare * 100, 1), unit: '% of a core' },
    { name: 'monitors not up', value: seen.down + seen.unknown, unit: 'verdicts' },
  ];
}

/** (c) Three times as many as one core can check: it must say that it is blind, and call no site down. */
async function overload(ground: Ground, cpuMs: number): Promise<Figure[]> {
  const targets = Math.round((((overloadFactor * 1000) / cpuMs) * intervalMs) / 1000);
  nameMonitors(ground, targets);
  ground.tell(`  ${targets} HTTPS monitors at ${intervalMs / 1000} s: ${overloadFactor} times what one core can do`);
  const seen = await ground.watch.watch({
    targets,
    intervalMs,
    port: ground.servers.port,
    zone,
    keyword,
    warmUpMs: 0,
    measureMs: 45_000,
  });
  if (seen.firstDown.length > 0) ground.tell(`  down: ${seen.firstDown.join(', ')}`);
  return [
    { name: 'overload declared', value: seen.untilBlindMs === null ? 0 : 1, unit: 'yes' },
    { name: 'overload declared after', value: round((seen.untilBlindMs ?? NaN) / 1000, 1), unit: 's' },
    { name: 'overload down', value: seen.down, unit: 'verdicts' },
    { name: 'overload unknown', value: seen.unknown, unit: 'verdicts' },
  ];
}

/** (d) What a check takes in PostgreSQL, indexes included, at a short and at the usual interval. */
async function measureStored(tell: Ground['tell']): Promise<Figure[]> {
  let seed = 7;
  const variety = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const figures: Figure[] = [];
  for (const seconds of [20, 60]) {
    const platform = await openTestPlatform();
    try {
      const begin = new Date('2026-11-28T00:00:00Z');
      const asked = { targets: 500, hours: 6, intervalMs: seconds * 1000, begin, variety };
      const { bytesPerCheck: bytes, checks } = await bytesPerCheck(platform, asked);
      tell(`  ${checks} checks of ${asked.targets} sites every ${seconds} s: ${round(bytes, 1)} bytes each`);
      figures.push({ name: `stored check at ${seconds} s`, value: round(bytes, 1), unit: 'bytes' });
    } finally {
      await platform.close();
    }
  }
  return figures;
}

/** Truth 5 of the watch. */
export const bench: Bench = {
  says: `the checker against Debian's prometheus-blackbox-exporter, both on one core, over the same nginx with TLS on the other: CPU of ${rounds} rounds of ${checksInRound} checks with fresh connections and a keyword; ${monitors} HTTPS monitors at ${intervalMs / 1000} s; ${overloadFactor} times as many as it can do; and what a stored check takes in PostgreSQL with its indexes.`,
  goals: [
    { figure: 'CPU against blackbox_exporter', most: 0.85 },
    { figure: 'monitors late p99', most: 100 },
    { figure: 'monitors not up', most: 0 },
    { figure: 'overload declared', least: 1 },
    { figure: 'overload down', most: 0 },
    { figure: 'stored check at 20 s', most: 60 },
    { figure: 'stored check at 60 s', most: 60 },
  ],
  async run(tell) {
    tell(`  load of the machine before: ${loadAverage()}`);
    const servers = await startWatchedServers();
    const dns = await startDnsServer();
    dns.point(`reference.${zone}`, '127.0.0.1', 60);
    const watch = await WatchProcess.start(dns.server, servers.authority);
    try {
      const ground: Ground = { servers, dns, watch, tell };
      const cpu = await compareCpu(ground);
      const many = await watchMany(ground);
      const over = await overload(ground, cpu[0]?.value ?? 1);
      return [...cpu, ...many, ...over, ...(await measureStored(tell))];
    } finally {
      await watch.stop();
      await dns.stop();
      await servers.stop();
    }
  },
};
