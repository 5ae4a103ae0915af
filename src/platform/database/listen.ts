import { Client } from 'pg';
import type { Clock } from '../clock.ts';

export interface Listener {
  /** Something was told on the channel, after its transaction was committed. */
  onMessage(payload: string): void;
  /** Listening begins, for the first time or again: what was told before that is lost. */
  onBegin(): void;
}

const againAfterMs = 1000;

/**
 * Listens to a channel of PostgreSQL's NOTIFY on a connection of its own, again and again when that is lost.
 * Needs a direct connection (or a pooler in session mode). `channel`: a fixed name of ours, letters and underscores.
 */
export function listen(url: string, channel: string, clock: Clock, listener: Listener): { stop(): Promise<void> } {
  if (!/^[a-z_]+$/.test(channel)) throw new Error(`not a channel: ${channel}`);
  const end = new AbortController();
  const loop = (async () => {
    while (!end.signal.aborted) {
      await listenOnce(url, channel, listener, end.signal).catch(() => {});
      await clock.sleep(againAfterMs, end.signal).catch(() => {});
    }
  })();
  return {
    stop: async () => {
      end.abort();
      await loop;
    },
  };
}

/** Until the connection is lost or the signal aborted. */
async function listenOnce(url: string, channel: string, listener: Listener, signal: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: url, keepAlive: true, application_name: 'nachtwacht listens' });
  const lost = Promise.withResolvers<void>();
  client.on('error', () => lost.resolve());
  client.on('end', () => lost.resolve());
  client.on('notification', (message) => listener.onMessage(message.payload ?? ''));
  signal.addEventListener('abort', () => lost.resolve(), { once: true });
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    if (!signal.aborted) listener.onBegin();
    await lost.promise;
  } finally {
    await client.end().catch(() => {});
  }
}
