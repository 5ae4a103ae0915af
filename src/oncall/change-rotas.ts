import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { isTimeZone } from '../platform/config.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { guardNotFound, overrideNotFound, rotaNotFound, timeZoneWrong, turnTurned } from './errors.ts';
import { insertOverride, listGuards, listRotas, removeOverrideRow, removeRotaRow, upsertRota } from './store.ts';

export interface RotaInput {
  id?: string | undefined;
  name: string;
  position?: number | undefined;
  timeZone: string;
  every: 'day' | 'week';
  /** `HH:MM`. */
  handover: string;
  /** `YYYY-MM-DD`. */
  firstTurn: string;
  turns: (string | null)[];
}

/** Makes or changes a rota with its turns. Gives its id. Errors: `rota-not-found`, `guard-not-found`, `time-zone-wrong`. */
export async function saveRota(platform: Platform, actor: Actor, input: RotaInput): Promise<string> {
  requireScope(actor, 'admin');
  if (!isTimeZone(input.timeZone)) throw timeZoneWrong();
  const at = platform.clock.now();
  const id = input.id ?? newId();
  await platform.db.transaction().execute(async (trx) => {
    const [rotas, guards] = await Promise.all([listRotas(trx), listGuards(trx)]);
    const standing = rotas.find((one) => one.id === input.id);
    if (input.id !== undefined && !standing) throw rotaNotFound();
    if (input.turns.some((turn) => turn !== null && !guards.some((one) => one.id === turn))) throw guardNotFound();
    const last = rotas.reduce((most, one) => Math.max(most, one.position), -1);
    await upsertRota(
      trx,
      {
        id,
        name: input.name,
        position: input.position ?? standing?.position ?? last + 1,
        time_zone: input.timeZone,
        every: input.every,
        handover: input.handover,
        first_turn: input.firstTurn,
        created_at: standing?.created_at ?? at,
        removed_at: null,
      },
      input.turns,
    );
    const action = standing ? 'rota-changed' : 'rota-added';
    await recordAudit(trx, actor, { action, subject: `rota:${id}`, details: { name: input.name }, at });
  });
  return id;
}

export async function removeRota(platform: Platform, actor: Actor, id: string): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    if (!(await removeRotaRow(trx, id, at))) throw rotaNotFound();
    await recordAudit(trx, actor, { action: 'rota-removed', subject: `rota:${id}`, at });
  });
}

export interface OverrideInput {
  rota: string;
  guard: string;
  from: Date;
  to: Date;
  note: string;
}

const longestMs = 366 * 86_400_000;

/**
 * Somebody takes over for a while; a swap is two of these, made together or not at all. Gives their ids. Errors:
 * `rota-not-found`, `guard-not-found`, `override-turned`.
 */
export async function addOverrides(platform: Platform, actor: Actor, inputs: OverrideInput[]): Promise<string[]> {
  requireScope(actor, 'operate');
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const [rotas, guards] = await Promise.all([listRotas(trx), listGuards(trx)]);
    const ids: string[] = [];
    for (const { rota, guard, from, to, note } of inputs) {
      if (!rotas.some((one) => one.id === rota)) throw rotaNotFound();
      if (!guards.some((one) => one.id === guard)) throw guardNotFound();
      const long = to.getTime() - from.getTime();
      if (long <= 0 || long > longestMs) throw turnTurned();
      const id = newId();
      ids.push(id);
      await insertOverride(trx, {
        id,
        rota_id: rota,
        guard_id: guard,
        from_at: from,
        to_at: to,
        note,
        made_at: at,
        made_by: actor.name,
        removed_at: null,
      });
      const details = { rota, guard, from: from.toISOString(), to: to.toISOString() };
      await recordAudit(trx, actor, { action: 'duty-taken-over', subject: `override:${id}`, details, at });
    }
    return ids;
  });
}

export async function removeOverride(platform: Platform, actor: Actor, id: string): Promise<void> {
  requireScope(actor, 'operate');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    if (!(await removeOverrideRow(trx, id, at))) throw overrideNotFound();
    await recordAudit(trx, actor, { action: 'duty-given-back', subject: `override:${id}`, at });
  });
}
