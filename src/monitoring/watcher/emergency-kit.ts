import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { gcmOpen, gcmSeal } from '../../platform/secrets.ts';

/** Who is on duty and how he is reached, with all that it takes to reach him without the database. Plain data. */
export interface EmergencyKit {
  madeAt: string;
  timeZone: string;
  guards: readonly { id: string; name: string; phone: string; language: 'nl' | 'en' }[];
  /** Who is asked, first one first; times in ISO 8601. */
  spans: readonly { from: string; to: string; guards: readonly string[] }[];
  /** Milliseconds, in real time. */
  policy: { receiptMs: number; callMs: number; nextMs: number; rounds: number };
  /** SMS providers in their order, with secrets. */
  providers: readonly { id: string; kind: string; config: unknown; secrets: Record<string, string | undefined> }[];
  /** Short codes that are taken on a guard's phone. */
  usedCodes: Readonly<Record<string, readonly number[]>>;
}

const context = 'watch: emergency kit';
const everyMs = 60_000;
const againMs = 5000;

export interface KeptKit {
  current(): EmergencyKit | undefined;
  start(): void;
  stop(): Promise<void>;
}

/** Fetches the kit each minute and keeps it in memory and, sealed with the master key, on disk. */
export function keepKit(parts: {
  clock: Clock;
  log: Log;
  folder: string;
  masterKey: Buffer;
  timeScale: number;
  fetch: () => Promise<EmergencyKit>;
}): KeptKit {
  const { clock, log, masterKey, timeScale } = parts;
  const file = path.join(parts.folder, 'kit.sealed');
  let current = readKit(file, masterKey, log);
  const ending = new AbortController();
  let loop: Promise<void> | undefined;
  const fetchOnce = async (): Promise<void> => {
    current = await parts.fetch();
    const handle = await open(`${file}.new`, 'w', 0o600);
    try {
      await handle.writeFile(gcmSeal(masterKey, context, Buffer.from(JSON.stringify(current))));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.new`, file);
  };
  return {
    current: () => current,
    start: () => {
      loop = (async () => {
        while (!ending.signal.aborted) {
          const isFetched = await fetchOnce().then(
            () => true,
            (error: unknown) => {
              log.debug({ err: error }, 'the emergency kit could not be fetched: the last one counts');
              return false;
            },
          );
          await clock.sleep((isFetched ? everyMs : againMs) / timeScale, ending.signal).catch(() => {});
        }
      })();
    },
    stop: async () => {
      ending.abort();
      await loop;
    },
  };
}

function readKit(file: string, masterKey: Buffer, log: Log): EmergencyKit | undefined {
  let sealed: Buffer;
  try {
    sealed = readFileSync(file);
  } catch {
    return undefined;
  }
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this file alone
    return JSON.parse(gcmOpen(masterKey, context, sealed).toString()) as EmergencyKit;
  } catch {
    log.warn('the emergency kit on disk cannot be opened (another master key?)');
    return undefined;
  }
}
