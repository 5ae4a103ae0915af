// What the backup benchmarks stand on: a real site under care and `nachtwacht worker` as a process of its own, so that
// its CPU and memory are ours alone: no rig, web server, PHP, MariaDB or PostgreSQL in them.
import { readFileSync } from 'node:fs';
import { careFor, doneRun } from '../e2e/harness/cared-site.ts';
import { startSite } from '../e2e/harness/start-site.ts';
import type { SiteOptions, TestSite } from '../e2e/harness/test-site.ts';
import { startWorkerProcess } from '../e2e/harness/worker-process.ts';
import { requestBackup, type BackupResult } from '../src/backups/index.ts';
import { systemActor } from '../src/identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../src/platform/test-platform.ts';
import type { Figure } from './bench.ts';
import { cpuSecondsOf } from './_cpu.ts';

export const actor = systemActor('bench');

export interface Measured<Result> {
  result: Result;
  wallSeconds: number;
  cpuSeconds: number;
}

export interface CaredSite {
  platform: TestPlatform;
  site: TestSite;
  siteId: string;
  /** One backup by the saga, as the worker makes it. */
  backup(): Promise<Measured<BackupResult>>;
  /** Wall seconds, and CPU seconds of the worker process, of some work. */
  measure<Result>(work: () => Promise<Result>): Promise<Measured<Result>>;
  /** The most memory that the worker process ever had, bytes. */
  peakMemory(): number;
  stop(): Promise<void>;
}

/** Starts a site, registers and pairs it, and starts the worker that does all its sagas. */
export async function careForSite(options: SiteOptions): Promise<CaredSite> {
  const platform = await openTestPlatform();
  const site = await startSite(options);
  const siteId = await careFor(platform, site);
  const worker = await startWorkerProcess(platform);
  const measure = async <Result>(work: () => Promise<Result>): Promise<Measured<Result>> => {
    const cpu = cpuSecondsOf(worker.pid);
    const started = performance.now();
    const result = await work();
    return { result, wallSeconds: (performance.now() - started) / 1000, cpuSeconds: cpuSecondsOf(worker.pid) - cpu };
  };
  return {
    platform,
    site,
    siteId,
    measure,
    backup: () =>
      measure(async () => {
        const started = await requestBackup(platform, actor, { site: siteId });
        return await doneRun<BackupResult>(platform, started.runId, 1_800_000);
      }),
    peakMemory: () =>
      Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))?.[1]) * 1024,
    stop: async () => {
      await worker.end('SIGTERM');
      await site.stop();
      await platform.close();
    },
  };
}

export const megabytes = (bytes: number): number => round(bytes / 1e6, 3);

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Both directions of the wire, in MB, and the time: what every backup benchmark says. */
export function wire(name: string, measured: Measured<BackupResult>): Figure[] {
  const { wireUp, wireDown, requests } = measured.result.figures;
  return [
    { name: `${name} moved`, value: megabytes(wireUp + wireDown), unit: 'MB' },
    { name: `${name} up`, value: megabytes(wireUp), unit: 'MB' },
    { name: `${name} requests`, value: requests, unit: 'requests' },
    { name: `${name} time`, value: round(measured.wallSeconds), unit: 's' },
    { name: `${name} CPU`, value: round(measured.cpuSeconds), unit: 'CPU s' },
  ];
}
