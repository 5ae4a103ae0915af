import type { Clock } from '../../platform/clock.ts';
import { connect, type Connection, type Db } from '../../platform/database/index.ts';
import { systemCodeOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';

/** The database as a watcher has it: a few connections, given up when they hang, and knowledge of whether it is there. */
export interface WatcherDatabase {
  readonly url: string;
  /** For what does its own waiting; `run` is better. */
  readonly db: Db;
  /** Since when it does not answer, milliseconds since 1970; null = it does. */
  awaySince(): number | null;
  /** Runs work. Throws what it throws; work that hangs loses its connections and fails. */
  run<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Breaks off what is under way. */
  giveUp(): void;
  close(): Promise<void>;
}

/** Work that takes longer hangs: the server stands still, or the network swallows what it says. */
const hangsAfterMs = 30_000;

export function openWatcherDatabase(url: string, options: { clock: Clock; log: Log }): WatcherDatabase {
  const { clock, log } = options;
  const clients = new Set<{ end(): Promise<void> }>();
  const connection: Connection = connect(url, { max: 4, onError: () => {} });
  connection.pool.on('connect', (client) => {
    clients.add(client);
    // Not the pool's own handler alone: one that breaks while it is ours must not end the process.
    client.on('error', () => {});
    client.once('end', () => clients.delete(client));
  });
  let away: number | null = null;
  const giveUpConnections = (): void => {
    if (clients.size > 0) log.debug('connections to the database are given up');
    for (const client of clients) void client.end().catch(() => {});
    clients.clear();
  };
  return {
    url,
    db: connection.db,
    giveUp: giveUpConnections,
    awaySince: () => away,
    run: async (work) => {
      const done = new AbortController();
      const guard = clock.sleep(hangsAfterMs, done.signal).then(giveUpConnections, () => {});
      try {
        const result = await work(connection.db);
        if (away !== null) log.info({ awaySince: new Date(away).toISOString() }, 'the database is back');
        away = null;
        return result;
      } catch (error) {
        if (isAway(error)) {
          if (away === null) log.warn({ err: error }, 'the database is away: the watch goes on without it');
          away ??= clock.now().getTime();
        }
        throw error;
      } finally {
        done.abort();
        await guard;
      }
    },
    close: () => connection.close(),
  };
}

/** Whether an error says that the database is not there, rather than that it did not like what it was told. */
export function isAway(error: unknown): boolean {
  const code = systemCodeOf(error);
  // SQLSTATE: connection trouble, shut down or starting, no more connections.
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) return /^(08|57P0|53300)/.test(code);
  if (code !== undefined) return /^E[A-Z]+$/.test(code);
  return error instanceof Error && /terminated|timeout|not queryable|Cannot use a pool|destroyed/i.test(error.message);
}
