import type { Clock } from '../clock.ts';
import { listen } from './listen.ts';

/** What changed since the last event. `all`: more than it is worth to name, or it is not known what. */
export interface ChangedIds {
  all: boolean;
  ids: string[];
}

/** Nobody gets more events than this, however much happens. */
const atMostEveryMs = 1000;
/** From here on it is cheaper to read the page anew. */
const namedAtMost = 100;

interface Mailbox {
  all: boolean;
  ids: Set<string>;
  wake: () => void;
}

/** One connection that listens, for all who follow a channel by this process; open as long as somebody does. */
interface Feed {
  mailboxes: Set<Mailbox>;
  stop(): Promise<void>;
  begun: Promise<void>;
}

const feeds = new Map<string, Feed>();

/**
 * Follows a channel on which triggers tell the ids of what changed, until the signal is aborted: at most one event a
 * second. The first says `all`, and so does one after a gap: whoever follows reads anew then.
 */
export async function* followIds(
  of: { connection: { url: string }; clock: Clock },
  channel: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChangedIds, void, void> {
  const key = `${channel} ${of.connection.url}`;
  const mailbox: Mailbox = { all: true, ids: new Set(), wake: () => {} };
  const feed = feeds.get(key) ?? openFeed(of.connection.url, channel, of.clock);
  feeds.set(key, feed);
  feed.mailboxes.add(mailbox);
  const aborted = Promise.withResolvers<void>();
  const isOver = (): boolean => signal?.aborted === true;
  signal?.addEventListener('abort', () => aborted.resolve(), { once: true });
  try {
    await Promise.race([feed.begun, aborted.promise]);
    while (!isOver()) {
      if (mailbox.all || mailbox.ids.size > 0) {
        const event = { all: mailbox.all, ids: mailbox.all ? [] : [...mailbox.ids] };
        mailbox.all = false;
        mailbox.ids.clear();
        yield event;
        await of.clock.sleep(atMostEveryMs, signal).catch(() => {});
        continue;
      }
      const something = Promise.withResolvers<void>();
      mailbox.wake = something.resolve;
      await Promise.race([something.promise, aborted.promise]);
    }
  } finally {
    feed.mailboxes.delete(mailbox);
    if (feed.mailboxes.size === 0 && feeds.get(key) === feed) {
      feeds.delete(key);
      await feed.stop();
    }
  }
}

function openFeed(url: string, channel: string, clock: Clock): Feed {
  const mailboxes = new Set<Mailbox>();
  const begun = Promise.withResolvers<void>();
  const tell = (put: (mailbox: Mailbox) => void): void => {
    for (const mailbox of mailboxes) {
      put(mailbox);
      mailbox.wake();
    }
  };
  const listening = listen(url, channel, clock, {
    onBegin: () => {
      begun.resolve();
      tell((mailbox) => {
        mailbox.all = true;
      });
    },
    onMessage: (id) =>
      tell((mailbox) => {
        if (mailbox.all) return;
        mailbox.ids.add(id);
        mailbox.all = mailbox.ids.size > namedAtMost;
      }),
  });
  return { mailboxes, begun: begun.promise, stop: () => listening.stop() };
}
