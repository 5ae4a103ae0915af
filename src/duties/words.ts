import { defineWords, type Language } from '../platform/words.ts';

interface DutyWords {
  kinds: Record<string, string>;
  overdue: (duty: string) => string;
  failed: (work: string, why: string, next: string) => string;
  other: (code: string, message: string) => string;
  alarms: Record<'site-size-near' | 'site-quote-needed', string>;
}

const words = defineWords<DutyWords>({
  nl: {
    kinds: { 'backup-daily': 'dagelijkse backup', 'backup-hourly': 'backup van dit uur' },
    overdue: (duty) => `${duty} is niet op tijd gemaakt`,
    failed: (work, why, next) => `${work} is mislukt: ${why} ${next}`,
    other: (code, message) => `${code} ${message}`.trim(),
    alarms: {
      'site-size-near': 'de site nadert de grens van het contract (5 GB)',
      'site-quote-needed': 'de site is groter dan het contract toelaat: offerte nodig',
    },
  },
  en: {
    kinds: { 'backup-daily': 'daily backup', 'backup-hourly': "this hour's backup" },
    overdue: (duty) => `${duty} was not made in time`,
    failed: (work, why, next) => `${work} failed: ${why} ${next}`,
    other: (code, message) => `${code} ${message}`.trim(),
    alarms: {
      'site-size-near': 'the site comes near the limit of the contract (5 GB)',
      'site-quote-needed': 'the site is larger than the contract allows: quote needed',
    },
  },
});

/** What was promised, such as 'daily backup'; an unknown kind is shown as it is. */
export function dutyInWords(kind: string, language: Language): string {
  return words(language).kinds[kind] ?? kind;
}

/** One sentence for an alarm. */
export function alarmInWords(alarm: { code: string; facts: unknown }, language: Language): string {
  const own = words(language);
  const facts = (alarm.facts ?? {}) as { message?: string; nextStep?: string };
  if (alarm.code.endsWith('-overdue'))
    return own.overdue(dutyInWords(alarm.code.slice(0, -'-overdue'.length), language));
  if (alarm.code.endsWith('-failed')) {
    return own.failed(alarm.code.slice(0, -'-failed'.length), facts.message ?? '', facts.nextStep ?? '').trim();
  }
  return (own.alarms as Record<string, string>)[alarm.code] ?? own.other(alarm.code, facts.message ?? '');
}
