import { defineWords } from '../../../src/platform/words.ts';

interface CustomersWords {
  heading: (count: number) => string;
  below: (sites: number) => string;
  add: string;
  empty: string;
  emptyBelow: string;
  search: string;
  nothingFound: string;
  caption: string;
  columns: { name: string; contact: string; sites: string; people: string };
  noContact: string;
  form: {
    title: string;
    name: string;
    contact: string;
    contactHint: string;
    email: string;
    phone: string;
    save: string;
  };
  added: (name: string) => string;
  changed: (name: string) => string;
  addSite: string;
  sites: string;
  noSites: string;
  people: string;
  noPeople: string;
  toPeople: string;
  requests: {
    title: (count: number) => string;
    toMoment: (site: string, when: string) => string;
    toChosen: (site: string) => string;
    accepted: string;
    restore: string;
    answer: string;
    answerTo: (customer: string) => string;
    answerBelow: (customer: string) => string;
    state: string;
    states: Record<'accepted' | 'done' | 'declined', string>;
    words: string;
    wordsHint: string;
    send: string;
    answered: (customer: string) => string;
  };
}

export const customersWords = defineWords<CustomersWords>({
  nl: {
    heading: (count) => (count === 1 ? 'Je zorgt voor één klant.' : `Je zorgt voor ${count} klanten.`),
    below: (sites) =>
      sites === 1 ? 'Samen hebben ze één site onder je hoede.' : `Samen hebben ze ${sites} sites onder je hoede.`,
    add: 'Klant toevoegen',
    empty: 'Er zijn nog geen klanten.',
    emptyBelow: 'Elke site hoort bij een klant. Begin dus hier.',
    search: 'Zoek een klant',
    nothingFound: 'Geen klant gevonden.',
    caption: 'Klanten',
    columns: { name: 'Klant', contact: 'Met wie je spreekt', sites: 'Sites', people: 'Mensen' },
    noContact: 'niemand genoteerd',
    form: {
      title: 'Klant toevoegen',
      name: 'Naam',
      contact: 'Met wie je spreekt',
      contactHint: 'De persoon die je belt of mailt.',
      email: 'E-mailadres',
      phone: 'Telefoon',
      save: 'Bewaren',
    },
    added: (name) => `${name} is toegevoegd.`,
    changed: (name) => `${name} is gewijzigd.`,
    addSite: 'Site toevoegen',
    sites: 'Sites onder onze hoede',
    noSites: 'Nog geen sites.',
    people: 'Wie hier binnenkomt',
    noPeople: 'Nog niemand.',
    toPeople: 'Naar mensen',
    requests: {
      title: (count) => (count === 1 ? 'Eén klant vraagt iets' : `${count} verzoeken van klanten`),
      toMoment: (site, when) => `wil ${site} terug naar ${when}.`,
      toChosen: (site) => `wil ${site} terug naar het laatste goede moment.`,
      accepted: 'Opgepakt',
      restore: 'Terugzetten voorbereiden',
      answer: 'Antwoorden',
      answerTo: (customer) => `${customer} antwoorden`,
      answerBelow: (customer) => `${customer} leest dit op zijn eigen pagina, en krijgt een mail als die is ingesteld.`,
      state: 'Hoe staat het ervoor?',
      states: { accepted: 'We zijn ermee bezig', done: 'Het is gedaan', declined: 'We doen het niet' },
      words: 'Wat je erbij zegt',
      wordsHint: 'Bijvoorbeeld: alles van na dinsdag is bewaard.',
      send: 'Versturen',
      answered: (customer) => `${customer} leest je antwoord.`,
    },
  },
  en: {
    heading: (count) => (count === 1 ? 'You look after one customer.' : `You look after ${count} customers.`),
    below: (sites) =>
      sites === 1 ? 'Together they have one site in your care.' : `Together they have ${sites} sites in your care.`,
    add: 'Add a customer',
    empty: 'There are no customers yet.',
    emptyBelow: 'Every site belongs to a customer. So begin here.',
    search: 'Find a customer',
    nothingFound: 'No customer found.',
    caption: 'Customers',
    columns: { name: 'Customer', contact: 'Whom you speak to', sites: 'Sites', people: 'People' },
    noContact: 'nobody noted',
    form: {
      title: 'Add a customer',
      name: 'Name',
      contact: 'Whom you speak to',
      contactHint: 'The person you call or mail.',
      email: 'Email address',
      phone: 'Telephone',
      save: 'Save',
    },
    added: (name) => `${name} has been added.`,
    changed: (name) => `${name} has been changed.`,
    addSite: 'Add a site',
    sites: 'Sites in our care',
    noSites: 'No sites yet.',
    people: 'Who comes in here',
    noPeople: 'Nobody yet.',
    toPeople: 'To people',
    requests: {
      title: (count) => (count === 1 ? 'One customer asks for something' : `${count} requests of customers`),
      toMoment: (site, when) => `wants ${site} back to ${when}.`,
      toChosen: (site) => `wants ${site} back to the last good moment.`,
      accepted: 'Taken up',
      restore: 'Prepare the restore',
      answer: 'Answer',
      answerTo: (customer) => `Answer ${customer}`,
      answerBelow: (customer) => `${customer} reads this on its own page, and gets a mail when mail is set up.`,
      state: 'How is it going?',
      states: { accepted: 'We are on it', done: 'It is done', declined: 'We do not do it' },
      words: 'What you say with it',
      wordsHint: 'Such as: everything after Tuesday is kept.',
      send: 'Send',
      answered: (customer) => `${customer} reads your answer.`,
    },
  },
});
