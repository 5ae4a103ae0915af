import { numberInWords, type Language } from '../../src/platform/words.ts';

interface Units {
  second: string;
  minute: string;
  hour: string;
}

/** A length of time in its two largest units: `2 min 5 s`, `3 u 20 min`; under ten seconds with a tenth. */
export function durationInWords(ms: number, language: Language, units: Units): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${numberInWords(seconds, language, 1)} ${units.second}`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts: [number, string][] = [
    [hours, units.hour],
    [minutes, units.minute],
    [hours > 0 ? 0 : rest, units.second],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
