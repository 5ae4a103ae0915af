import { causeInWords, monitoringWords, type AnyCause } from '../src/monitoring/words.ts';
import type { Language } from '../src/platform/words.ts';
import type { State } from './ui/StateMark.tsx';

/** What of a watched site makes its mark and its word. */
interface Seen {
  enabled: boolean;
  phase: 'out' | 'doubted' | 'back' | 'well';
  verdict: 'up' | 'down' | 'unknown';
  cause: AnyCause | null;
  detail: string | null;
  inMaintenance: boolean;
}

/** Which mark a site has in the watch. Work of our own goes before an outage: nobody is alarmed. */
export function watchMark({ enabled, phase, verdict, inMaintenance }: Seen): State {
  if (!enabled) return 'off';
  if (inMaintenance && phase !== 'well') return 'work';
  if (phase === 'out') return 'broken';
  return phase === 'doubted' || phase === 'back' || verdict === 'unknown' ? 'unsure' : 'well';
}

/** `storing`, `twijfel`, `niet te zeggen`: one or two words. */
export function watchState(seen: Seen, language: Language): string {
  const words = monitoringWords(language);
  if (!seen.enabled) return words.notWatched;
  if (seen.inMaintenance && seen.phase !== 'well') return words.inMaintenance;
  return seen.phase === 'well' && seen.verdict === 'unknown' ? words.verdicts.unknown : words.phases[seen.phase];
}

/** `databasefout`, `500`; undefined when there is nothing the matter. */
export function watchCause({ phase, verdict, cause, detail }: Seen, language: Language): string | undefined {
  if (cause === null || (phase === 'well' && verdict === 'up')) return undefined;
  return causeInWords(cause, detail, language);
}

/** `99,98%`: enough digits that an outage of a minute in a month shows, and never 100% when there was one. */
export function availabilityInWords(share: number, language: Language): string {
  if (share >= 1) return new Intl.NumberFormat(language, { style: 'percent' }).format(1);
  const digits = share > 0.9999 ? 3 : 2;
  const floored = Math.floor(share * 100 * 10 ** digits) / 10 ** digits / 100;
  return new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(floored);
}
