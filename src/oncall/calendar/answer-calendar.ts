import type { Context, Hono } from 'hono';
import { createHash, timingSafeEqual } from 'node:crypto';
import { readHouse } from '../../platform/house/index.ts';
import { createLimiter } from '../../platform/http/rules/limiter.ts';
import type { HttpPart, HttpVariables } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import { readDuty } from '../on-duty.ts';
import { spansBetween } from '../rules/on-duty.ts';
import { findPolicy } from '../store.ts';
import { calendarHash } from './make-calendar.ts';
import { icalendar, type CalendarEvent } from './rules/icalendar.ts';
import { calendarWords } from './words.ts';

const dayMs = 86_400_000;
const backMs = 14 * dayMs;
const aheadMs = 182 * dayMs;
/** A minute, one address: a calendar comes once an hour; nobody finds a secret of 192 bits with this. */
const most = 60;

/**
 * GET /oncall/calendar/SECRET.ics: who is on duty, two weeks back and half a year ahead, for calendars. `?guard=ID`: of one
 * guard alone; `?lang=en`. The secret is the proof; a wrong one is a plain 404.
 */
export function answerCalendar(platform: Platform): HttpPart {
  const { db, clock } = platform;
  const limiter = createLimiter(most);

  async function answer(c: Context<HttpVariables>): Promise<Response> {
    const headers = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' };
    if (!limiter.take(c.get('facts').address, clock.now().getTime())) {
      return c.body(null, 429, { ...headers, 'retry-after': '60' });
    }
    const secret = /^([\w-]{20,100})\.ics$/.exec(c.req.param('file') ?? '')?.[1];
    const { calendarHash: wanted } = await findPolicy(db);
    if (secret === undefined || wanted === null || !isSame(calendarHash(secret), wanted)) {
      return c.body(null, 404, { 'cache-control': 'no-store' });
    }
    const asked = c.req.query('lang');
    const text = await feed(platform, {
      guard: c.req.query('guard'),
      language: asked === 'nl' || asked === 'en' ? asked : undefined,
    });
    // Of its content, without the moment it was made: a calendar that comes again an hour later is told that nothing changed.
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
    if ((c.req.header('if-none-match') ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag)) {
      return c.body(null, 304, { ...headers, etag });
    }
    return c.body(text, 200, {
      ...headers,
      etag,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="nachtwacht.ics"',
    });
  }

  return (app: Hono<HttpVariables>): void => {
    app.get('/oncall/calendar/:file', answer);
  };
}

async function feed(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  asked: { guard: string | undefined; language: 'nl' | 'en' | undefined },
): Promise<string> {
  const { db, clock } = platform;
  const house = await readHouse(platform);
  const words = calendarWords(asked.language ?? house.language);
  // Whole days: the first and last event do not creep with every question.
  const today = Math.floor(clock.now().getTime() / dayMs) * dayMs;
  const [from, to] = [new Date(today - backMs), new Date(today + aheadMs)];
  const duty = await readDuty(db, from);
  const events = duty.lines.flatMap((line) =>
    spansBetween(line.rota, line.overrides, from, to)
      .filter((span) => asked.guard === undefined || span.guard === asked.guard)
      .map((span): CalendarEvent => {
        const guard = span.guard === null ? undefined : duty.guards.get(span.guard)?.name;
        return {
          uid: `${line.id}-${nameOf(span, from, to)}@nachtwacht`,
          from: span.from,
          to: span.to,
          summary: guard === undefined ? words.hole(line.name) : words.summary(guard, line.name),
          ...(guard === undefined ? {} : { description: span.why === 'override' ? words.override : words.turn }),
          // DTSTAMP of a published event is when it was last changed (3.8.7.2): its overrides are all that change it.
          stamp: lastChange(line.overrides, span.from, span.to),
        };
      }),
  );
  return icalendar(words.name(house.name), events);
}

/** The same for the same turn tomorrow, when the feed begins and ends a day later. */
function nameOf(span: { from: Date; to: Date; guard: string | null }, from: Date, to: Date): string {
  if (span.from > from) return String(span.from.getTime());
  return span.to < to ? `until-${span.to.getTime()}` : `always-${span.guard ?? 'nobody'}`;
}

function lastChange(overrides: readonly { from: Date; to: Date; madeAt: Date }[], from: Date, to: Date): Date {
  const made = overrides.filter((one) => one.from < to && one.to > from).map((one) => one.madeAt.getTime());
  return made.length === 0 ? new Date(Math.min(from.getTime(), to.getTime())) : new Date(Math.max(...made));
}

function isSame(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
