import { z } from 'zod';
import { readHouse, readMailServer } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Means, OpenProvider } from './message.ts';
import { listProviderRows, listProviders, type ProviderRow } from './provider-store.ts';

type Ground = Pick<Platform, 'db' | 'config' | 'secrets'>;

/** What the sealed secrets of a provider are of. */
export function providerContext(id: string): string {
  return `message-provider:${id}`;
}

const Secrets = z.record(z.string(), z.string());

/**
 * Who carries messages now, with secrets, the one to try first first: for sending, and for the kits of watchers and second
 * locations. Mail is there only when the house has a mail server.
 */
export async function openProviders(platform: Ground, means?: Means): Promise<OpenProvider[]> {
  const rows = new Map((await listProviderRows(platform.db, means)).map((row) => [row.id, row]));
  const open: OpenProvider[] = [];
  for (const provider of await listProviders(platform.db, means)) {
    const row = rows.get(provider.id);
    if (row === undefined) continue;
    const secrets = await secretsOf(platform, row);
    if (secrets !== undefined) open.push({ ...provider, secrets });
  }
  return open;
}

/** Undefined = it cannot be used: mail without a mail server. */
export async function secretsOf(
  platform: Ground,
  row: Pick<ProviderRow, 'id' | 'kind' | 'secrets'>,
): Promise<Record<string, string> | undefined> {
  if (row.kind === 'smtp') {
    const server = await readMailServer(platform);
    if (server === undefined) return undefined;
    return { server: JSON.stringify(server), sender: (await readHouse(platform)).name };
  }
  if (row.secrets === null) return {};
  return Secrets.parse(JSON.parse((await platform.secrets.open(providerContext(row.id), row.secrets)).toString()));
}
