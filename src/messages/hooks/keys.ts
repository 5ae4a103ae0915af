import type { Platform } from '../../platform/platform.ts';
import type { Kind } from '../message.ts';
import { secretsOf } from '../open-providers.ts';
import { findProvider } from '../provider-store.ts';

export interface HookKey {
  kind: Kind;
  authToken: string;
}

/** A changed secret counts after this time at the latest. */
const keptMs = 5000;
const mostKept = 200;

/**
 * The secrets that web hooks are signed with, by provider. Those of providers that exist are remembered for a moment, so
 * that verifying costs no query; for others `mayLookUp` is asked first.
 */
export function openKeys(platform: Platform): {
  find(providerId: string, mayLookUp: () => boolean): Promise<HookKey | undefined>;
} {
  const kept = new Map<string, { key: HookKey; until: number }>();
  return {
    find: async (providerId, mayLookUp) => {
      const now = platform.clock.monotonicMs();
      const known = kept.get(providerId);
      if (known !== undefined && now < known.until) return known.key;
      if (known === undefined && !mayLookUp()) return undefined;
      const row = await findProvider(platform.db, providerId);
      const authToken = row?.id === providerId ? (await secretsOf(platform, row))?.['authToken'] : undefined;
      if (row === undefined || authToken === undefined || authToken === '') {
        kept.delete(providerId);
        return undefined;
      }
      if (kept.size >= mostKept) kept.clear();
      const key = { kind: row.kind, authToken };
      kept.set(providerId, { key, until: now + keptMs });
      return key;
    },
  };
}
