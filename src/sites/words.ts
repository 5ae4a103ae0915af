import { bytesInWords, defineWords, percentInWords, type Language } from '../platform/words.ts';
import type { SizeVerdict } from './rules/size-limit.ts';

const of = { nl: 'van', en: 'of' };

interface SiteWords {
  mostly: Record<SizeVerdict['mostly'], string>;
  size: Record<SizeVerdict['state'], string>;
}

const words = defineWords<SiteWords>({
  nl: {
    mostly: { files: 'vooral bestanden', database: 'vooral de database' },
    size: {
      ok: 'past in het contract',
      near: 'nadert de grens van het contract',
      'quote-needed': 'groter dan het contract toelaat: offerte nodig',
    },
  },
  en: {
    mostly: { files: 'mostly files', database: 'mostly the database' },
    size: {
      ok: 'fits the contract',
      near: 'comes near the limit of the contract',
      'quote-needed': 'larger than the contract allows: quote needed',
    },
  },
});

/** `4.1 GB of 5 GB (82%), mostly files: comes near the limit of the contract`. */
export function sizeInWords(verdict: SizeVerdict, language: Language): string {
  const { mostly, size } = words(language);
  const total = bytesInWords(verdict.totalBytes, language);
  const limit = bytesInWords(verdict.limitBytes, language);
  const share = percentInWords(verdict.share, language);
  return `${total} ${of[language]} ${limit} (${share}), ${mostly[verdict.mostly]}: ${size[verdict.state]}`;
}
