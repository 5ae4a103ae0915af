import { countInWords, defineWords, numberInWords, type Language } from '../platform/words.ts';
import type { PublicCause, PublicState } from './rules/public-state.ts';

interface StatusWords {
  heading: Record<PublicState, (sites: number, all: number) => string>;
  states: Record<PublicState, string>;
  since: (when: string) => string;
  causes: Record<PublicCause, string>;
  work: string;
  asOf: (when: string) => string;
  old: string;
  watchedBy: (agency: string) => string;
  sites: string;
  outages: string;
  noOutages: string;
  more: (count: number) => string;
  still: string;
  available: (share: string, days: string) => string;
  bars: Record<'none' | 'never', (days: string) => string> & {
    some: (days: string, bad: number, length: string, which: string) => string;
  };
  ago: (days: string) => string;
  today: string;
  hour: string;
  minute: string;
  notFound: string;
}

const days = { nl: { one: 'dag', other: 'dagen' }, en: { one: 'day', other: 'days' } };

export const statusWords = defineWords<StatusWords>({
  nl: {
    heading: {
      well: (_, all) => (all === 1 ? 'De site is bereikbaar.' : `Alle ${all} sites zijn bereikbaar.`),
      out: (sites, all) =>
        all === 1
          ? 'De site heeft een storing.'
          : `${sites === 1 ? 'Eén' : sites} van de ${all} sites ${sites === 1 ? 'heeft' : 'hebben'} een storing.`,
      work: (sites, all) =>
        all === 1
          ? 'Er wordt aan de site gewerkt.'
          : `Aan ${sites === 1 ? 'één' : sites} van de ${all} sites wordt gewerkt.`,
      unsure: (sites, all) =>
        all === 1
          ? 'Op dit moment is niet te zeggen hoe het met de site is.'
          : `Van ${sites === 1 ? 'één' : sites} van de ${all} sites is op dit moment niet te zeggen hoe het gaat.`,
      unwatched: (sites, all) =>
        all === 1
          ? 'De site wordt nu niet bewaakt.'
          : `${sites === 1 ? 'Eén' : sites} van de ${all} sites ${sites === 1 ? 'wordt' : 'worden'} nu niet bewaakt.`,
    },
    states: {
      well: 'bereikbaar',
      out: 'storing',
      work: 'er wordt aan gewerkt',
      unsure: 'niet te zeggen',
      unwatched: 'niet bewaakt',
    },
    since: (when) => `sinds ${when}`,
    causes: {
      unreachable: 'De site was niet te bereiken.',
      address: 'De naam van de site was niet te vinden.',
      certificate: 'De beveiligde verbinding kwam niet tot stand.',
      slow: 'De site antwoordde niet op tijd.',
      error: 'De site toonde een fout in plaats van zijn pagina.',
    },
    work: 'Aangekondigd werk.',
    asOf: (when) => `Stand van ${when}.`,
    old: 'Is dat meer dan een paar minuten geleden, dan wordt deze pagina nu niet bijgewerkt.',
    watchedBy: (agency) => `Dag en nacht bewaakt door ${agency}.`,
    sites: 'Sites',
    outages: 'Storingen in de laatste 90 dagen',
    noOutages: 'Geen.',
    more: (count) => `En nog ${count} daarvoor.`,
    still: 'nog bezig',
    available: (share, span) => `${share} bereikbaar in de laatste ${span}`,
    bars: {
      none: (span) => `Laatste ${span}: geen storing.`,
      never: (span) => `Laatste ${span}: nog niet bewaakt.`,
      some: (span, bad, length, which) =>
        `Laatste ${span}: storing op ${bad === 1 ? 'één dag' : `${bad} dagen`}, samen ${length}: ${which}.`,
    },
    ago: (span) => `${span} geleden`,
    today: 'vandaag',
    hour: 'u',
    minute: 'min',
    notFound: 'Deze pagina is er niet.',
  },
  en: {
    heading: {
      well: (_, all) => (all === 1 ? 'The site can be reached.' : `All ${all} sites can be reached.`),
      out: (sites, all) =>
        all === 1
          ? 'The site has an outage.'
          : `${sites === 1 ? 'One' : sites} of the ${all} sites ${sites === 1 ? 'has' : 'have'} an outage.`,
      work: (sites, all) =>
        all === 1
          ? 'The site is being worked on.'
          : `${sites === 1 ? 'One' : sites} of the ${all} sites ${sites === 1 ? 'is' : 'are'} being worked on.`,
      unsure: (sites, all) =>
        all === 1
          ? 'At the moment it cannot be told how the site is.'
          : `Of ${sites === 1 ? 'one' : sites} of the ${all} sites it cannot be told at the moment how it is.`,
      unwatched: (sites, all) =>
        all === 1
          ? 'The site is not watched at present.'
          : `${sites === 1 ? 'One' : sites} of the ${all} sites ${sites === 1 ? 'is' : 'are'} not watched at present.`,
    },
    states: {
      well: 'reachable',
      out: 'outage',
      work: 'being worked on',
      unsure: 'cannot be told',
      unwatched: 'not watched',
    },
    since: (when) => `since ${when}`,
    causes: {
      unreachable: 'The site could not be reached.',
      address: 'The name of the site could not be found.',
      certificate: 'The secure connection could not be made.',
      slow: 'The site did not answer in time.',
      error: 'The site showed an error instead of its page.',
    },
    work: 'Announced work.',
    asOf: (when) => `As of ${when}.`,
    old: 'When that is more than a few minutes ago, this page is not being brought up to date at present.',
    watchedBy: (agency) => `Watched day and night by ${agency}.`,
    sites: 'Sites',
    outages: 'Outages in the last 90 days',
    noOutages: 'None.',
    more: (count) => `And ${count} more before.`,
    still: 'still going on',
    available: (share, span) => `${share} reachable in the last ${span}`,
    bars: {
      none: (span) => `Last ${span}: no outage.`,
      never: (span) => `Last ${span}: not watched yet.`,
      some: (span, bad, length, which) =>
        `Last ${span}: outage on ${bad === 1 ? 'one day' : `${bad} days`}, ${length} together: ${which}.`,
    },
    ago: (span) => `${span} ago`,
    today: 'today',
    hour: 'h',
    minute: 'min',
    notFound: 'There is no such page.',
  },
});

/** `14 min`, `3 u 20 min`. */
export function minutesInWords(minutes: number, language: Language): string {
  const { hour, minute } = statusWords(language);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} ${minute}`;
  const inHours = `${numberInWords(hours, language)} ${hour}`;
  return rest === 0 ? inHours : `${inHours} ${rest} ${minute}`;
}

export function daysInWords(count: number, language: Language): string {
  return countInWords(count, language, days[language]);
}
