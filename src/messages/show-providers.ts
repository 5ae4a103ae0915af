import { hookUrl } from '../channels/rules/callback-url.ts';
import { publicUrl } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { ProviderView } from './contract.ts';
import type { Means } from './message.ts';
import { secretsOf } from './open-providers.ts';
import { listProviderRows, type ProviderRow } from './provider-store.ts';
import { troubleInWords } from './words.ts';

/** All providers in the order they are set; names of their secrets, never the secrets. */
export async function showProviders(platform: Platform, means?: Means): Promise<ProviderView[]> {
  const rows = await listProviderRows(platform.db, means);
  return Promise.all(rows.map((row) => showProvider(platform, row)));
}

export async function showProvider(platform: Platform, row: ProviderRow): Promise<ProviderView> {
  const trouble = row.last_error === null ? undefined : troubleInWords(row.last_error);
  return {
    id: row.id,
    kind: row.kind,
    means: row.means,
    name: row.name,
    position: row.position,
    enabled: row.enabled,
    config: row.config,
    secrets: row.kind === 'smtp' ? [] : await secretNames(platform, row),
    canaryTo: row.canary_to,
    canary: canaryOf(row),
    lastAcceptedAt: row.last_accepted_at?.toISOString() ?? null,
    lastTrouble:
      trouble === undefined || row.last_error_at === null ? null : { ...trouble, at: row.last_error_at.toISOString() },
    hooks: hooksOf(platform, row),
  };
}

async function secretNames(platform: Platform, row: ProviderRow): Promise<string[]> {
  return Object.keys((await secretsOf(platform, row)) ?? {}).toSorted();
}

function canaryOf(row: ProviderRow): ProviderView['canary'] {
  if (row.canary_state === null || row.canary_at === null) return null;
  const told = row.canary_error === null ? null : troubleInWords(row.canary_error);
  const problem = told && { code: told.code, says: told.says, next: told.next };
  return { state: row.canary_state, at: row.canary_at.toISOString(), problem };
}

function hooksOf(platform: Platform, row: ProviderRow): ProviderView['hooks'] {
  if (row.kind !== 'twilio' && row.kind !== 'http-sms') return [];
  const base = publicUrl(platform);
  const inbound = { for: 'inbound' as const, url: hookUrl(base, row, 'inbound') };
  return row.kind === 'twilio' ? [inbound] : [];
}
