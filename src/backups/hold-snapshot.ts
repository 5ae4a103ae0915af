import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { findSnapshotRow } from './find-snapshot.ts';
import { setHeld } from './store.ts';

/** Sets a snapshot aside, so that retention never removes it, or gives it back to retention. */
export async function holdSnapshot(
  platform: Platform,
  actor: Actor,
  input: { site: string; snapshot: string; hold: boolean },
): Promise<{ id: string; held: boolean }> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const { id } = await findSnapshotRow(platform.db, site.id, input.snapshot);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await setHeld(trx, id, input.hold ? 'by-hand' : null);
    const action = input.hold ? 'snapshot-held' : 'snapshot-released';
    await recordAudit(trx, actor, { action, subject: siteSubject(site.id), details: { snapshot: id }, at });
  });
  return { id, held: input.hold };
}
