import { readHouse } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { getSite } from '../../sites/index.ts';
import { findSnapshotRow } from '../find-snapshot.ts';
import { shownSnapshot } from '../list-snapshots.ts';
import { findSnapshotByWord, type SnapshotRow } from '../store.ts';
import { retentionOf } from '../tidy-repository.ts';
import type { MomentView } from './contract.ts';
import { listReadBacks, listRetained, nearestMoment, neighboursOf } from './store.ts';

/**
 * One snapshot of a site with what a person asks about it: why it is kept, when it was last read back, what lies before
 * and after. Null when the site has none. Throws `snapshot-not-found`.
 */
export async function showMoment(
  platform: Platform,
  input: { site: string; snapshot?: string | undefined; at?: string | undefined },
): Promise<MomentView | null> {
  const { db } = platform;
  const site = await getSite(db, input.site, { removedToo: true });
  const row = await chosenRow(platform, site.id, input);
  if (row === undefined) return null;
  const [house, retained, beside, looks] = await Promise.all([
    readHouse(platform),
    listRetained(db, site.id),
    neighboursOf(db, site.id, row),
    listReadBacks(db, site.id, row),
  ]);
  const decision = (await retentionOf(platform, site.id, retained)).get(row.id);
  const named = (one: { id: string; taken_at: Date } | null) =>
    one === null ? null : { id: one.id, takenAt: one.taken_at.toISOString() };
  return {
    ...shownSnapshot(row, decision, house.timeZone),
    isNewest: beside.newer === 0,
    older: beside.older,
    newer: beside.newer,
    previous: named(beside.previous),
    next: named(beside.next),
    readBack: looks.map((look) => ({
      kind: look.kind,
      at: look.ended_at.toISOString(),
      ok: look.ok,
      slice: look.slice_part === null || look.slice_of === null ? null : { part: look.slice_part, of: look.slice_of },
    })),
  };
}

async function chosenRow(
  platform: Platform,
  siteId: string,
  input: { snapshot?: string | undefined; at?: string | undefined },
): Promise<SnapshotRow | undefined> {
  const { db } = platform;
  if (input.at !== undefined) {
    const id = await nearestMoment(db, siteId, new Date(input.at));
    return id === undefined ? undefined : findSnapshotRow(db, siteId, id);
  }
  const { snapshot } = input;
  if (snapshot !== undefined && snapshot !== 'latest' && snapshot !== 'latest-good') {
    return findSnapshotRow(db, siteId, snapshot);
  }
  const found = snapshot === 'latest' ? undefined : await findSnapshotByWord(db, siteId, 'latest-good');
  return found ?? findSnapshotByWord(db, siteId, 'latest');
}
