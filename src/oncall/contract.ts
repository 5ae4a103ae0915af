import { z } from 'zod';
import { moment, procedure } from '../platform/http/procedure.ts';

const count = z.number().int();
const id = z.string().trim().min(1).max(60);
const text = (most: number) => z.string().trim().min(1).max(most);
const phone = z
  .string()
  .trim()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'must be a number such as +31612345678');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00');
const language = z.enum(['nl', 'en']);

export const Guard = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  pushUrl: z.string().nullable(),
  canBeCalled: z.boolean(),
  language,
  /** His account; null = a number only. */
  account: z.object({ userId: z.string(), email: z.string() }).nullable(),
  /** In how many rotas he has turns. */
  rotas: count,
});
export type Guard = z.infer<typeof Guard>;

const named = z.object({ id: z.string(), name: z.string() });

export const Override = z.object({
  id: z.string(),
  rota: named,
  guard: named,
  from: moment,
  to: moment,
  note: z.string(),
  madeBy: z.string(),
});
export type Override = z.infer<typeof Override>;

export const RotaView = z.object({
  id: z.string(),
  name: z.string(),
  /** First line, second line, ... */
  position: count,
  timeZone: z.string(),
  every: z.enum(['day', 'week']),
  handover: z.string(),
  /** `YYYY-MM-DD`; with `week`, its day of the week is the day of every hand-over. */
  firstTurn: z.string(),
  /** In the order of their turns; null = a turn of nobody. */
  turns: z.array(named.nullable()),
});
export type RotaView = z.infer<typeof RotaView>;

const spanWhy = z.enum(['turn', 'override', 'nobodys-turn', 'before-first-turn', 'empty-rota']);
export const PlanSpan = z.object({ from: moment, to: moment, guard: named.nullable(), why: spanWhy });

const onDuty = z.object({
  rota: named,
  guard: named,
  phone: z.boolean(),
  until: moment.nullable(),
  why: spanWhy,
});

/** When hours of a week are meant: days 1 = Monday to 7 = Sunday. */
const Hours = z.object({ days: z.array(count.min(1).max(7)).max(7), from: time, to: time });

export const Policy = z.object({
  receiptMs: count.min(15_000).max(120_000),
  callMs: count.min(60_000).max(600_000),
  nextMs: count.min(60_000).max(900_000),
  rounds: count.min(1).max(10),
  /** In these hours that rota's guard is asked first. */
  askedFirst: z.array(Hours.extend({ rota: id })).max(20),
  /** When incidents of low urgency may call somebody. */
  officeHours: Hours,
});
export type Policy = z.infer<typeof Policy>;

export const PolicyView = z.object({
  policy: Policy,
  /** The rule in words, line by line. */
  inWords: z.object({ nl: z.array(z.string()), en: z.array(z.string()) }),
});

export const Now = z.object({
  at: moment,
  timeZone: z.string(),
  /** Who is asked now, the first one first. */
  order: z.array(onDuty),
  next: z.object({ guard: named, from: moment }).nullable(),
  /** Stretches of the next two weeks in which nobody is on duty. */
  holes: z.array(z.object({ from: moment, to: moment })),
  /** Guards on duty now or next who have no phone number. */
  withoutPhone: z.array(named),
  /** How many ways there are to send an SMS; 0 = an alarm is only shown and mailed. */
  smsPaths: count,
  calls: z.boolean(),
  /** Whether the calendar feed has an address. */
  calendar: z.boolean(),
});
export type Now = z.infer<typeof Now>;

export const Plan = z.object({
  from: moment,
  to: moment,
  rotas: z.array(z.object({ rota: named, timeZone: z.string(), spans: z.array(PlanSpan) })),
  overrides: z.array(Override),
});
export type Plan = z.infer<typeof Plan>;

export const Mine = z.object({
  /** Null = this account is no guard. */
  guard: Guard.nullable(),
  onDuty: z.boolean(),
  until: moment.nullable(),
  /** His next turns. */
  next: z.array(z.object({ rota: named, from: moment, to: moment })),
  /** Open incidents of high urgency that wait for somebody or are his, the oldest first. */
  incidents: z.array(z.object({ id: z.string(), number: count, isMine: z.boolean() })),
  /** Who is asked after him when he does not answer, and when; of the first incident that waits. */
  nextAsked: z.object({ guard: named, at: moment }).nullable(),
});
export type Mine = z.infer<typeof Mine>;

const removed = z.object({ ok: z.boolean() });

export const oncallContract = {
  now: procedure('read', 'GET', '/oncall/now', 'Who is on duty now and next, and whether he can be reached').output(
    Now,
  ),
  guards: procedure('read', 'GET', '/oncall/guards', 'Who may be on duty').output(z.array(Guard)),
  saveGuard: procedure('admin', 'POST', '/oncall/guards', 'Make or change a guard')
    .input(
      z.object({
        id: id.optional().describe('Absent = a new one'),
        name: text(80),
        phone: phone.nullable().default(null),
        email: z.email().max(254).nullable().default(null),
        pushUrl: z
          .url({ protocol: /^https?$/ })
          .max(500)
          .nullable()
          .default(null),
        canBeCalled: z.boolean().default(true),
        language: language.default('nl'),
        userId: id.nullable().default(null),
      }),
    )
    .output(Guard),
  removeGuard: procedure(
    'admin',
    'POST',
    '/oncall/guards/remove',
    'A guard is no guard any more; his turns are nobody’s',
  )
    .input(z.object({ guard: id }))
    .output(removed),
  changeMyself: procedure('operate', 'POST', '/oncall/me', 'One’s own number and language, for who is a guard')
    .input(
      z.object({
        phone: phone.nullable().optional(),
        pushUrl: z
          .url({ protocol: /^https?$/ })
          .max(500)
          .nullable()
          .optional(),
        canBeCalled: z.boolean().optional(),
        language: language.optional(),
      }),
    )
    .output(Guard),
  rotas: procedure('read', 'GET', '/oncall/rotas', 'All rotas, first line first').output(z.array(RotaView)),
  saveRota: procedure('admin', 'POST', '/oncall/rotas', 'Make or change a rota')
    .input(
      z.object({
        id: id.optional().describe('Absent = a new one, after the others'),
        name: text(80),
        position: count.min(0).max(100).optional(),
        timeZone: text(60),
        every: z.enum(['day', 'week']),
        handover: time,
        firstTurn: z.iso.date(),
        turns: z.array(id.nullable()).max(100),
      }),
    )
    .output(RotaView),
  removeRota: procedure('admin', 'POST', '/oncall/rotas/remove', 'A rota ends')
    .input(z.object({ rota: id }))
    .output(removed),
  plan: procedure('read', 'GET', '/oncall/plan', 'Who is on duty when, overrides included')
    .input(z.object({ from: moment.optional().describe('Default: now'), weeks: count.min(1).max(26).default(6) }))
    .output(Plan),
  addOverride: procedure('operate', 'POST', '/oncall/overrides', 'Somebody takes over for a while')
    .input(z.object({ rota: id, guard: id, from: moment, to: moment, note: z.string().trim().max(200).default('') }))
    .output(Override),
  swap: procedure('operate', 'POST', '/oncall/swap', 'Two guards take over from each other, each for a stretch')
    .input(
      z.object({
        rota: id,
        one: z.object({ guard: id, from: moment, to: moment }),
        other: z.object({ guard: id, from: moment, to: moment }),
        note: z.string().trim().max(200).default(''),
      }),
    )
    .output(z.array(Override)),
  removeOverride: procedure('operate', 'POST', '/oncall/overrides/remove', 'Taking over does not happen after all')
    .input(z.object({ override: id }))
    .output(removed),
  policy: procedure(
    'read',
    'GET',
    '/oncall/policy',
    'How guards are asked, and what follows when nobody answers',
  ).output(PolicyView),
  changePolicy: procedure('admin', 'POST', '/oncall/policy', 'Change how guards are asked')
    .input(Policy)
    .output(PolicyView),
  makeCalendar: procedure(
    'admin',
    'POST',
    '/oncall/calendar',
    'A new address of the calendar feed; the old one ends',
  ).output(z.object({ url: z.string().describe('Shown once') })),
  revokeCalendar: procedure('admin', 'POST', '/oncall/calendar/revoke', 'The calendar feed ends').output(removed),
  mine: procedure('operate', 'GET', '/oncall/mine', 'What a guard needs on his phone').output(Mine),
  testMessage: procedure('admin', 'POST', '/oncall/test', 'A test SMS to a guard')
    .input(z.object({ guard: id }))
    .output(z.object({ message: z.string(), provider: z.string() })),
};
