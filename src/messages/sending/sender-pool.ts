import { createHash } from 'node:crypto';
import { openSender, type Ears, type Sender } from '../../channels/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OpenProvider } from '../message.ts';
import { openProviders } from '../open-providers.ts';
import { takeInbound } from '../take-inbound.ts';
import { takeReceipt } from '../take-receipt.ts';

interface Open {
  sender: Sender;
  provider: OpenProvider;
  /** Of kind, settings and secrets: another one means another sender. */
  fingerprint: string;
}

/** The senders of the process that sends: one for each provider that is on, with their lines kept open. */
export interface SenderPool {
  /** Opens what is new, closes what was changed, taken away or switched off. */
  refresh(): Promise<void>;
  find(providerId: string): { sender: Sender; provider: OpenProvider } | undefined;
  close(): Promise<void>;
}

/** A receipt may be quicker than our own note of what the gateway answered: asked again this often. */
const receiptTries = 10;
const receiptPauseMs = 500;

export function openSenderPool(platform: Platform): SenderPool {
  const open = new Map<string, Open>();
  const drop = async (id: string): Promise<void> => {
    const gone = open.get(id);
    open.delete(id);
    await gone?.sender.close().catch((error: unknown) => {
      platform.log.warn({ err: error, provider: id }, 'a sender did not close cleanly');
    });
  };
  return {
    refresh: async () => {
      const wanted = await openProviders(platform);
      const ids = new Set(wanted.map((one) => one.id));
      // What is under way on a sender that is closed ends as unknown, or was answered already.
      for (const id of open.keys()) if (!ids.has(id)) void drop(id);
      for (const provider of wanted) {
        const print = fingerprintOf(provider);
        if (open.get(provider.id)?.fingerprint === print) continue;
        void drop(provider.id);
        try {
          const sender = openSender(provider.kind, provider.config, provider.secrets, platform.clock);
          open.set(provider.id, { sender, provider, fingerprint: print });
          sender.receive?.(earsOf(platform, provider.id));
        } catch (error) {
          platform.log.warn({ err: error, provider: provider.id }, 'a provider of messages cannot be used');
        }
      }
    },
    find: (id) => open.get(id),
    close: async () => {
      await Promise.all([...open.keys()].map(drop));
    },
  };
}

function earsOf(platform: Platform, providerId: string): Ears {
  const { db, clock, log } = platform;
  return {
    receipt: async (receipt) => {
      for (let tried = 1; tried <= receiptTries; tried++) {
        if (await takeReceipt(db, providerId, receipt, clock.now())) return;
        await clock.sleep(receiptPauseMs);
      }
      log.info({ provider: providerId, refs: receipt.providerRefs }, 'a receipt for a message that is not ours');
    },
    incoming: async (message) => {
      await takeInbound(db, providerId, message, clock.now());
    },
  };
}

function fingerprintOf({ kind, config, secrets }: OpenProvider): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, config, secrets]))
    .digest('base64');
}
