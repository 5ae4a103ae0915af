import type { Platform } from '../../platform/platform.ts';
import { packChecks, summarise, type CheckResult } from './pack.ts';
import { createPartition, insertPacks, packsBytes, type PackRow } from './results-store.ts';

/**
 * Bytes that one stored check takes, indexes included, as PostgreSQL counts them (pg_total_relation_size over all
 * partitions): checks of `targets` sites with every phase, in packs of five minutes, written as the watcher writes them.
 * `variety`: 0 to 1, drawn anew for each figure. Needs a database without packs.
 */
export async function bytesPerCheck(
  platform: Pick<Platform, 'db' | 'connection'>,
  options: { targets: number; hours: number; intervalMs: number; begin: Date; variety: () => number },
): Promise<{ bytesPerCheck: number; checks: number; bytes: number }> {
  const { db, connection } = platform;
  const { variety, intervalMs } = options;
  const begin = options.begin.getTime();
  const end = begin + options.hours * 3_600_000;
  for (let at = begin; at < end + 86_400_000; at += 86_400_000) {
    await createPartition(db, new Date(at).toISOString().slice(0, 10));
  }
  const before = await packsBytes(db);
  let checks = 0;
  for (let from = begin; from < end; from += 300_000) {
    const packs: PackRow[] = [];
    for (let no = 1; no <= options.targets; no++) {
      const pack: CheckResult[] = [];
      for (let at = from + Math.floor(variety() * intervalMs); at < from + 300_000; at += intervalMs) {
        pack.push(oneCheck(at + Math.floor(variety() * 10), no, variety));
      }
      const [first, last] = [pack[0], pack.at(-1)];
      if (!first || !last) continue;
      checks += pack.length;
      packs.push({ no, fromAt: first.at, toAt: last.at, ...summarise(pack), packed: packChecks(pack) });
    }
    await insertPacks(db, packs);
  }
  await connection.pool.query('checkpoint').catch(() => {});
  const bytes = (await packsBytes(db)) - before;
  return { bytesPerCheck: bytes / checks, checks, bytes };
}

/** A site of a usual speed, one in a hundred checks slow. */
function oneCheck(at: number, no: number, variety: () => number): CheckResult {
  const base = 80 + (no % 50) * 12;
  const firstByteMs = Math.round(base * (0.8 + variety() * 0.6) * (variety() > 0.99 ? 8 : 1));
  const [dnsMs, connectMs, tlsMs] = [
    Math.round(variety() * 2),
    8 + Math.round(variety() * 12),
    18 + Math.round(variety() * 20),
  ];
  const totalMs = dnsMs + connectMs + tlsMs + firstByteMs + Math.round(variety() * 40);
  return { at, verdict: 'up', cause: null, status: 200, dnsMs, connectMs, tlsMs, firstByteMs, totalMs };
}
