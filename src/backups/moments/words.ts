import { bytesInWords, defineWords, type Language } from '../../platform/words.ts';
import type { GrowthOutlook } from './rules/growth.ts';

interface MomentWords {
  tooShort: string;
  steady: string;
  shrinking: (perMonth: string) => string;
  growing: (perMonth: string, full: string | undefined) => string;
  over: string;
}

const words = defineWords<MomentWords>({
  nl: {
    tooShort: 'Na een week backups zeggen we hier hoe snel de site groeit.',
    steady: 'De site groeit nauwelijks.',
    shrinking: (perMonth) => `De site wordt kleiner: zo’n ${perMonth} per maand.`,
    growing: (perMonth, full) =>
      full === undefined
        ? `De site groeit zo’n ${perMonth} per maand; de grens is nog ver weg.`
        : `De site groeit zo’n ${perMonth} per maand: in ${full} is de grens bereikt.`,
    over: 'De site is groter dan het contract toelaat: offerte nodig.',
  },
  en: {
    tooShort: 'After a week of backups we say here how fast the site grows.',
    steady: 'The site hardly grows.',
    shrinking: (perMonth) => `The site gets smaller: some ${perMonth} a month.`,
    growing: (perMonth, full) =>
      full === undefined
        ? `The site grows some ${perMonth} a month; the limit is far away.`
        : `The site grows some ${perMonth} a month: in ${full} the limit is reached.`,
    over: 'The site is larger than the contract allows: quote needed.',
  },
});

/** Where the size of a site leads, as a sentence. */
export function growthInWords(outlook: GrowthOutlook, language: Language): string {
  const say = words(language);
  switch (outlook.code) {
    case 'too-short':
      return say.tooShort;
    case 'steady':
      return say.steady;
    case 'shrinking':
      return say.shrinking(bytesInWords(-outlook.perDay * 30, language));
    case 'over':
      return say.over;
    default:
      return say.growing(
        bytesInWords(outlook.perDay * 30, language),
        outlook.fullAt === undefined
          ? undefined
          : new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { month: 'long', year: 'numeric' }).format(
              outlook.fullAt,
            ),
      );
  }
}
