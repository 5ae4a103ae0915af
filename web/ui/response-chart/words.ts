import { defineWords } from '../../../src/platform/words.ts';
import type { PhaseName } from './series.ts';

interface ChartWords {
  phases: Record<PhaseName, string>;
  /** What each phase means, for who does not know. */
  meanings: Record<PhaseName, string>;
  total: string;
  ms: (value: string) => string;
  /** The whole chart in a sentence. */
  summary: (median: string, p95: string) => string;
  nothing: string;
  noAnswer: string;
  time: string;
  table: string;
  caption: string;
  /** For the keyboard. */
  keys: string;
  outage: string;
}

export const chartWords = defineWords<ChartWords>({
  nl: {
    phases: { dns: 'adres opzoeken', connect: 'verbinden', tls: 'beveiligen', firstByte: 'wachten', rest: 'ontvangen' },
    meanings: {
      dns: 'het adres van de server opzoeken (DNS)',
      connect: 'verbinden met de server (TCP)',
      tls: 'de verbinding beveiligen (TLS)',
      firstByte: 'wachten tot WordPress begint te antwoorden',
      rest: 'de pagina ontvangen',
    },
    total: 'samen',
    ms: (value) => `${value} ms`,
    summary: (median, p95) => `Meestal ${median}; 95 van de 100 keer onder ${p95}.`,
    nothing: 'In deze tijd is niets gemeten.',
    noAnswer: 'geen antwoord',
    time: 'Tijd',
    table: 'Als tabel',
    caption: 'Reactietijden',
    keys: 'Met de pijltjes loop je door de tijd.',
    outage: 'storing',
  },
  en: {
    phases: { dns: 'look-up', connect: 'connect', tls: 'secure', firstByte: 'wait', rest: 'receive' },
    meanings: {
      dns: 'looking up the address of the server (DNS)',
      connect: 'connecting to the server (TCP)',
      tls: 'securing the connection (TLS)',
      firstByte: 'waiting until WordPress begins to answer',
      rest: 'receiving the page',
    },
    total: 'together',
    ms: (value) => `${value} ms`,
    summary: (median, p95) => `Usually ${median}; 95 times of 100 under ${p95}.`,
    nothing: 'Nothing was measured in this time.',
    noAnswer: 'no answer',
    time: 'Time',
    table: 'As a table',
    caption: 'Response times',
    keys: 'The arrow keys walk through the time.',
    outage: 'outage',
  },
});
