import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { writeReferenceHosts } from './store.ts';

/** Sets the hosts (`host:port`) that the watch asks when sites fail: when they all fail too, it is our own network. */
export async function setReferences(platform: Platform, actor: Actor, hosts: readonly string[]): Promise<string[]> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const chosen = [...new Set(hosts)];
  await platform.db.transaction().execute(async (trx) => {
    await writeReferenceHosts(trx, chosen);
    const details = { hosts: chosen };
    await recordAudit(trx, actor, { action: 'watch-references-changed', subject: 'watch', details, at });
  });
  return chosen;
}
