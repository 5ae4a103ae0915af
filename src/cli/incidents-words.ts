import { defineWords } from '../platform/words.ts';

/** What `nachtwacht incidents` says. */
interface IncidentsCliWords {
  about: Record<'incidents' | 'list' | 'show' | 'ack' | 'note' | 'cause' | 'done' | 'availability', string>;
  option: Record<'all' | 'kind' | 'site' | 'month' | 'search' | 'limit' | 'ofMonth', string>;
  head: Record<'number' | 'state' | 'what' | 'since' | 'out' | 'sms' | 'who', string>;
  none: string;
  more: (count: number) => string;
  states: Record<'open' | 'taken' | 'over', string>;
  minutes: (count: number) => string;
  seconds: (count: number) => string;
  since: (when: string, until: string | null) => string;
  taken: (who: string, when: string) => string;
  nobody: string;
  noted: (number: string) => string;
  youHaveIt: (number: string) => string;
  cause: (text: string) => string;
  customer: (name: string, contact: string) => string;
  sameAddress: (sites: number, failing: number) => string;
  lastBackup: (when: string) => string;
  over: (number: string) => string;
  notOver: (number: string) => string;
  share: (share: string, month: string) => string;
  unknownShare: (month: string) => string;
  work: string;
}

export const incidentsCliWords = defineWords<IncidentsCliWords>({
  nl: {
    about: {
      incidents: 'Wat er mis is of was, en wie het heeft',
      list: 'Laat zien wat er open is (met --all ook wat voorbij is)',
      show: 'Laat één melding zien met haar tijdlijn',
      ack: 'Ik pak het: er wordt niemand anders meer gebeld',
      note: 'Schrijft een regel in de tijdlijn',
      cause: 'Noteert waardoor het kwam, voor het rapport; zonder tekst gaat het weg',
      done: 'Zegt dat het klaar is; van een storing ziet de wacht het zelf',
      availability: 'Laat zien hoeveel van een maand een site bereikbaar was',
    },
    option: {
      all: 'ook wat voorbij is',
      kind: 'alleen van deze soort',
      site: 'alleen van deze site',
      month: 'alleen uit deze maand, zoals 2026-11',
      search: 'alleen waar dit in adres, klant of oorzaak staat, of met dit nummer',
      limit: 'hoogstens zoveel regels',
      ofMonth: 'welke maand, zoals 2026-11; anders deze',
    },
    head: { number: 'nr', state: 'toestand', what: 'wat', since: 'sinds', out: 'duur', sms: 'SMS na', who: 'wie' },
    none: 'Er is niets open.',
    more: (count) => `En nog ${count}: --limit, --month of --search.`,
    states: { open: 'open', taken: 'opgepakt', over: 'voorbij' },
    minutes: (count) => `${count} min`,
    seconds: (count) => `${count} s`,
    since: (when, until) => (until === null ? `Sinds ${when}.` : `Van ${when} tot ${until}.`),
    taken: (who, when) => `${who} heeft het, sinds ${when}.`,
    nobody: 'Niemand heeft het nog.',
    noted: (number) => `Genoteerd bij ${number}.`,
    youHaveIt: (number) => `Jij hebt ${number}: er wordt niemand anders gebeld.`,
    cause: (text) => `Oorzaak: ${text}`,
    customer: (name, contact) => `Klant: ${name}${contact ? ` (${contact})` : ''}`,
    sameAddress: (sites, failing) =>
      `Op hetzelfde adres: ${sites} andere sites, ${failing === 0 ? 'alle bereikbaar' : `${failing} met een storing`}.`,
    lastBackup: (when) => `Laatste goede backup: ${when}.`,
    over: (number) => `Melding ${number} is voorbij.`,
    notOver: (number) => `Genoteerd. Melding ${number} is voorbij zodra de wacht het ziet.`,
    share: (share, month) => `${share} bereikbaar in ${month}`,
    unknownShare: (month) => `Over ${month} is niets te zeggen: nog geen uur bewaakt.`,
    work: 'aangekondigd werk',
  },
  en: {
    about: {
      incidents: 'What is or was the matter, and who has it',
      list: 'Show what is open (with --all also what is over)',
      show: 'Show one incident with its timeline',
      ack: 'I take it: nobody else is called',
      note: 'Write a line on the timeline',
      cause: 'Note why it happened, for the report; without a text it is taken away',
      done: 'Say that it is done; of an outage the watch sees it itself',
      availability: 'Show how much of a month a site could be reached',
    },
    option: {
      all: 'also what is over',
      kind: 'only of this kind',
      site: 'only of this site',
      month: 'only of this month, such as 2026-11',
      search: 'only where this is in address, customer or cause, or with this number',
      limit: 'at most so many rows',
      ofMonth: 'which month, such as 2026-11; else this one',
    },
    head: { number: 'no.', state: 'state', what: 'what', since: 'since', out: 'length', sms: 'SMS after', who: 'who' },
    none: 'Nothing is open.',
    more: (count) => `And ${count} more: --limit, --month or --search.`,
    states: { open: 'open', taken: 'taken', over: 'over' },
    minutes: (count) => `${count} min`,
    seconds: (count) => `${count} s`,
    since: (when, until) => (until === null ? `Since ${when}.` : `From ${when} to ${until}.`),
    taken: (who, when) => `${who} has it, since ${when}.`,
    nobody: 'Nobody has it yet.',
    noted: (number) => `Noted at ${number}.`,
    youHaveIt: (number) => `You have ${number}: nobody else is called.`,
    cause: (text) => `Cause: ${text}`,
    customer: (name, contact) => `Customer: ${name}${contact ? ` (${contact})` : ''}`,
    sameAddress: (sites, failing) =>
      `At the same address: ${sites} other sites, ${failing === 0 ? 'all reachable' : `${failing} with an outage`}.`,
    lastBackup: (when) => `Last good backup: ${when}.`,
    over: (number) => `Incident ${number} is over.`,
    notOver: (number) => `Noted. Incident ${number} is over as soon as the watch sees it.`,
    share: (share, month) => `${share} reachable in ${month}`,
    unknownShare: (month) => `Nothing can be said of ${month}: watched for less than an hour.`,
    work: 'announced work',
  },
});
