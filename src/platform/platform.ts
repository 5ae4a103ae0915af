import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { processName } from './config.ts';
import { assertReachable, connect, migrate, pendingMigrations, type Connection, type Db } from './database/index.ts';
import { NachtwachtError } from './errors.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openQueue, type Queue } from './queue/queue.ts';
import { openSecretsOf } from './master-key.ts';
import type { Secrets } from './secrets.ts';

/** What every verb gets: the ground that all capabilities stand on. */
export interface Platform {
  config: Config;
  log: Log;
  clock: Clock;
  connection: Connection;
  db: Db;
  queue: Queue;
  secrets: Secrets;
  metrics: Metrics;
  close(): Promise<void>;
}

export interface PlatformOptions {
  config: Config;
  /** Of the database to use: DATABASE_URL or that of the embedded server. */
  databaseUrl: string;
  clock?: Clock;
  log?: Log;
  /** Bring the database up to date; otherwise it must be so already. */
  migrate: boolean;
  /** Look for jobs of dead workers (worker and watch do). Default true. */
  supervise?: boolean;
}

/** Opens database, queue and secrets. Whoever calls it closes it. */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { config } = options;
  const log = options.log ?? createLog(config.logLevel);
  const onError = (error: Error): void => log.warn({ err: error }, 'database connection lost');
  const connection = connect(options.databaseUrl, { max: 10 + config.workers * 2, onError });
  try {
    await assertReachable(connection);
    if (options.migrate) {
      const ran = await migrate(connection);
      if (ran.length > 0) log.info({ migrations: ran }, 'database brought up to date');
    } else if ((await pendingMigrations(connection)).length > 0) throw notMigrated();
    const secrets = await openSecretsOf(connection.db, config);
    const queue = await openQueue(connection, log, {
      supervise: options.supervise ?? true,
      processName: processName(),
    });
    return {
      config,
      log,
      clock: options.clock ?? systemClock,
      connection,
      db: connection.db,
      queue,
      secrets,
      metrics: createMetrics(),
      close: async () => {
        await queue.stop({ graceMs: 5000 });
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close().catch(() => {});
    throw error;
  }
}

function notMigrated(): NachtwachtError {
  return new NachtwachtError({
    code: 'database-not-migrated',
    kind: 'conflict',
    message: 'The database is older than this program.',
    nextStep: 'Run `nachtwacht migrate` (or start one process with the role web) first.',
    retryable: true,
  });
}
