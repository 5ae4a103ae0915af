import { countInWords, defineWords, type Language } from '../../platform/words.ts';

interface LinkWords {
  title: string;
  /** What it is and for how long: `Storing · 2 minuten`. */
  state: Record<'open' | 'mine' | 'taken' | 'over', string>;
  since: (time: string) => string;
  confirmed: (time: string) => string;
  sitesMore: (count: number) => string;
  facts: Record<'sites' | 'server' | 'changed' | 'backup' | 'certificate' | 'customer' | 'site', string>;
  server: { none: string; well: (count: number) => string; failing: (failing: number, count: number) => string };
  nothingChanged: string;
  noBackup: string;
  ago: (long: string) => string;
  days: (count: number) => string;
  expired: string;
  call: string;
  take: string;
  done: string;
  handOver: string;
  write: string;
  next: (name: string, minutes: number, time: string) => string;
  nextYou: (minutes: number, time: string) => string;
  nextNow: (name: string) => string;
  nobodyNext: string;
  mine: (time: string) => string;
  taken: (by: string, time: string) => string;
  over: (time: string, minutes: number | null) => string;
  said: Record<'taken' | 'handed' | 'noted' | 'done' | 'nobody' | 'late', string>;
  note: { label: string; send: string; back: string };
  timeline: string;
  refresh: string;
  other: string;
  footer: string;
  wrong: { title: string; text: string };
  expiredLink: { title: string; text: string };
  tooMany: { title: string; text: string };
  noDatabase: { title: string; text: string };
  whatToDo: string[];
  signIn: string;
}

const minutes = { nl: { one: 'minuut', other: 'minuten' }, en: { one: 'minute', other: 'minutes' } };
const hours = { nl: { one: 'uur', other: 'uur' }, en: { one: 'hour', other: 'hours' } };
const days = { nl: { one: 'dag', other: 'dagen' }, en: { one: 'day', other: 'days' } };
const sites = { nl: { one: 'andere site', other: 'andere sites' }, en: { one: 'other site', other: 'other sites' } };

/** A length of time as people say it: `3 minuten`, `5 uur`, `2 dagen`. */
export function longInWords(ms: number, language: Language): string {
  const whole = Math.max(1, Math.round(ms / 60_000));
  if (whole < 90) return countInWords(whole, language, minutes[language]);
  const inHours = Math.round(whole / 60);
  if (inHours < 48) return countInWords(inHours, language, hours[language]);
  return countInWords(Math.round(inHours / 24), language, days[language]);
}

export const linkWords = defineWords<LinkWords>({
  nl: {
    title: 'Melding',
    state: { open: 'Wacht op jou', mine: 'Van jou', taken: 'Opgepakt', over: 'Voorbij' },
    since: (time) => `sinds ${time}`,
    confirmed: (time) => `bevestigd ${time}`,
    sitesMore: (count) => `en nog ${count}`,
    facts: {
      sites: 'Sites',
      server: 'Zelfde server',
      changed: 'Laatst gewijzigd',
      backup: 'Backup',
      certificate: 'Certificaat',
      customer: 'Klant',
      site: 'Site',
    },
    server: {
      none: 'geen andere site',
      well: (count) => `${countInWords(count, 'nl', sites.nl)}: in orde`,
      failing: (failing, count) => `${failing} van ${countInWords(count, 'nl', sites.nl)} ook niet in orde`,
    },
    nothingChanged: 'niets in 14 dagen',
    noBackup: 'nog geen',
    ago: (long) => `${long} oud`,
    days: (count) => `nog ${countInWords(count, 'nl', days.nl)} geldig`,
    expired: 'verlopen',
    call: 'Bel de klant',
    take: 'Ik pak het',
    done: 'Klaar',
    handOver: 'Geef door',
    write: 'Schrijf erbij',
    next: (name, left, time) =>
      `Pakt niemand het binnen ${countInWords(left, 'nl', minutes.nl)} (${time})? Dan wordt ${name} gevraagd.`,
    nextYou: (left, time) => `Over ${countInWords(left, 'nl', minutes.nl)} (${time}) krijg je weer een SMS.`,
    nextNow: (name) => `${name} wordt nu ook gevraagd.`,
    nobodyNext: 'Na jou is er niemand meer om te vragen.',
    mine: (time) => `Je hebt het sinds ${time}; niemand anders wordt nog gevraagd.`,
    taken: (by, time) => `Al opgepakt door ${by} om ${time}.`,
    over: (time, long) => (long === null ? `Voorbij om ${time}.` : `Voorbij om ${time}, na ${long} min. Welterusten.`),
    said: {
      taken: 'Genoteerd: jij hebt het.',
      handed: 'Doorgegeven. De volgende heeft nu een SMS.',
      noted: 'Het staat erbij.',
      done: 'Genoteerd: klaar. De wacht kijkt of het zo is.',
      nobody: 'Er is niemand om het aan door te geven.',
      late: 'Iemand was je voor.',
    },
    note: { label: 'Wat wil je erbij schrijven?', send: 'Zet erbij', back: 'Terug' },
    timeline: 'Wat er gebeurde',
    refresh: 'Ververs',
    other: 'English',
    footer: 'Deze link is alleen voor jou. Geef hem niet door.',
    wrong: {
      title: 'Deze link klopt niet',
      text: 'Bij deze link hoort geen melding. Misschien is hij niet helemaal overgekomen.',
    },
    expiredLink: { title: 'Deze link is verlopen', text: 'Een link uit een SMS geldt vier dagen.' },
    tooMany: {
      title: 'Even wachten',
      text: 'Vanaf dit adres kwamen te veel aanvragen. Probeer het over een minuut weer.',
    },
    noDatabase: { title: 'Even geen antwoord', text: 'De gegevens zijn nu niet te bereiken. Probeer het zo weer.' },
    whatToDo: [
      'Antwoord op de SMS met het nummer en A, bijvoorbeeld 1A: dan is het van jou.',
      'Open de link nog eens vanuit de SMS zelf, of neem die uit de nieuwste SMS.',
      'Of log in en kijk op Vandaag wat er openstaat.',
    ],
    signIn: 'Inloggen',
  },
  en: {
    title: 'Incident',
    state: { open: 'Waits for you', mine: 'Yours', taken: 'Taken', over: 'Over' },
    since: (time) => `since ${time}`,
    confirmed: (time) => `confirmed ${time}`,
    sitesMore: (count) => `and ${count} more`,
    facts: {
      sites: 'Sites',
      server: 'Same server',
      changed: 'Last changed',
      backup: 'Backup',
      certificate: 'Certificate',
      customer: 'Customer',
      site: 'Site',
    },
    server: {
      none: 'no other site',
      well: (count) => `${countInWords(count, 'en', sites.en)}: well`,
      failing: (failing, count) => `${failing} of ${countInWords(count, 'en', sites.en)} not well either`,
    },
    nothingChanged: 'nothing in 14 days',
    noBackup: 'none yet',
    ago: (long) => `${long} old`,
    days: (count) => `valid for ${countInWords(count, 'en', days.en)} more`,
    expired: 'expired',
    call: 'Call the customer',
    take: 'I take it',
    done: 'Done',
    handOver: 'Hand over',
    write: 'Add a note',
    next: (name, left, time) =>
      `Nobody takes it within ${countInWords(left, 'en', minutes.en)} (${time})? Then ${name} is asked.`,
    nextYou: (left, time) => `In ${countInWords(left, 'en', minutes.en)} (${time}) you get another SMS.`,
    nextNow: (name) => `${name} is asked now as well.`,
    nobodyNext: 'After you there is nobody left to ask.',
    mine: (time) => `You have had it since ${time}; nobody else is asked.`,
    taken: (by, time) => `Already taken by ${by} at ${time}.`,
    over: (time, long) => (long === null ? `Over at ${time}.` : `Over at ${time}, after ${long} min. Sleep well.`),
    said: {
      taken: 'Noted: you have it.',
      handed: 'Handed over. The next one has an SMS now.',
      noted: 'It is on record.',
      done: 'Noted: done. The watch looks whether it is so.',
      nobody: 'There is nobody to hand it over to.',
      late: 'Somebody was quicker.',
    },
    note: { label: 'What do you want to add?', send: 'Add it', back: 'Back' },
    timeline: 'What happened',
    refresh: 'Refresh',
    other: 'Nederlands',
    footer: 'This link is for you alone. Do not pass it on.',
    wrong: {
      title: 'This link is not right',
      text: 'No incident belongs to this link. Perhaps it did not come across whole.',
    },
    expiredLink: { title: 'This link is over its time', text: 'A link in an SMS is valid for four days.' },
    tooMany: { title: 'One moment', text: 'Too many requests came from this address. Try again in a minute.' },
    noDatabase: {
      title: 'No answer right now',
      text: 'The records cannot be reached at the moment. Try again shortly.',
    },
    whatToDo: [
      'Answer the SMS with the number and A, such as 1A: then it is yours.',
      'Open the link once more from the SMS itself, or take the one in the newest SMS.',
      'Or sign in and look at Today for what is open.',
    ],
    signIn: 'Sign in',
  },
});
