import { z } from 'zod';
import { clearAlarm, listAlarms, raiseAlarm } from '../platform/alarms/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { RepositoryApi } from '../restic/types.ts';
import { siteSubject } from '../sites/index.ts';
import { clearWrong, insertVerification, listWrong, markWrong } from './store.ts';

export interface CheckOutcome {
  /** Nothing was found, or only what is known of snapshots that are marked as damaged already. */
  ok: boolean;
  problems: { code: string; message: string }[];
  packsRead: number;
  bytesRead: number;
  /** Ids of the snapshots that cannot be put back whole. */
  brokenSnapshots: string[];
  /** Packs that a repair would take out of the index. */
  brokenPacks: string[];
}

/** What is checked: the structure after a backup, or a slice of the data. */
export type CheckedPart =
  | { siteId: string; kind: 'structure'; snapshotId: string }
  | { siteId: string; kind: 'slice'; slice: { part: number; of: number } };

/** Longest list of problems that is kept; a damaged repository can have millions. */
const KEPT = 50;

/**
 * Checks a repository and keeps what came of it: every snapshot's trees and blobs are in packs of the right length,
 * and with a slice the bytes of those packs are read back and hashed. A problem raises `backup-damaged`
 * (structure) or `backup-data-damaged` (bytes), and every snapshot that it breaks is marked as damaged: retention,
 * duties and `latest-good` no longer count on it. When all data was read back, the mark goes from snapshots that are
 * whole again: a later backup can bring back what was lost.
 */
export async function checkRepository(
  platform: Platform,
  repo: Pick<RepositoryApi, 'check'>,
  what: CheckedPart,
): Promise<CheckOutcome> {
  const beganAt = platform.clock.now();
  const found = await repo.check({ readData: what.kind === 'slice' ? what.slice : 'none' });
  const known = await listWrong(platform.db, what.siteId);
  const isKnown =
    found.problems.every(({ code }) => code === 'missing-blob') && found.brokenSnapshots.every((id) => known.has(id));
  const outcome: CheckOutcome = {
    ok: isKnown,
    problems: found.problems.slice(0, KEPT).map(({ code, message }) => ({ code, message })),
    packsRead: found.packsRead,
    bytesRead: found.bytesRead,
    brokenSnapshots: found.brokenSnapshots,
    brokenPacks: found.brokenPacks,
  };
  const at = platform.clock.now();
  const subject = siteSubject(what.siteId);
  await platform.db.transaction().execute(async (trx) => {
    await insertVerification(trx, {
      site_id: what.siteId,
      kind: what.kind,
      snapshot_id: what.kind === 'structure' ? what.snapshotId : null,
      slice_part: what.kind === 'slice' ? what.slice.part : null,
      slice_of: what.kind === 'slice' ? what.slice.of : null,
      began_at: beganAt,
      ended_at: at,
      ok: outcome.ok,
      problems: outcome.problems,
      figures: { packsRead: found.packsRead, bytesRead: found.bytesRead, snapshots: found.snapshots },
    });
    await markWrong(trx, found.brokenSnapshots, at);
    if (what.kind === 'slice' && what.slice.of === 1) await clearWrong(trx, what.siteId, found.brokenSnapshots);
    if (outcome.ok) return clearWhatIsRefuted(trx, what, at);
    const facts = { problems: outcome.problems.slice(0, 5), count: found.problems.length };
    if (what.kind === 'structure') {
      await raiseAlarm(trx, { code: 'backup-damaged', subject, facts, at });
      return;
    }
    const slices = new Set(await badSlices(trx, subject)).add(nameOf(what.slice));
    await raiseAlarm(trx, { code: 'backup-data-damaged', subject, facts: { ...facts, slices: [...slices] }, at });
  });
  return outcome;
}

/** A check without problems clears the alarm that it refutes: of the structure, or of the last slice that was bad. */
async function clearWhatIsRefuted(db: Db, what: CheckedPart, at: Date): Promise<void> {
  const subject = siteSubject(what.siteId);
  if (what.kind === 'structure') {
    await clearAlarm(db, { code: 'backup-damaged', subject, at });
    return;
  }
  const bad = await badSlices(db, subject);
  const left = what.slice.of === 1 ? [] : bad.filter((name) => name !== nameOf(what.slice));
  if (left.length === 0) await clearAlarm(db, { code: 'backup-data-damaged', subject, at });
  else if (left.length < bad.length)
    await raiseAlarm(db, { code: 'backup-data-damaged', subject, facts: { slices: left }, at });
}

const nameOf = ({ part, of }: { part: number; of: number }): string => `${part}/${of}`;

/** Slices of the data in which the standing alarm says that something is damaged. */
async function badSlices(db: Db, subject: string): Promise<string[]> {
  const standing = await listAlarms(db, { subject, standing: true, limit: 100 });
  const alarm = standing.find((one) => one.code === 'backup-data-damaged');
  return z.object({ slices: z.array(z.string()) }).safeParse(alarm?.facts).data?.slices ?? [];
}
