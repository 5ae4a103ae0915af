import { lantern, letter } from '../channels/email/index.ts';
import type { House } from '../platform/house/index.ts';
import { defineWords, momentInWords, type Language } from '../platform/words.ts';
import type { RequestState } from './store.ts';

export interface RequestLetterFacts {
  site: string;
  customer: string;
  moment: Date | null;
  note: string;
  state: RequestState;
  answer: string | null;
  /** Where the reader goes on. */
  url: string;
  house: Pick<House, 'name' | 'accent' | 'timeZone'>;
}

interface Words {
  asked: { subject: (site: string) => string; heading: (customer: string) => string; button: string };
  wanted: (site: string, moment: string | null) => string;
  says: (note: string) => string;
  answered: { subject: (site: string) => string; button: string; states: Record<string, string> };
  answer: (text: string) => string;
  why: (agency: string) => string;
}

const words = defineWords<Words>({
  nl: {
    asked: {
      subject: (site) => `Verzoek om ${site} terug te zetten`,
      heading: (customer) => `${customer} vraagt iets`,
      button: 'Bekijk het verzoek',
    },
    wanted: (site, moment) =>
      moment === null ? `${site} moet terug naar het laatste goede moment.` : `${site} moet terug naar ${moment}.`,
    says: (note) => `Erbij staat: ${note}`,
    answered: {
      subject: (site) => `Over je verzoek voor ${site}`,
      button: 'Bekijk je site',
      states: {
        accepted: 'We zijn met je verzoek bezig',
        done: 'Je verzoek is gedaan',
        declined: 'Je verzoek is niet gedaan',
      },
    },
    answer: (text) => `Ons antwoord: ${text}`,
    why: (agency) => `Je krijgt deze mail omdat ${agency} voor deze site zorgt.`,
  },
  en: {
    asked: {
      subject: (site) => `Request to put ${site} back`,
      heading: (customer) => `${customer} asks for something`,
      button: 'Look at the request',
    },
    wanted: (site, moment) =>
      moment === null ? `${site} is to go back to the last good moment.` : `${site} is to go back to ${moment}.`,
    says: (note) => `With it: ${note}`,
    answered: {
      subject: (site) => `About your request for ${site}`,
      button: 'Look at your site',
      states: {
        accepted: 'We are on your request',
        done: 'Your request is done',
        declined: 'Your request is not done',
      },
    },
    answer: (text) => `Our answer: ${text}`,
    why: (agency) => `You get this mail because ${agency} looks after this site.`,
  },
});

interface Made {
  subject: string;
  html: string;
  text: string;
}

/** To operators: a customer asked for something. */
export function askedMail(facts: RequestLetterFacts, language: Language): Made {
  const own = words(language);
  return made(facts, language, {
    subject: own.asked.subject(facts.site),
    heading: own.asked.heading(facts.customer),
    paragraphs: [wantedIn(facts, language), ...(facts.note === '' ? [] : [own.says(facts.note)])],
    label: own.asked.button,
  });
}

/** To the customer who asked: what came of it. */
export function answeredMail(facts: RequestLetterFacts, language: Language): Made {
  const own = words(language);
  return made(facts, language, {
    subject: own.answered.subject(facts.site),
    heading: own.answered.states[facts.state] ?? own.answered.subject(facts.site),
    paragraphs: [wantedIn(facts, language), ...(facts.answer ? [own.answer(facts.answer)] : [])],
    label: own.answered.button,
  });
}

function wantedIn({ site, moment, house }: RequestLetterFacts, language: Language): string {
  return words(language).wanted(site, moment === null ? null : momentInWords(moment, language, house.timeZone));
}

function made(
  { house, url }: RequestLetterFacts,
  language: Language,
  about: { subject: string; heading: string; paragraphs: string[]; label: string },
): Made {
  const { subject, heading, paragraphs, label } = about;
  const page = letter({
    language,
    agency: house.name,
    accent: house.accent?.light ?? lantern,
    heading,
    paragraphs,
    action: { label, url },
    notes: [words(language).why(house.name)],
  });
  return { subject, ...page };
}
