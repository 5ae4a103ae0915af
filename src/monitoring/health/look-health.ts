import { ConnectorError, type SiteHealthAnswer } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { connectToSite } from '../../sites/index.ts';
import { findDeadText } from '../check/rules/dead-text.ts';
import type { HealthSaid } from './rules/judge-health.ts';
import type { HealthAnswer, HealthMemory } from './rules/memory.ts';

/** Longest that one look takes; the plugin itself waits 3 s for the database at most. */
const patienceMs = 15_000;

/**
 * Asks the plugin how its site is: one signed request that no cache answers. Through the rescue entry where there is
 * one; `throughWordPress`: through WordPress, which knows whether its cron is on. Does not throw for what the site does.
 */
export async function lookHealth(
  platform: Platform,
  siteId: string,
  options: { before: HealthMemory | null; throughWordPress: boolean; signal: AbortSignal },
): Promise<HealthSaid> {
  const { before, throughWordPress } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(patienceMs)]);
  const lastAt = before?.answer?.at;
  const since = lastAt === undefined ? platform.clock.now().getTime() : Date.parse(lastAt);
  try {
    const client = await connectToSite(platform, siteId, { signal });
    try {
      const skewMs = (before?.answer?.clockOffSeconds ?? 0) * 1000;
      const said = await client.health({ since: Math.floor((since + skewMs) / 1000), throughWordPress });
      return { kind: 'answer', ...answerOf(said, platform.clock.now(), before?.answer ?? null) };
    } finally {
      client.close();
    }
  } catch (error) {
    if (options.signal.aborted) return { kind: 'failure', code: 'aborted', databaseGone: false };
    if (signal.aborted) return { kind: 'failure', code: 'timeout', databaseGone: false };
    if (error instanceof ConnectorError) return failureOf(error);
    if (error instanceof NachtwachtError) return { kind: 'failure', code: error.code, databaseGone: false };
    throw error;
  }
}

function answerOf(
  said: SiteHealthAnswer & { time: number },
  at: Date,
  before: HealthAnswer | null,
): { answer: HealthAnswer; logFatals: number } {
  const { database, disk, fatals, cron, opcache } = said;
  return {
    logFatals: fatals.log ?? 0,
    answer: {
      at: at.toISOString(),
      entry: said.entry,
      database: { ok: database.ok, ms: database.ms ?? null, error: database.errno ?? null },
      disk: disk ? { free: disk.free, total: disk.total ?? null } : null,
      fatals: {
        count: fatals.count,
        at: typeof fatals.last === 'number' ? new Date(fatals.last * 1000).toISOString() : null,
        message: fatals.message,
        where: fatals.where,
      },
      paused: said.recovery?.paused ?? null,
      cron: cron
        ? {
            overdue: cron.overdue,
            oldestSeconds: cron.oldest,
            // Only WordPress knows it, and most looks go without.
            disabled: cron.disabled ?? before?.cron?.disabled ?? null,
          }
        : null,
      isPublic: said.public ?? null,
      home: said.home ?? null,
      siteurl: said.siteurl ?? null,
      maintenanceSeconds: said.maintenance ?? null,
      opcache: opcache ? { on: opcache.on, full: opcache.full } : null,
      clockOffSeconds: Math.round(said.time - at.getTime() / 1000),
    },
  };
}

/** Where only WordPress's own entries are reachable, its text of a lost database is the answer. */
function failureOf(error: ConnectorError): HealthSaid {
  const { siteSays = '', status = 0 } = error.details as { siteSays?: string; status?: number };
  const dead = findDeadText({ status, body: Buffer.from(siteSays), hasKeyword: null });
  return { kind: 'failure', code: error.code, databaseGone: dead === 'database-error' };
}
