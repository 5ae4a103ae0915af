import { recordAudit } from '../audit/index.ts';
import { listMoments } from '../backups/index.ts';
import type { Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { getOwnSite, ownCustomer } from './own-site.ts';
import { findRequest, insertRequest, type RequestRow } from './store.ts';

/**
 * A customer asks to put his site back to a moment (null = the last good one, or what is chosen together). Nothing is
 * restored: an operator sees the request and answers it. Errors: `site-not-found` (also for another customer's site),
 * `moment-not-kept`, `request-waits-already`.
 */
export async function askRestore(
  platform: Platform,
  actor: Actor,
  input: { site: string; moment: string | null; note: string },
): Promise<RequestRow> {
  const { db } = platform;
  const site = await getOwnSite(db, actor, input.site);
  const wanted = input.moment === null ? null : new Date(input.moment);
  const snapshot = wanted === null ? undefined : await snapshotAt(platform, site.id, wanted);
  const at = platform.clock.now();
  const id = newId();
  return db.transaction().execute(async (trx) => {
    const inserted = await insertRequest(trx, {
      id,
      customer_id: ownCustomer(actor),
      site_id: site.id,
      kind: 'restore',
      moment: wanted,
      snapshot_id: snapshot ?? null,
      note: input.note,
      asked_by: actor.name,
      asked_at: at,
    });
    if (!inserted) throw waitsAlready();
    const details = { site: site.url, moment: input.moment, note: input.note };
    await recordAudit(trx, actor, { action: 'request-made', subject: `request:${id}`, site: site.id, details, at });
    const row = await findRequest(trx, id);
    if (!row) throw new Error('a request that was just made is there');
    return row;
  });
}

/** A moment is that of a snapshot, as `portal.snapshots` gave it. */
async function snapshotAt(platform: Platform, siteId: string, wanted: Date): Promise<string> {
  const [moment] = await listMoments(platform.db, siteId, { limit: 1, until: wanted, usableOnly: true });
  if (moment && moment.at.getTime() === wanted.getTime()) return moment.snapshot;
  throw new NachtwachtError({
    code: 'moment-not-kept',
    kind: 'bad-input',
    message: 'There is no backup of that moment that can be put back.',
    nextStep: 'Choose a moment from the list, or leave it to us.',
    retryable: false,
  });
}

function waitsAlready(): NachtwachtError {
  return new NachtwachtError({
    code: 'request-waits-already',
    kind: 'conflict',
    message: 'You asked for this site already, and we are on it.',
    nextStep: 'Wait for our answer, or withdraw that request first.',
    retryable: false,
  });
}
