import { processName } from '../../platform/config.ts';
import { aloneBy, listen } from '../../platform/database/index.ts';
import type { DueLoop } from '../../platform/due/index.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { openDesk } from './send-due.ts';
import { openSenderPool } from './sender-pool.ts';

const name = 'messages-send';
const lookEveryMs = 1000;
/** How often it makes sure that the lock is still its own. */
const checkEveryMs = 5000;
/** A stop waits this long for the database to take what is known. */
const graceMs = 12_000;

/**
 * The process that holds this loop's lock is the one that sends, and keeps the lines of SMPP and gammu open; it goes on
 * until it ends or the database is lost, and then the next process takes over within a second. It looks each second, and
 * at once when something was queued.
 */
export const sendLoop: DueLoop = {
  name,
  everyMs: lookEveryMs,
  run: (platform, signal) => sendWhile(platform, signal),
};

async function sendWhile(platform: Platform, signal: AbortSignal): Promise<void> {
  const { clock } = platform;
  // What is under way is noted also after the last look.
  const noting = new AbortController();
  const pool = openSenderPool(platform);
  const desk = openDesk(platform, pool, `${processName()} ${newId()}`, noting.signal);
  let wake = (): void => {};
  const listening = listen(platform.connection.url, 'message_queued', clock, {
    onBegin: () => wake(),
    onMessage: () => wake(),
  });
  try {
    const me = await aloneBy(platform.db, `due ${name}`);
    let checkedAt = clock.monotonicMs();
    while (!signal.aborted) {
      if (clock.monotonicMs() - checkedAt >= checkEveryMs) {
        // Its session was lost and with it the lock: another process may be at work.
        if ((await aloneBy(platform.db, `due ${name}`)) !== me) return;
        checkedAt = clock.monotonicMs();
      }
      await desk.look();
      const something = Promise.withResolvers<void>();
      wake = something.resolve;
      const pause = new AbortController();
      const stop = AbortSignal.any([signal, pause.signal]);
      await Promise.race([something.promise, clock.sleep(lookEveryMs, stop).catch(() => {})]);
      pause.abort();
    }
  } finally {
    await listening.stop();
    const ended = desk.idle().then(() => pool.close());
    // The database was lost: what gateways answer meanwhile is noted when it is back, whoever sends then.
    if (!signal.aborted) void ended;
    else {
      const grace = setTimeout(() => noting.abort(), graceMs);
      await ended;
      clearTimeout(grace);
    }
  }
}
