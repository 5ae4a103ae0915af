import { countInWords, defineWords } from '../../src/platform/words.ts';
import type { MyWatch } from '../../src/portal/contract.ts';

interface WatchPromiseWords {
  title: Record<MyWatch['state'], (since: string) => string>;
  thisMonth: (outages: number, length: string, share: string) => string;
  noOutage: string;
  notYet: string;
  looked: (interval: string, when: string) => string;
  every: (seconds: number) => string;
  told: (kept: number, outages: number, within: string, slowest: string | undefined) => string;
  busy: string;
  outages: string;
  none: string;
  lasts: string;
  work: string;
  toldAfter: (length: string) => string;
  takenAfter: (length: string) => string;
}

const outages = { nl: { one: 'storing', other: 'storingen' }, en: { one: 'outage', other: 'outages' } };

/** 'Watched around the clock', to a customer: no jargon. */
export const watchPromiseWords = defineWords<WatchPromiseWords>({
  nl: {
    title: {
      well: () => 'Dag en nacht bewaakt',
      out: (since) => `Storing sinds ${since}`,
      work: (since) => `We werken aan je site sinds ${since}`,
      unsure: () => 'Even niet te zeggen of je site bereikbaar is',
      unwatched: () => 'Nog niet bewaakt',
    },
    thisMonth: (count, length, share) =>
      `Deze maand ${share} bereikbaar: ${countInWords(count, 'nl', outages.nl)}, samen ${length}.`,
    noOutage: 'Deze maand geen storing.',
    notYet: 'We kijken nog te kort om er iets over te zeggen.',
    looked: (interval, when) => `We kijken ${interval}; de laatste keer ${when}.`,
    every: (seconds) =>
      seconds === 60
        ? 'elke minuut'
        : seconds < 60
          ? `elke ${seconds} seconden`
          : `elke ${Math.round(seconds / 60)} minuten`,
    told: (kept, count, within, slowest) =>
      `${kept === count ? (count === 1 ? 'Bij die storing' : `Bij alle ${count} storingen`) : `Bij ${kept} van de ${count} storingen`} wist iemand van ons het binnen ${within}${
        slowest === undefined ? '' : `; de traagste keer na ${slowest}`
      }.`,
    busy: 'We weten het en zijn ermee bezig. Je hoeft niets te doen.',
    outages: 'Storingen van deze en vorige maand',
    none: 'Geen.',
    lasts: 'duurt nog',
    work: 'Aangekondigd werk van ons.',
    toldAfter: (length) => `iemand van ons wist het na ${length}`,
    takenAfter: (length) => `opgepakt na ${length}`,
  },
  en: {
    title: {
      well: () => 'Watched around the clock',
      out: (since) => `Outage since ${since}`,
      work: (since) => `We have been working on your site since ${since}`,
      unsure: () => 'For a moment we cannot tell whether your site can be reached',
      unwatched: () => 'Not watched yet',
    },
    thisMonth: (count, length, share) =>
      `Reachable ${share} of this month: ${countInWords(count, 'en', outages.en)}, ${length} together.`,
    noOutage: 'No outage this month.',
    notYet: 'We have looked too short a time to tell.',
    looked: (interval, when) => `We look ${interval}; the last time ${when}.`,
    every: (seconds) =>
      seconds === 60
        ? 'every minute'
        : seconds < 60
          ? `every ${seconds} seconds`
          : `every ${Math.round(seconds / 60)} minutes`,
    told: (kept, count, within, slowest) =>
      `${kept === count ? (count === 1 ? 'At that outage' : `At all ${count} outages`) : `At ${kept} of ${count} outages`} one of us knew within ${within}${
        slowest === undefined ? '' : `; the slowest time after ${slowest}`
      }.`,
    busy: 'We know and are on it. There is nothing for you to do.',
    outages: 'Outages of this month and the last',
    none: 'None.',
    lasts: 'goes on',
    work: 'Announced work of ours.',
    toldAfter: (length) => `one of us knew after ${length}`,
    takenAfter: (length) => `taken after ${length}`,
  },
});
