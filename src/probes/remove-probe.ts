import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { probeNotFound } from './errors.ts';
import { findProbe, markRemoved, type ProbeRow } from './store.ts';

/** From now on nothing that it says counts, and its silence is no matter (`tell-silent.ts`). Error: `probe-not-found`. */
export async function removeProbe(platform: Platform, actor: Actor, reference: string): Promise<ProbeRow> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const probe = await findProbe(trx, reference);
    if (!probe || !(await markRemoved(trx, probe.id, at))) throw probeNotFound(reference);
    const details = { name: probe.name };
    await recordAudit(trx, actor, { action: 'probe-removed', subject: `probe:${probe.id}`, details, at });
    return probe;
  });
}
