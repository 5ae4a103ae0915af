// What the watch has seen of the house's sites, without a watcher: the screens of the watch look the same on every run.
import { packChecks, summarise, type CheckResult } from '../../src/monitoring/results/pack.ts';
import { createPartition, insertPacks, type PackRow } from '../../src/monitoring/results/results-store.ts';
import { unwatched } from '../../src/monitoring/rules/confirm.ts';
import { connect, findEmbedded } from '../../src/platform/database/index.ts';
import type { PlatformProcess } from './platform-process.ts';

type Connection = ReturnType<typeof connect>;

/** How the watch sees a site; `minutes`: since when it is so. */
export interface SeenSite {
  id: string;
  phase: 'well' | 'doubted' | 'out' | 'back';
  cause?: string;
  detail?: string;
  minutes?: number;
  totalMs?: number;
  certificateDays?: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Does something with the platform's own database. */
export async function withDatabase(platform: PlatformProcess, work: (connection: Connection) => Promise<void>) {
  const connection = connect(findEmbedded(platform.dataFolder) ?? '', { max: 1 });
  try {
    await work(connection);
  } finally {
    await connection.close();
  }
}

/** Puts a watcher there that sees, and what it saw of each site; ninety days of figures for the first. */
export async function fillWatch(platform: PlatformProcess, sites: readonly SeenSite[]): Promise<void> {
  await withDatabase(platform, async (connection) => {
    const now = new Date();
    // It lives for the next hours: nobody has to keep its heart beating.
    await connection.pool.query(
      `insert into watchers (id, process_name, started_at, heartbeat_at, targets, checks_a_minute, lateness_ms, loop_delay_ms)
       values ('watcher-1', 'nachtwacht-1', $1, $2, $3, $3, 12, 4) on conflict (id) do nothing`,
      [new Date(now.getTime() - 3 * dayMs), new Date(now.getTime() + 6 * hourMs), sites.length],
    );
    const ids = sites.map(({ id }) => id);
    await connection.pool.query(`update watch_targets set added_at = $1 where id = any ($2)`, [
      new Date(now.getTime() - 70 * dayMs),
      ids,
    ]);
    for (const site of sites) await putState(connection, site, now);
    const first = sites[0];
    if (first !== undefined) await putFigures(connection, first.id, now);
  });
}

async function putState({ pool }: Connection, site: SeenSite, now: Date): Promise<void> {
  const { id, phase, cause = null, detail = null, minutes = 0, totalMs = null, certificateDays } = site;
  const since = cause === null ? null : now.getTime() - minutes * minuteMs;
  const watched = { ...unwatched, phase, cause, firstFailureAt: since, failures: phase === 'doubted' ? 2 : 3 };
  const reason =
    phase === 'well'
      ? { code: 'answers' }
      : phase === 'doubted'
        ? { code: 'not-yet', cause, failures: 2, needed: 3 }
        : { code: phase === 'out' ? 'still-out' : 'answers-again', cause, successes: 1, needed: 2 };
  await pool.query(
    `insert into watch_states (target_id, watcher_id, watched, phase, verdict, cause, detail, reason, checked_at, status,
       total_ms, address, certificate_expires_at, certificate_issuer, learnt, updated_at)
     values ($1, 'watcher-1', $2, $3, $4, $5, $6, $7, $8, $9, $10, '192.0.2.7', $11, 'Let’s Encrypt R11', $12, $8)
     on conflict (target_id) do nothing`,
    [
      id,
      watched,
      phase,
      phase === 'well' || phase === 'back' ? 'up' : 'down',
      cause,
      detail,
      reason,
      new Date(now.getTime() - 20_000),
      phase === 'well' ? 200 : null,
      totalMs,
      certificateDays === undefined ? null : new Date(now.getTime() + certificateDays * dayMs + hourMs),
      {
        keyword: '© Bakkerij De Wit',
        status: 200,
        hosts: [],
        candidates: [],
        from: 5,
        since: now.getTime() - 40 * dayMs,
      },
    ],
  );
}

/** Minutes of the last day, hours of a week, days of a quarter; with an outage of twelve minutes last night. */
async function putFigures(connection: Connection, id: string, now: Date): Promise<void> {
  const { rows } = await connection.pool.query<{ no: number }>('select no from watch_targets where id = $1', [id]);
  const no = rows[0]?.no;
  if (no === undefined) return;
  const start = Math.floor(now.getTime() / hourMs) * hourMs - 24 * hourMs;
  for (let day = start; day <= now.getTime() + dayMs; day += dayMs)
    await createPartition(connection.db, new Date(day).toISOString().slice(0, 10));
  const packs: PackRow[] = [];
  for (let from = start; from < now.getTime() - 5 * minuteMs; from += 5 * minuteMs) {
    const checks: CheckResult[] = [0, 1, 2, 3, 4].map((minute) => checkAt(from + minute * minuteMs, start));
    packs.push({ no, fromAt: from, toAt: from + 4 * minuteMs, ...summarise(checks), packed: packChecks(checks) });
  }
  await insertPacks(connection.db, packs);
  for (let hour = 0; hour < 24 * 7; hour++) {
    const at = new Date(start + 24 * hourMs - hour * hourMs);
    const wave = Math.round(60 * Math.sin(at.getUTCHours() / 4));
    await connection.pool.query(
      `insert into check_hours values ($1, $2, 60, 0, 0, 4, 12, 22, $3, $4, $4, $5) on conflict do nothing`,
      [no, at, 300 + wave, 380 + wave, 520 + wave],
    );
  }
  for (let day = 1; day < 70; day++) {
    const at = new Date(now.getTime() - day * dayMs).toISOString().slice(0, 10);
    const wave = Math.round(40 * Math.sin(day / 5));
    await connection.pool.query(
      `insert into check_days values ($1, $2, 1440, 0, 0, $3, $3, $4) on conflict do nothing`,
      [no, at, 370 + wave, 500 + wave],
    );
  }
}

function checkAt(at: number, start: number): CheckResult {
  const minute = Math.round((at - start) / minuteMs);
  const isDown = minute >= 900 && minute < 912;
  const wave = Math.round(50 * Math.sin(minute / 90) + 25 * Math.sin(minute / 7));
  const slow = minute % 131 === 0 ? 400 : 0;
  return {
    at,
    verdict: isDown ? 'down' : 'up',
    cause: isDown ? 'database-error' : null,
    status: isDown ? 500 : 200,
    dnsMs: 3,
    connectMs: 11,
    tlsMs: 24,
    firstByteMs: 290 + wave + slow,
    totalMs: isDown ? null : 372 + wave + slow,
  };
}
