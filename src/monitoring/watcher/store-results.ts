import type { Db } from '../../platform/database/index.ts';
import { packChecks, summarise, type CheckResult } from '../results/pack.ts';
import { createPartition, insertPacks, type PackRow } from '../results/results-store.ts';
import { lockSpool, readFlushed, writeFlushed } from './watcher-store.ts';

/** Results of one target that are not in the database yet, in the order of time, with their numbers in the spool. */
export interface WaitingResults {
  no: number;
  checks: readonly CheckResult[];
  seqs: readonly number[];
}

const mostChecks = 120;
const mostMs = 600_000;

/**
 * Puts results into the database, exactly once: what stands there already (`watch_flushes`) is left out, and both are
 * written in the transaction that the caller opened. `spool`: the life of the spool that they are from.
 */
export async function storeResults(trx: Db, spool: string, waiting: readonly WaitingResults[]): Promise<void> {
  if (waiting.length === 0) return;
  await lockSpool(trx, spool);
  const flushed = await readFlushed(
    trx,
    spool,
    waiting.map((each) => each.no),
  );
  const packs: PackRow[] = [];
  const marks: { no: number; seq: number }[] = [];
  for (const { no, checks, seqs } of waiting) {
    const done = flushed.get(no) ?? -1;
    const fresh = checks.filter((_, i) => (seqs[i] ?? 0) > done);
    if (fresh.length === 0) continue;
    packs.push(...packsOf(no, fresh));
    marks.push({ no, seq: seqs.at(-1) ?? 0 });
  }
  await insertPacks(trx, packs);
  await writeFlushed(trx, spool, marks);
}

/** A pack holds a few minutes: the series are read and the days dropped by when packs begin. */
function packsOf(no: number, checks: readonly CheckResult[]): PackRow[] {
  const packs: PackRow[] = [];
  let part: CheckResult[] = [];
  const end = (): void => {
    const [first, last] = [part[0], part.at(-1)];
    if (first && last)
      packs.push({ no, fromAt: first.at, toAt: last.at, ...summarise(part), packed: packChecks(part) });
    part = [];
  };
  for (const check of checks) {
    const first = part[0];
    if (first && (part.length >= mostChecks || check.at - first.at >= mostMs || dayOf(first.at) !== dayOf(check.at)))
      end();
    part.push(check);
  }
  end();
  return packs;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Days (UTC) that these results lie in. */
export function daysOf(waiting: readonly WaitingResults[]): Set<string> {
  const days = new Set<string>();
  for (const { checks } of waiting) {
    const [first, last] = [checks[0], checks.at(-1)];
    if (!first || !last) continue;
    for (let at = first.at; ; at += 86_400_000) {
      days.add(dayOf(Math.min(at, last.at)));
      if (at >= last.at) break;
    }
  }
  return days;
}

/** Makes partitions that these results need; `known`: days that have theirs, kept up to date. */
export async function ensureDays(db: Db, waiting: readonly WaitingResults[], known: Set<string>): Promise<void> {
  for (const day of daysOf(waiting)) {
    if (known.has(day)) continue;
    await createPartition(db, day);
    known.add(day);
  }
}
