import { defineWords } from '../../src/platform/words.ts';
import type { DayState } from './day-bars.ts';

interface DayBarsWords {
  states: Record<DayState, string>;
  day: Record<DayState, (length: string) => string>;
  span: (days: string) => string;
  ago: (days: string) => string;
  today: string;
  none: string;
  never: string;
  sum: (days: number, length: string) => string;
}

export const dayBarsWords = defineWords<DayBarsWords>({
  nl: {
    states: {
      well: 'bereikbaar',
      out: 'storing',
      maintenance: 'eigen werk',
      unknown: 'niet te zeggen',
      none: 'niet bewaakt',
    },
    day: {
      well: () => 'de hele dag bereikbaar',
      out: (length) => `${length} storing`,
      maintenance: () => 'eigen werk, verder bereikbaar',
      unknown: () => 'een tijd niet te zeggen: de wacht zag niets',
      none: () => 'niet bewaakt',
    },
    span: (days) => `Afgelopen ${days} dagen`,
    ago: (days) => `${days} dagen geleden`,
    today: 'vandaag',
    none: 'geen storing.',
    never: 'Nog niet bewaakt.',
    sum: (days, length) => `storing op ${days === 1 ? 'één dag' : `${days} dagen`}, samen ${length}:`,
  },
  en: {
    states: {
      well: 'reachable',
      out: 'outage',
      maintenance: 'our own work',
      unknown: 'cannot be told',
      none: 'not watched',
    },
    day: {
      well: () => 'reachable all day',
      out: (length) => `${length} of outage`,
      maintenance: () => 'our own work, reachable otherwise',
      unknown: () => 'cannot be told for a while: the watch did not see',
      none: () => 'not watched',
    },
    span: (days) => `Last ${days} days`,
    ago: (days) => `${days} days ago`,
    today: 'today',
    none: 'no outage.',
    never: 'Not watched yet.',
    sum: (days, length) => `outage on ${days === 1 ? 'one day' : `${days} days`}, ${length} together:`,
  },
});
