import { z } from 'zod';
import { clearAlarm, listAlarms, raiseAlarm } from '../platform/alarms/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { RepositoryApi } from '../restic/types.ts';
import { siteSubject } from '../sites/index.ts';
import { insertVerification, markWrong } from './store.ts';

export interface CheckOutcome {
  ok: boolean;
  problems: { code: string; message: string }[];
  packsRead: number;
  bytesRead: number;
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
 * (structure) or `backup-data-damaged` (bytes).
 */
export async function checkRepository(
  platform: Platform,
  repo: RepositoryApi,
  what: CheckedPart,
): Promise<CheckOutcome> {
  const beganAt = platform.clock.now();
  const found = await repo.check({ readData: what.kind === 'slice' ? what.slice : 'none' });
  const outcome: CheckOutcome = {
    ok: found.problems.length === 0,
    problems: found.problems.slice(0, KEPT).map(({ code, message }) => ({ code, message })),
    packsRead: found.packsRead,
    bytesRead: found.bytesRead,
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
    if (outcome.ok) return clearWhatIsRefuted(trx, what, at);
    await raiseAlarm(trx, {
      code: what.kind === 'structure' ? 'backup-damaged' : 'backup-data-damaged',
      subject,
      facts: {
        problems: outcome.problems.slice(0, 5),
        count: found.problems.length,
        ...(what.kind === 'slice' ? { slice: `${what.slice.part}/${what.slice.of}` } : {}),
      },
      at,
    });
    if (what.kind === 'structure') await markWrong(trx, [what.snapshotId], at);
  });
  return outcome;
}

/** A check without problems clears the alarm that it refutes: of the structure, or of the same slice of the data. */
async function clearWhatIsRefuted(db: Db, what: CheckedPart, at: Date): Promise<void> {
  const subject = siteSubject(what.siteId);
  if (what.kind === 'structure') {
    await clearAlarm(db, { code: 'backup-damaged', subject, at });
    return;
  }
  const { part, of } = what.slice;
  const standing = await listAlarms(db, { subject, standing: true, limit: 100 });
  const alarm = standing.find((one) => one.code === 'backup-data-damaged');
  const facts = z.object({ slice: z.string() }).safeParse(alarm?.facts);
  if (of === 1 || (facts.success && facts.data.slice === `${part}/${of}`))
    await clearAlarm(db, { code: 'backup-data-damaged', subject, at });
}
