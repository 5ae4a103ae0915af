import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { lastDue } from './rules/due.ts';
import { findGuardName, putSettings, readSettings, type DrillSettingsRow } from './store.ts';

export interface DrillsChange {
  enabled?: boolean | undefined;
  day?: number | undefined;
  time?: string | undefined;
  /** Id; null = who is on duty then. */
  guard?: string | null | undefined;
}

/** When drills are held, and for whom. What was given changes, all or nothing. Error: `drill-guard-unknown`. */
export async function changeDrills(platform: Platform, actor: Actor, change: DrillsChange): Promise<DrillSettingsRow> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  return platform.db.transaction().execute(async (trx) => {
    const before = await readSettings(trx);
    const { guard, enabled = before.enabled, day = before.day, time = before.time } = change;
    if (guard != null && (await findGuardName(trx, guard)) === undefined) throw guardUnknown(guard);
    const guardId = guard === undefined ? before.guard_id : guard;
    // A new time begins with its next moment: nobody is drilled at once because the new one lies just behind us.
    const isNew = day !== before.day || time !== before.time || (enabled && !before.enabled);
    const heldFor = isNew ? lastDue(at, { day, time }, timeZone) : before.held_for;
    await putSettings(trx, { enabled, day, time, guard_id: guardId, held_for: heldFor });
    const after = { enabled, day, time, guard: guardId };
    const details = { before: { ...shown(before) }, after };
    await recordAudit(trx, actor, { action: 'drill-settings-changed', subject: 'drills', details, at });
    return { ...before, enabled, day, time, guard_id: guardId, held_for: heldFor };
  });
}

function shown({ enabled, day, time, guard_id: guard }: DrillSettingsRow): object {
  return { enabled, day, time, guard };
}

function guardUnknown(guard: string): NachtwachtError {
  return new NachtwachtError({
    code: 'drill-guard-unknown',
    kind: 'not-found',
    message: 'There is no guard with this id who has a phone.',
    nextStep: 'Choose one of the list of guards, or leave it to who is on duty.',
    retryable: false,
    details: { guard },
  });
}
