import { Temporal } from 'temporal-polyfill';

/**
 * A moment as people type it: `2026-12-01 18:00` on the wall's clock in `timeZone`, or ISO 8601 with its offset. ISO 8601 in
 * UTC comes out; undefined = it is neither.
 */
export function readMoment(text: string, timeZone: string): string | undefined {
  const plain = text.trim().replace(' ', 'T');
  try {
    if (/(Z|[+-]\d\d:?\d\d)$/i.test(plain))
      return new Date(Temporal.Instant.from(plain).epochMilliseconds).toISOString();
    const here = Temporal.PlainDateTime.from(plain).toZonedDateTime(timeZone);
    return new Date(here.epochMilliseconds).toISOString();
  } catch {
    return undefined;
  }
}
