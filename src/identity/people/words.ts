import { lantern, letter } from '../../channels/email/index.ts';
import type { House } from '../../platform/house/index.ts';
import { defineWords, momentInWords, type Language } from '../../platform/words.ts';
import type { Role } from '../actor.ts';

/** What a letter is about. `house`: name, colour and time zone of the agency. */
export interface LetterFacts {
  url: string;
  /** Whom it is to; null = not known. */
  name: string | null;
  expiresAt: Date;
  house: Pick<House, 'name' | 'accent' | 'timeZone'>;
}

interface Words {
  hello: (name: string | null) => string;
  until: (moment: string) => string;
  once: string;
  notYou: string;
  invitation: {
    subject: (agency: string) => string;
    heading: (agency: string) => string;
    why: Record<Role, (agency: string, customer: string | null) => string>;
    how: string;
    button: string;
    notYou: string;
  };
  reset: { subject: (agency: string) => string; heading: string; why: (agency: string) => string; button: string };
  password: { subject: (agency: string) => string; heading: string; why: (agency: string) => string; button: string };
}

const words = defineWords<Words>({
  nl: {
    hello: (name) => (name ? `Hallo ${name},` : 'Hallo,'),
    until: (moment) => `De link werkt tot ${moment}.`,
    once: 'Hij werkt één keer.',
    notYou: 'Heb je hier niet om gevraagd? Dan hoef je niets te doen: zonder deze link verandert er niets.',
    invitation: {
      subject: (agency) => `Je toegang bij ${agency}`,
      heading: (agency) => `${agency} nodigt je uit`,
      why: {
        operator: (agency) => `Je wordt beheerder bij ${agency}: je ziet alle sites en mag alles instellen.`,
        guard: (agency) => `Je wordt bewaker bij ${agency}: je ziet alle sites en kunt ingrijpen als er iets is.`,
        customer: (agency, customer) =>
          `Bij ${agency} zie je voortaan zelf hoe het met ${customer ? `de sites van ${customer}` : 'je sites'} is: of alles in orde is, wanneer de laatste backup is gemaakt, en je kunt vragen om iets terug te zetten.`,
      },
      how: 'Kies een wachtwoord of een passkey; het duurt een paar minuten.',
      button: 'Toegang instellen',
      notYou: 'Verwacht je deze uitnodiging niet? Dan kun je deze mail weggooien.',
    },
    reset: {
      subject: (agency) => `Opnieuw aanmelden bij ${agency}`,
      heading: 'Stel je aanmelding opnieuw in',
      why: (agency) =>
        `${agency} heeft je een link gestuurd waarmee je een nieuw wachtwoord of een nieuwe passkey kiest. Je oude wachtwoord, passkeys en codes werken daarna niet meer.`,
      button: 'Opnieuw instellen',
    },
    password: {
      subject: (agency) => `Nieuw wachtwoord voor ${agency}`,
      heading: 'Kies een nieuw wachtwoord',
      why: (agency) => `Er is om een nieuw wachtwoord gevraagd voor je account bij ${agency}.`,
      button: 'Wachtwoord kiezen',
    },
  },
  en: {
    hello: (name) => (name ? `Hello ${name},` : 'Hello,'),
    until: (moment) => `The link works until ${moment}.`,
    once: 'It works once.',
    notYou: 'You did not ask for this? Then there is nothing to do: without this link nothing changes.',
    invitation: {
      subject: (agency) => `Your access at ${agency}`,
      heading: (agency) => `${agency} invites you`,
      why: {
        operator: (agency) => `You become an operator at ${agency}: you see all sites and may set everything.`,
        guard: (agency) =>
          `You become a guard at ${agency}: you see all sites and can step in when something is wrong.`,
        customer: (agency, customer) =>
          `From now on you see for yourself at ${agency} how ${customer ? `the sites of ${customer}` : 'your sites'} are: whether all is well, when the last backup was made, and you can ask for something to be put back.`,
      },
      how: 'Choose a password or a passkey; it takes a few minutes.',
      button: 'Set up your access',
      notYou: 'You did not expect this invitation? Then you can throw this mail away.',
    },
    reset: {
      subject: (agency) => `Sign in anew at ${agency}`,
      heading: 'Set up your sign-in anew',
      why: (agency) =>
        `${agency} sent you a link to choose a new password or a new passkey. Your old password, passkeys and codes no longer work after that.`,
      button: 'Set it up anew',
    },
    password: {
      subject: (agency) => `New password for ${agency}`,
      heading: 'Choose a new password',
      why: (agency) => `Somebody asked for a new password for your account at ${agency}.`,
      button: 'Choose a password',
    },
  },
});

interface Letter {
  subject: string;
  html: string;
  text: string;
}

function write(
  language: Language,
  facts: LetterFacts,
  text: { subject: string; heading: string; paragraphs: string[]; button: string; notYou: string },
): Letter {
  const { hello, until, once } = words(language);
  const { url, name, expiresAt, house } = facts;
  const moment = momentInWords(expiresAt, language, house.timeZone);
  const made = letter({
    language,
    agency: house.name,
    accent: house.accent?.light ?? lantern,
    heading: text.heading,
    paragraphs: [hello(name), ...text.paragraphs],
    action: { label: text.button, url },
    notes: [`${until(moment)} ${once}`, text.notYou],
  });
  return { subject: text.subject, ...made };
}

export function invitationMail(
  language: Language,
  facts: LetterFacts & { role: Role; customer: string | null },
): Letter {
  const { invitation } = words(language);
  const agency = facts.house.name;
  return write(language, facts, {
    subject: invitation.subject(agency),
    heading: invitation.heading(agency),
    paragraphs: [invitation.why[facts.role](agency, facts.customer), invitation.how],
    button: invitation.button,
    notYou: invitation.notYou,
  });
}

export function resetMail(language: Language, facts: LetterFacts): Letter {
  const { reset, notYou } = words(language);
  const agency = facts.house.name;
  const { heading, button } = reset;
  return write(language, facts, {
    subject: reset.subject(agency),
    heading,
    paragraphs: [reset.why(agency)],
    button,
    notYou,
  });
}

export function passwordMail(language: Language, facts: LetterFacts): Letter {
  const { password, notYou } = words(language);
  const agency = facts.house.name;
  const { heading, button } = password;
  return write(language, facts, {
    subject: password.subject(agency),
    heading,
    paragraphs: [password.why(agency)],
    button,
    notYou,
  });
}
