import { listen } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Changes } from './contract.ts';

/** What triggers tell, see migration 0080: the id of a site whose row looks different now. */
const channel = 'site_changed';
/** Nobody gets more events than this, however much happens. */
const atMostEveryMs = 1000;
/** From here on it is cheaper to read the page anew. */
const namedAtMost = 100;

interface Mailbox {
  all: boolean;
  sites: Set<string>;
  wake: () => void;
}

/** One connection that listens, for all who watch by this process; open as long as somebody does. */
interface Feed {
  mailboxes: Set<Mailbox>;
  stop(): Promise<void>;
  begun: Promise<void>;
}

const feeds = new WeakMap<Platform, Feed>();

/**
 * Which sites changed, as events, until the signal is aborted: at most one a second. The first says `all`, and so does one
 * after a gap: whoever follows reads anew then.
 */
export async function* followChanges(
  platform: Platform,
  signal: AbortSignal | undefined,
): AsyncGenerator<Changes, void, void> {
  const mailbox: Mailbox = { all: true, sites: new Set(), wake: () => {} };
  const feed = join(platform, mailbox);
  const aborted = Promise.withResolvers<void>();
  const isOver = (): boolean => signal?.aborted === true;
  signal?.addEventListener('abort', () => aborted.resolve(), { once: true });
  try {
    await Promise.race([feed.begun, aborted.promise]);
    while (!isOver()) {
      if (mailbox.all || mailbox.sites.size > 0) {
        const event = { all: mailbox.all, sites: mailbox.all ? [] : [...mailbox.sites] };
        mailbox.all = false;
        mailbox.sites.clear();
        yield event;
        await platform.clock.sleep(atMostEveryMs, signal).catch(() => {});
        continue;
      }
      const something = Promise.withResolvers<void>();
      mailbox.wake = something.resolve;
      await Promise.race([something.promise, aborted.promise]);
    }
  } finally {
    await leave(platform, feed, mailbox);
  }
}

function join(platform: Platform, mailbox: Mailbox): Feed {
  const feed = feeds.get(platform) ?? openFeed(platform);
  feeds.set(platform, feed);
  feed.mailboxes.add(mailbox);
  return feed;
}

async function leave(platform: Platform, feed: Feed, mailbox: Mailbox): Promise<void> {
  feed.mailboxes.delete(mailbox);
  if (feed.mailboxes.size > 0 || feeds.get(platform) !== feed) return;
  feeds.delete(platform);
  await feed.stop();
}

function openFeed(platform: Platform): Feed {
  const mailboxes = new Set<Mailbox>();
  const begun = Promise.withResolvers<void>();
  const tell = (put: (mailbox: Mailbox) => void): void => {
    for (const mailbox of mailboxes) {
      put(mailbox);
      mailbox.wake();
    }
  };
  const listening = listen(platform.connection.url, channel, platform.clock, {
    onBegin: () => {
      begun.resolve();
      tell((mailbox) => {
        mailbox.all = true;
      });
    },
    onMessage: (site) =>
      tell((mailbox) => {
        if (mailbox.all) return;
        mailbox.sites.add(site);
        mailbox.all = mailbox.sites.size > namedAtMost;
      }),
  });
  return { mailboxes, begun: begun.promise, stop: () => listening.stop() };
}
