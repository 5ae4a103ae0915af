import type { Language } from '../../src/platform/words.ts';

const locales = { nl: 'nl-NL', en: 'en-GB' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locales[language], options)));
  return made;
}

/** The reader's own zone, or the one given. */
export interface Zone {
  language: Language;
  timeZone?: string | undefined;
}

/** `woensdag 25 november 2026 om 03:10:21 CET`: the exact time, with the zone. */
export function exactly(at: Date, { language, timeZone }: Zone): string {
  return format(language, { dateStyle: 'full', timeStyle: 'long', timeZone }).format(at);
}

/** `25 nov 2026, 03:10`. */
export function dateAndTime(at: Date, { language, timeZone }: Zone): string {
  return format(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}

/** `25 november 2026`. */
export function dateOnly(at: Date, { language, timeZone }: Zone): string {
  return format(language, { dateStyle: 'long', timeZone }).format(at);
}

/** `03:10`. */
export function timeOnly(at: Date, { language, timeZone }: Zone): string {
  return format(language, { timeStyle: 'short', timeZone }).format(at);
}

/** `03:10:21`: where seconds are the proof. */
export function secondsOnly(at: Date, { language, timeZone }: Zone): string {
  return format(language, { timeStyle: 'medium', timeZone }).format(at);
}

/** As short as is clear today: `03:10` today, `ma 03:10` within a week, `25 nov` this year, `25 nov 2025` before. */
export function shortly(at: Date, now: number, zone: Zone): string {
  const { language, timeZone } = zone;
  const day = (moment: number) => format('en', { dateStyle: 'short', timeZone }).format(moment);
  if (day(at.getTime()) === day(now)) return timeOnly(at, zone);
  if (Math.abs(now - at.getTime()) < 6 * 86_400_000)
    return `${format(language, { weekday: 'short', timeZone }).format(at)} ${timeOnly(at, zone)}`;
  const year = (moment: number) => format('en', { year: 'numeric', timeZone }).format(moment);
  const isThisYear = year(at.getTime()) === year(now);
  return format(language, {
    day: 'numeric',
    month: 'short',
    timeZone,
    ...(isThisYear ? {} : { year: 'numeric' as const }),
  }).format(at);
}

const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number, upTo: number][] = [
  ['minute', 60, 3600],
  ['hour', 3600, 86_400],
  ['day', 86_400, 30 * 86_400],
  ['month', 30.44 * 86_400, 365 * 86_400],
  ['year', 365.25 * 86_400, Number.POSITIVE_INFINITY],
];

/** `nu`, `3 minuten geleden`, `over 2 uur`, `gisteren`. */
export function relatively(at: Date, now: number, language: Language): string {
  const seconds = (at.getTime() - now) / 1000;
  const size = Math.abs(seconds);
  const relative = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' });
  if (size < 45) return relative.format(0, 'second');
  const [unit, length] = steps.find(([, , upTo]) => size < upTo) ?? ['year', 365.25 * 86_400];
  return relative.format(Math.trunc(seconds / length) || Math.sign(seconds), unit);
}
