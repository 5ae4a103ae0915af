import { bytesInWords, numberInWords } from '../../src/platform/words.ts';
import { useLanguage, useWords } from './language.tsx';
import { durationInWords } from './duration-words.ts';
import { uiWords } from './words.ts';

/** A size in decimal units: 1,9 GB. The exact number of bytes shows on hover. */
export function Bytes({ value }: { value: number }) {
  const language = useLanguage();
  return (
    <data value={value} title={`${numberInWords(value, language)} B`}>
      {bytesInWords(value, language)}
    </data>
  );
}

/** A number by the reader's customs: 1.204 or 1,204. */
export function Count({ value, digits = 0 }: { value: number; digits?: number }) {
  return <data value={value}>{numberInWords(value, useLanguage(), digits)}</data>;
}

/** A length of time from milliseconds: 2 min 5 s. */
export function Duration({ ms }: { ms: number }) {
  const language = useLanguage();
  const { unit } = useWords(uiWords);
  return <time dateTime={`PT${(Math.max(0, ms) / 1000).toFixed(1)}S`}>{durationInWords(ms, language, unit)}</time>;
}
