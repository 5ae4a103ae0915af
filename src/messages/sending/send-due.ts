import { SendError } from '../../channels/index.ts';
import { callbackUrlOf } from '../../channels/rules/callback-url.ts';
import type { Platform } from '../../platform/platform.ts';
import type { MessageRow } from '../message.ts';
import { messageMetrics } from '../message-metrics.ts';
import { recordOutcome } from '../provider-store.ts';
import { nextTry, retryPolicyOf } from '../rules/give-up.ts';
import { abandonClaims, claimMessage, failQueued, listDue, requeueMessage, settleSending } from '../store.ts';
import type { SenderPool } from './sender-pool.ts';

/**
 * `sendMs`: longest that a provider may take; then nobody knows whether the message left. `atOnce`: messages under way at
 * it. A modem sends one after the other, a few seconds each; a mail server may look up who we are first.
 */
const usual = { sendMs: 10_000, atOnce: 8, leastMs: 500 };
const limitsOf = (kind: string): typeof usual => {
  if (kind === 'gammu') return { sendMs: 30_000, atOnce: 1, leastMs: 5000 };
  return kind === 'smtp' ? { ...usual, sendMs: 30_000 } : usual;
};
/** A claim older than this belongs to a sender that died: time to send, and to note what came of it. */
const claimMs = 45_000;
/** How long the outcome of a message is kept in memory while the database is away. */
const noteTries = 300;

export interface Desk {
  /**
   * One look: takes what is due and sends it, each message on its own, so that a slow gateway delays nobody else. Gives
   * how many were taken; they go on after this resolves.
   */
  look(): Promise<number>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

/** Where messages are taken and sent. `by`: unique for each desk. `signal`: aborted = nothing more is taken or noted. */
export function openDesk(platform: Platform, pool: SenderPool, by: string, signal: AbortSignal): Desk {
  const { db, clock, config } = platform;
  const scale = config.timeScale;
  const { tries } = messageMetrics(platform.metrics.registry);
  const underWay = new Map<string, number>();
  const running = new Set<Promise<void>>();

  function isBusy(providerId: string): boolean {
    const kind = pool.find(providerId)?.provider.kind ?? '';
    return (underWay.get(providerId) ?? 0) >= limitsOf(kind).atOnce;
  }

  async function look(): Promise<number> {
    const now = clock.now();
    await abandonClaims(db, new Date(now.getTime() - claimMs / scale));
    await pool.refresh();
    let taken = 0;
    for (;;) {
      const busy = [...underWay.keys()].filter(isBusy);
      const due = await listDue(db, { now: clock.now(), busy, limit: 50 });
      let moved = 0;
      for (const row of due) {
        if (signal.aborted) return taken;
        if (isBusy(row.provider_id)) continue;
        moved += (await take(row)) ? 1 : 0;
      }
      taken += moved;
      if (moved === 0) return taken;
    }
  }

  /** True = it waits no more. */
  async function take(row: MessageRow): Promise<boolean> {
    const at = clock.now();
    const open = pool.find(row.provider_id);
    if (open === undefined) return failQueued(db, row.id, { at, error: 'not-configured' });
    // An alarm of an hour ago helps nobody: by now others were told, or it is over.
    if (row.tries === 0 && at.getTime() > giveUpAt(row) + claimMs / scale)
      return failQueued(db, row.id, { at, error: 'timeout' });
    const mine = await claimMessage(db, row.id, { by, at });
    if (mine === undefined) return false;
    underWay.set(mine.provider_id, (underWay.get(mine.provider_id) ?? 0) + 1);
    const work = send(mine, open).finally(() => {
      underWay.set(mine.provider_id, (underWay.get(mine.provider_id) ?? 1) - 1);
      running.delete(work);
    });
    running.add(work);
    return true;
  }

  async function send(row: MessageRow, open: NonNullable<ReturnType<SenderPool['find']>>): Promise<void> {
    const { sender, provider } = open;
    const callback =
      config.publicUrl === undefined ? {} : { callbackUrl: callbackUrlOf(config.publicUrl, provider, row.id) };
    const outgoing = { to: row.recipient, reference: row.id, ...row.content, ...callback };
    try {
      const { sendMs, leastMs } = limitsOf(provider.kind);
      const sent = await sender.send(outgoing, AbortSignal.timeout(Math.ceil(Math.max(sendMs / scale, leastMs))));
      tries.inc({ means: row.means, outcome: sent.state });
      const at = clock.now();
      await note(async () => {
        await settleSending(db, row.id, { state: sent.state, at, providerRef: sent.providerRef });
        await recordOutcome(db, row.provider_id, { at });
      });
    } catch (error) {
      await failed(row, error);
    }
  }

  async function failed(row: MessageRow, error: unknown): Promise<void> {
    // Whatever is no SendError was not foreseen: then nobody knows.
    const trouble = error instanceof SendError ? error : new SendError('not-understood', { mayHaveGone: true });
    if (!(error instanceof SendError)) platform.log.error({ err: error, message: row.id }, 'sending failed');
    const at = clock.now();
    const { longestPauseMs } = retryPolicyOf(row.purpose);
    const again = trouble.retryable
      ? nextTry({ now: at.getTime(), tries: row.tries, giveUpAt: giveUpAt(row), longestPauseMs, scale })
      : null;
    const state = trouble.mayHaveGone ? 'unknown' : 'failed';
    tries.inc({ means: row.means, outcome: again === null ? state : 'retried' });
    platform.log.warn(
      { message: row.id, provider: row.provider_id, trouble: trouble.message, again: again !== null },
      'a message was not taken',
    );
    await note(async () => {
      if (again === null) await settleSending(db, row.id, { state, at, error: trouble.message });
      else await requeueMessage(db, row.id, { by, nextTryAt: new Date(again), error: trouble.message });
      await recordOutcome(db, row.provider_id, { at, error: trouble.message });
    });
  }

  /** Until the database has it: what a gateway answered must not be forgotten because the database was away. */
  async function note(write: () => Promise<void>): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        return await write();
      } catch (error) {
        if (tried >= noteTries || signal.aborted) {
          platform.log.error({ err: error }, 'what became of a message could not be noted');
          return undefined;
        }
        await clock.sleep(1000, signal).catch(() => {});
      }
    }
  }

  function giveUpAt(row: MessageRow): number {
    const began = row.created_at.getTime();
    return began + (row.give_up_at.getTime() - began) / scale;
  }

  return {
    look,
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
