import type { Actor } from '../identity/index.ts';
import { listUnanswered, listOpenIncidents } from '../incidents/index.ts';
import { listMessages, listProviders } from '../messages/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { Guard, Mine, Now, Override, Plan, RotaView } from './contract.ts';
import { sentOf } from './dispatch-alarms.ts';
import type { GuardRow } from './duty.ts';
import { askedAt, readDuty } from './on-duty.ts';
import { askedNext } from './rules/asked-next.ts';
import { orderGuards } from './rules/order-guards.ts';
import { holesBetween, spansBetween, whoIsNext } from './rules/on-duty.ts';
import { findGuardOfUser, listGuards, listOverrides, listRotas, listTurns } from './store.ts';

const DAY_MS = 86_400_000;
const lookAheadDays = 14;

/** Who is on duty now and next, holes ahead, and whether he can be reached at all. */
export async function showNow(platform: Platform): Promise<Now> {
  const { db } = platform;
  const now = platform.clock.now();
  const { timeZone } = await readHouse(platform);
  const [duty, providers] = await Promise.all([readDuty(db, now), listProviders(db)]);
  const order = askedAt(duty, timeZone, now);
  const first = duty.lines[0];
  const until = new Date(now.getTime() + lookAheadDays * DAY_MS);
  const next = first && whoIsNext(first.rota, first.overrides, now);
  const nextGuard = next && duty.guards.get(next.guard);
  const ahead = [...order.map((one) => one.guard), ...(nextGuard ? [nextGuard] : [])];
  return {
    at: now.toISOString(),
    timeZone,
    order: order.map((one) => ({
      rota: one.line,
      guard: { id: one.guard.id, name: one.guard.name },
      phone: one.guard.phone !== null,
      until: one.until.toISOString(),
      why: one.why === 'asked-first' ? 'turn' : one.why,
    })),
    next:
      next && nextGuard ? { guard: { id: nextGuard.id, name: nextGuard.name }, from: next.from.toISOString() } : null,
    holes: first
      ? holesBetween(first.rota, first.overrides, now, until).map((hole) => ({
          from: hole.from.toISOString(),
          to: hole.to.toISOString(),
        }))
      : [{ from: now.toISOString(), to: until.toISOString() }],
    withoutPhone: [
      ...new Map(ahead.filter((one) => one.phone === null).map(({ id, name }) => [id, { id, name }])).values(),
    ],
    smsPaths: providers.filter((one) => one.means === 'sms').length,
    calls: providers.some((one) => one.means === 'call'),
    calendar: duty.policy.hasCalendar,
  };
}

export async function showGuards(platform: Pick<Platform, 'db'>): Promise<Guard[]> {
  const [guards, turns] = await Promise.all([listGuards(platform.db), listTurns(platform.db)]);
  return guards.map((row) => ({
    ...shownGuard(row),
    account: row.user_id === null ? null : { userId: row.user_id, email: row.account ?? '' },
    rotas: new Set(turns.filter((turn) => turn.guard_id === row.id).map((turn) => turn.rota_id)).size,
  }));
}

function shownGuard(row: GuardRow): Omit<Guard, 'account' | 'rotas'> {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    pushUrl: row.push_url,
    canBeCalled: row.can_be_called,
    language: row.language,
  };
}

export async function showRotas(platform: Pick<Platform, 'db'>): Promise<RotaView[]> {
  const { db } = platform;
  const [rotas, turns, guards] = await Promise.all([listRotas(db), listTurns(db), listGuards(db)]);
  const names = new Map(guards.map(({ id, name }) => [id, { id, name }]));
  return rotas.map((row) => ({
    id: row.id,
    name: row.name,
    position: row.position,
    timeZone: row.time_zone,
    every: row.every,
    handover: row.handover,
    firstTurn: row.first_turn,
    turns: turns
      .filter((turn) => turn.rota_id === row.id)
      .map((turn) => (turn.guard_id === null ? null : (names.get(turn.guard_id) ?? null))),
  }));
}

/** Who is on duty when, for the weeks from a moment on. */
export async function showPlan(
  platform: Pick<Platform, 'db' | 'clock'>,
  asked: { from?: string | undefined; weeks: number },
): Promise<Plan> {
  const from = asked.from === undefined ? platform.clock.now() : new Date(asked.from);
  const to = new Date(from.getTime() + asked.weeks * 7 * DAY_MS);
  const duty = await readDuty(platform.db, from);
  const named = (id: string | null) => {
    const guard = id === null ? undefined : duty.guards.get(id);
    return guard ? { id: guard.id, name: guard.name } : null;
  };
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    rotas: duty.lines.map((line) => ({
      rota: { id: line.id, name: line.name },
      timeZone: line.rota.timeZone,
      spans: spansBetween(line.rota, line.overrides, from, to).map((span) => ({
        from: span.from.toISOString(),
        to: span.to.toISOString(),
        guard: named(span.guard),
        why: span.why,
      })),
    })),
    overrides: (await showOverrides(platform, from)).filter((one) => one.from < to.toISOString()),
  };
}

/** Those that are not over at `from`. */
export async function showOverrides(platform: Pick<Platform, 'db'>, from: Date): Promise<Override[]> {
  const { db } = platform;
  const [overrides, rotas, guards] = await Promise.all([listOverrides(db, from), listRotas(db), listGuards(db)]);
  return overrides.flatMap((row) => {
    const rota = rotas.find((one) => one.id === row.rota_id);
    const guard = guards.find((one) => one.id === row.guard_id);
    if (!rota || !guard) return [];
    return [
      {
        id: row.id,
        rota: { id: rota.id, name: rota.name },
        guard: { id: guard.id, name: guard.name },
        from: row.from_at.toISOString(),
        to: row.to_at.toISOString(),
        note: row.note,
        madeBy: row.made_by,
      },
    ];
  });
}

const turnsAheadDays = 60;

/** What a signed-in guard needs on his phone: what waits for him, and when he is on duty. */
export async function showMine(platform: Platform, actor: Actor): Promise<Mine> {
  const { db } = platform;
  const now = platform.clock.now();
  const me = actor.userId === undefined ? undefined : await findGuardOfUser(db, actor.userId);
  const { timeZone } = await readHouse(platform);
  const duty = await readDuty(db, now);
  const order = askedAt(duty, timeZone, now);
  const mine = me && order.find((one) => one.guard.id === me.id);
  const until = new Date(now.getTime() + turnsAheadDays * DAY_MS);
  const turns = duty.lines.flatMap((line) =>
    spansBetween(line.rota, line.overrides, now, until)
      .filter((span) => me !== undefined && span.guard === me.id)
      .map((span) => ({
        rota: { id: line.id, name: line.name },
        from: span.from.toISOString(),
        to: span.to.toISOString(),
      })),
  );
  const actors = new Set([actor.name, ...(me ? [`guard:${me.id}`] : [])]);
  const waiting = new Set((await listUnanswered(db, now)).map((one) => one.id));
  const open = (await listOpenIncidents(db, now)).filter((one) => one.urgency === 'high');
  const incidents = open
    .map((one) => ({ id: one.id, number: one.number, isMine: actors.has(one.acknowledgedActor ?? '') }))
    .filter((one) => one.isMine || waiting.has(one.id))
    .toReversed();
  const firstWaiting = incidents.find((one) => !one.isMine);
  return {
    guard: me ? ((await showGuards(platform)).find((one) => one.id === me.id) ?? null) : null,
    onDuty: mine !== undefined,
    until: mine?.until.toISOString() ?? null,
    next: turns.toSorted((a, b) => a.from.localeCompare(b.from)).slice(0, 5),
    incidents,
    nextAsked: firstWaiting ? await whoIsAskedNext(platform, firstWaiting.id, duty, timeZone, now) : null,
  };
}

/** Who follows when nobody answers, and when; null = nobody does. */
export async function whoIsAskedNext(
  platform: Pick<Platform, 'db' | 'config'>,
  incidentId: string,
  duty: Awaited<ReturnType<typeof readDuty>>,
  timeZone: string,
  now: Date,
): Promise<{ guard: { id: string; name: string }; at: string } | null> {
  const sent = (await listMessages(platform.db, { incidentId })).flatMap((row) => sentOf(row));
  const guards = orderGuards(duty.lines, duty.policy.askedFirst, timeZone, now)
    .map((one) => duty.guards.get(one.guard))
    .filter((one) => one !== undefined && one.phone !== null)
    .map((one) => one?.id ?? '');
  const { nextMs, ...rest } = duty.policy;
  const next = askedNext({ guards, sent }, { ...rest, nextMs: nextMs / platform.config.timeScale });
  const guard = next && duty.guards.get(next.guard);
  return guard ? { guard: { id: guard.id, name: guard.name }, at: new Date(next.at).toISOString() } : null;
}
