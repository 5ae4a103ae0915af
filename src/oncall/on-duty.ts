import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Db } from '../platform/database/index.ts';
import type { GuardRow, OverrideRow, RotaRow, TurnRow } from './duty.ts';
import { dutySpans, orderGuards, type Asked, type DutySpan, type Line } from './rules/order-guards.ts';
import { findPolicy, listCodes, listGuards, listOverrides, listRotas, listTurns } from './store.ts';

/** A guard of a line, as he is asked now. */
export interface GuardOnDuty {
  guard: GuardRow;
  line: { id: string; name: string };
  why: Asked['why'];
  until: Date;
}

/** Everything that says who is on duty, read at one moment. */
export interface Duty {
  lines: (Line & { name: string })[];
  guards: Map<string, GuardRow>;
  policy: Awaited<ReturnType<typeof findPolicy>>;
}

/** `from`: overrides that were over before it are left out. */
export async function readDuty(db: Db, from: Date): Promise<Duty> {
  const [rotas, turns, overrides, guards, policy] = await Promise.all([
    listRotas(db),
    listTurns(db),
    listOverrides(db, from),
    listGuards(db),
    findPolicy(db),
  ]);
  const known = new Map(guards.map((guard) => [guard.id, guard]));
  return { lines: rotas.map((rota) => lineOf(rota, turns, overrides, known)), guards: known, policy };
}

function lineOf(
  rota: RotaRow,
  turns: readonly TurnRow[],
  overrides: readonly OverrideRow[],
  guards: ReadonlyMap<string, GuardRow>,
): Line & { name: string } {
  const mine = turns.filter((turn) => turn.rota_id === rota.id).toSorted((a, b) => a.position - b.position);
  return {
    id: rota.id,
    name: rota.name,
    rota: {
      timeZone: rota.time_zone,
      every: rota.every,
      handover: rota.handover,
      firstTurn: rota.first_turn,
      // Who left the house is nobody.
      guards: mine.map((turn) => (turn.guard_id !== null && guards.has(turn.guard_id) ? turn.guard_id : null)),
    },
    overrides: overrides
      .filter((one) => one.rota_id === rota.id && guards.has(one.guard_id))
      .map((one) => ({ guard: one.guard_id, from: one.from_at, to: one.to_at, madeAt: one.made_at })),
  };
}

/** Guards in the order in which they are asked at a moment; empty = nobody is on duty. */
export async function guardsInOrder(platform: Pick<Platform, 'db' | 'config'>, at: Date): Promise<GuardOnDuty[]> {
  const { timeZone } = await readHouse(platform);
  return askedAt(await readDuty(platform.db, at), timeZone, at);
}

export function askedAt(duty: Duty, timeZone: string, at: Date): GuardOnDuty[] {
  return orderGuards(duty.lines, duty.policy.askedFirst, timeZone, at).flatMap((asked) => {
    const guard = duty.guards.get(asked.guard);
    const line = duty.lines.find((one) => one.id === asked.line);
    return guard && line ? [{ guard, line: { id: line.id, name: line.name }, why: asked.why, until: asked.until }] : [];
  });
}

/** The first one who is asked now, and until when; undefined = nobody. */
export async function whoIsOnDutyNow(
  platform: Pick<Platform, 'db' | 'config'>,
  at: Date,
): Promise<{ guard: { id: string; name: string }; until: Date } | undefined> {
  const [first] = await guardsInOrder(platform, at);
  return first && { guard: { id: first.guard.id, name: first.guard.name }, until: first.until };
}

/** What it takes to ask guards without the database. Plain JSON. */
export interface DutyKit {
  madeAt: string;
  until: string;
  timeZone: string;
  /** Only those with a number. */
  guards: { id: string; name: string; phone: string; language: 'nl' | 'en' }[];
  spans: DutySpan[];
  policy: { receiptMs: number; callMs: number; nextMs: number; rounds: number };
  /** Short codes that are taken on a guard's phone. */
  usedCodes: Record<string, number[]>;
}

/** For watchers (while the database is away) and second locations (while the core is): who is asked in the next `hours`. */
export async function dutyKit(platform: Pick<Platform, 'db' | 'config'>, now: Date, hours: number): Promise<DutyKit> {
  const { timeZone } = await readHouse(platform);
  const duty = await readDuty(platform.db, now);
  const codes = await listCodes(platform.db);
  const until = new Date(now.getTime() + hours * 3_600_000);
  const reachable = [...duty.guards.values()].flatMap(({ id, name, phone, language }) =>
    phone === null ? [] : [{ id, name, phone, language }],
  );
  const ids = new Set(reachable.map((one) => one.id));
  const { receiptMs, callMs, nextMs, rounds } = duty.policy;
  return {
    madeAt: now.toISOString(),
    until: until.toISOString(),
    timeZone,
    guards: reachable,
    spans: dutySpans(duty.lines, duty.policy.askedFirst, timeZone, now, until).map((span) => ({
      ...span,
      guards: span.guards.filter((guard) => ids.has(guard)),
    })),
    policy: { receiptMs, callMs, nextMs, rounds },
    usedCodes: Object.fromEntries(
      reachable.map(({ id }) => [id, codes.filter((one) => one.guard_id === id).map((one) => one.code)]),
    ),
  };
}
