/** Everything that a person reads is there in both. */
export type Language = 'nl' | 'en';

/** Dutch and English side by side; a missing word fails the type check. */
export function defineWords<Words extends object>(words: {
  nl: Words;
  en: NoInfer<Words>;
}): (language: Language) => Words {
  return (language) => words[language];
}

/** Binary sizes are not what hosts and people count in: 1 GB = 1,000,000,000 bytes. */
export function bytesInWords(bytes: number, language: Language): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${numberInWords(value, language, digits)} ${units[unit]}`;
}

export function numberInWords(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

const plurals = { nl: new Intl.PluralRules('nl'), en: new Intl.PluralRules('en') };

/** `1 day`, `3 days`: the number by the reader's customs, the noun by the language's plural rules. */
export function countInWords(count: number, language: Language, noun: { one: string; other: string }): string {
  return `${numberInWords(count, language)} ${plurals[language].select(count) === 'one' ? noun.one : noun.other}`;
}

export function percentInWords(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function momentInWords(moment: Date | string, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(moment));
}

/** Time on the wall, `14:32`, in both languages. */
export function timeOnWall(moment: Date | number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    moment,
  );
}

/** A length of time such as `2 min 5 s` from milliseconds. */
export function durationInWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
