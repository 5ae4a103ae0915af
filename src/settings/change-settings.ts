import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { isTimeZone, type SettingName } from '../platform/config.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { putHouseSetting, readHouse, type House, type HouseSettingName } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { judgeAccent, normalColour } from './rules/accent.ts';

export interface SettingsChange {
  name?: string | undefined;
  timeZone?: string | undefined;
  language?: 'nl' | 'en' | undefined;
  /** One colour; the pair that is used is made of it. Null = Nachtwacht's own. */
  accent?: string | null | undefined;
  /** Null = the default. */
  retention?: { hourly: number; daily: number; monthly: number; beforeChangeDays: number } | null | undefined;
  excludes?: string[] | undefined;
  rate?: { bytesPerSecond?: number | undefined; requestsPerSecond?: number | undefined } | undefined;
}

/** What audit rows call the house's settings. */
export const houseSubject = 'house';

/** Changes what was given, all or nothing. Throws `setting-fixed` for what the environment decides. */
export async function changeSettings(platform: Platform, actor: Actor, change: SettingsChange): Promise<void> {
  requireScope(actor, 'admin');
  const before = await readHouse(platform);
  if (change.name !== undefined) refuseFixed(before, 'name');
  if (change.timeZone !== undefined) {
    refuseFixed(before, 'time-zone');
    if (!isTimeZone(change.timeZone)) throw noTimeZone(change.timeZone);
  }
  const rows: [HouseSettingName, unknown, unknown][] = [];
  const set = (name: HouseSettingName, was: unknown, value: unknown): void => {
    if (value !== undefined) rows.push([name, was, value]);
  };
  set('name', before.name, change.name);
  set('time-zone', before.timeZone, change.timeZone);
  set('language', before.language, change.language);
  set('accent', before.accent, change.accent == null ? change.accent : pairOf(change.accent));
  set('retention', before.retention, change.retention);
  set('excludes', before.excludes, change.excludes && [...new Set(change.excludes)]);
  set('rate', before.rate, change.rate);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    for (const [name, was, value] of rows) {
      if (JSON.stringify(was) === JSON.stringify(value)) continue;
      await putHouseSetting(trx, name, value === null ? undefined : { value }, { actor: actor.name, at });
      const details = { setting: name, before: was, after: value };
      await recordAudit(trx, actor, { action: 'settings-changed', subject: houseSubject, details, at });
    }
  });
}

/** Throws when the environment decides this: a change here would look as if it counted. */
export function refuseFixed(house: House, name: keyof House['fixed']): void {
  const by: SettingName[] | undefined = house.fixed[name];
  if (by === undefined) return;
  throw new NachtwachtError({
    code: 'setting-fixed',
    kind: 'conflict',
    message: `This is set in the environment (${by.join(', ')}) and cannot be changed here.`,
    nextStep: 'Change it there and start Nachtwacht again, or take it out of the environment first.',
    retryable: false,
    details: { variables: by.join(', ') },
  });
}

function pairOf(colour: string): object {
  const normal = normalColour(colour);
  if (normal !== undefined) return { asked: normal, ...judgeAccent(normal).pair };
  throw notAColour(colour);
}

export function notAColour(colour: string): NachtwachtError {
  return new NachtwachtError({
    code: 'colour-wrong',
    kind: 'bad-input',
    message: `"${colour.slice(0, 20)}" is not a colour.`,
    nextStep: 'Give it as # and six digits, such as #8a5a00.',
    retryable: false,
  });
}

function noTimeZone(name: string): NachtwachtError {
  return new NachtwachtError({
    code: 'time-zone-wrong',
    kind: 'bad-input',
    message: `"${name.slice(0, 60)}" is not a time zone.`,
    nextStep: 'Give its name, such as Europe/Amsterdam.',
    retryable: false,
  });
}
