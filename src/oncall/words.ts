import { countInWords, defineWords, type Language } from '../platform/words.ts';

interface OncallWords {
  /** First words of an SMS: what it is. */
  outage: string;
  drill: string;
  attention: string;
  since: (time: string) => string;
  /** `code`: his number for it. */
  take: (code: number) => string;
  done: (code: number) => string;
  over: (what: string, minutes: number) => string;
  overWithout: (what: string) => string;
  tooLate: (by: string, time: string) => string;
  taken: (what: string, code: number) => string;
  wasOver: (what: string) => string;
  saidDone: (what: string) => string;
  unclear: string;
  noSuchCode: (code: number) => string;
  nothingOpen: string;
  stop: string;
  test: (name: string) => string;
  handedOver: (by: string) => string;
  sitesAt: (sites: number, place: string) => string;
  duty: Record<string, string>;
  kinds: Record<'partial' | 'duty' | 'blind' | 'channel' | 'probe' | 'rota' | 'finding', string>;
  gaveUp: { subject: (what: string) => string; text: (what: string) => string; button: string };
  call: (what: string, since: string) => string;
  policy: {
    first: string;
    second: (seconds: number) => string;
    call: (minutes: number) => string;
    next: (minutes: number) => string;
    rounds: (rounds: number) => string;
    asked: (days: string, from: string, to: string, rota: string) => string;
    office: (days: string, from: string, to: string) => string;
  };
}

const seconds = { nl: { one: 'seconde', other: 'seconden' }, en: { one: 'second', other: 'seconds' } };
const minutes = { nl: { one: 'minuut', other: 'minuten' }, en: { one: 'minute', other: 'minutes' } };
const rounds = { nl: { one: 'keer', other: 'keer' }, en: { one: 'time', other: 'times' } };
const sites = { nl: { one: 'site', other: 'sites' }, en: { one: 'site', other: 'sites' } };

export const oncallWords = defineWords<OncallWords>({
  nl: {
    outage: 'STORING',
    drill: 'OEFENING',
    attention: 'LET OP',
    since: (time) => `sinds ${time}.`,
    take: (code) => `${code}A=ik pak het`,
    done: (code) => `${code}D=klaar`,
    over: (what, long) => `${what} weer bereikbaar na ${long} min. Welterusten.`,
    overWithout: (what) => `${what} is voorbij.`,
    tooLate: (by, time) => `Al opgepakt door ${by} om ${time}.`,
    taken: (what, code) => `${what} is van jou. ${code}D=klaar`,
    wasOver: (what) => `${what} is al voorbij.`,
    saidDone: (what) => `Genoteerd: ${what} klaar. De wacht kijkt of het zo is.`,
    unclear: 'Niet begrepen. Antwoord met het nummer en A (ik pak het) of D (klaar), bijvoorbeeld 1A.',
    noSuchCode: (code) => `Er is geen melding ${code} op jouw telefoon.`,
    nothingOpen: 'Er staat niets open.',
    stop: 'Je hebt dienst, dus alarmen blijven komen. Geef je dienst over op de pagina Dienst, of bel een collega.',
    test: (name) => `Nachtwacht: proef-SMS voor ${name}. Je hoeft niets te doen.`,
    handedOver: (by) => `${by} geeft dit aan jou door.`,
    sitesAt: (count, place) => `${countInWords(count, 'nl', sites.nl)} bij ${place}`,
    duty: { 'backup-daily': 'dagelijkse backup', 'backup-hourly': 'backup van dit uur' },
    kinds: {
      partial: 'alleen hier onbereikbaar',
      duty: 'te laat',
      blind: 'de wacht ziet niets',
      channel: 'alarmweg kapot',
      probe: 'tweede plek zwijgt',
      rota: 'gat in het rooster',
      finding: 'bevinding',
    },
    gaveUp: {
      subject: (what) => `Niemand pakt het: ${what}`,
      text: (what) => `Alle bewakers zijn vergeefs gevraagd over: ${what}. Pak het zelf op, of bel iemand.`,
      button: 'Bekijk de melding',
    },
    call: (what, since) => `Storing. ${what}, sinds ${since}. Druk op 1 om het op te pakken.`,
    policy: {
      first: 'Wie dienst heeft krijgt meteen een SMS.',
      second: (count) =>
        `Geen ontvangstbewijs binnen ${countInWords(count, 'nl', seconds.nl)}, of een fout: dezelfde SMS gaat over de tweede weg.`,
      call: (count) => `Geen antwoord na ${countInWords(count, 'nl', minutes.nl)}: hij wordt gebeld.`,
      next: (count) => `Geen antwoord na ${countInWords(count, 'nl', minutes.nl)}: de volgende wordt gevraagd.`,
      rounds: (count) =>
        `Ieder wordt ten hoogste ${countInWords(count, 'nl', rounds.nl)} gevraagd; daarna gaat er mail naar alle beheerders.`,
      asked: (days, from, to, rota) => `${days} van ${from} tot ${to} wordt ${rota} eerst gevraagd.`,
      office: (days, from, to) => `Wat kan wachten komt ${days} van ${from} tot ${to}.`,
    },
  },
  en: {
    outage: 'OUTAGE',
    drill: 'DRILL',
    attention: 'NOTE',
    since: (time) => `since ${time}.`,
    take: (code) => `${code}A=I take it`,
    done: (code) => `${code}D=done`,
    over: (what, long) => `${what} is back after ${long} min. Sleep well.`,
    overWithout: (what) => `${what} is over.`,
    tooLate: (by, time) => `Already taken by ${by} at ${time}.`,
    taken: (what, code) => `${what} is yours. ${code}D=done`,
    wasOver: (what) => `${what} is over already.`,
    saidDone: (what) => `Noted: ${what} done. The watch looks whether it is so.`,
    unclear: 'Not understood. Answer with the number and A (I take it) or D (done), such as 1A.',
    noSuchCode: (code) => `There is no incident ${code} on your phone.`,
    nothingOpen: 'Nothing is open.',
    stop: 'You are on duty, so alarms go on. Hand your duty over on the page Duty, or call a colleague.',
    test: (name) => `Nachtwacht: test SMS for ${name}. There is nothing to do.`,
    handedOver: (by) => `${by} hands this over to you.`,
    sitesAt: (count, place) => `${countInWords(count, 'en', sites.en)} at ${place}`,
    duty: { 'backup-daily': 'daily backup', 'backup-hourly': 'backup of this hour' },
    kinds: {
      partial: 'unreachable from here only',
      duty: 'overdue',
      blind: 'the watch sees nothing',
      channel: 'alarm path broken',
      probe: 'second location silent',
      rota: 'hole in the rota',
      finding: 'finding',
    },
    gaveUp: {
      subject: (what) => `Nobody takes it: ${what}`,
      text: (what) => `All guards were asked in vain about: ${what}. Take it yourself, or call somebody.`,
      button: 'Look at the incident',
    },
    call: (what, since) => `Outage. ${what}, since ${since}. Press 1 to take it.`,
    policy: {
      first: 'Whoever is on duty gets an SMS at once.',
      second: (count) =>
        `No receipt within ${countInWords(count, 'en', seconds.en)}, or an error: the same SMS goes over the second path.`,
      call: (count) => `No answer after ${countInWords(count, 'en', minutes.en)}: he is called.`,
      next: (count) => `No answer after ${countInWords(count, 'en', minutes.en)}: the next one is asked.`,
      rounds: (count) =>
        `Each is asked ${countInWords(count, 'en', rounds.en)} at most; after that all operators get a mail.`,
      asked: (days, from, to, rota) => `${days} from ${from} to ${to} ${rota} is asked first.`,
      office: (days, from, to) => `What can wait comes ${days} from ${from} to ${to}.`,
    },
  },
});

/** Days of a week as people write them: `ma-vr`, `za, zo`. 1 = Monday. */
export function daysInWords(days: readonly number[], language: Language): string {
  const name = (day: number): string =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));
  const sorted = [...new Set(days)].toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return language === 'nl' ? 'nooit' : 'never';
  const isRow = sorted.length > 2 && last - first === sorted.length - 1;
  return isRow ? `${name(first)}-${name(last)}` : sorted.map(name).join(', ');
}
