import { defineWords } from '../../src/platform/words.ts';

const titlesNl = {
  today: 'Vandaag',
  watch: 'Wacht',
  incidents: 'Storingen',
  incident: 'Storing',
  duty: 'Dienst',
  myDuty: 'Jouw dienst',
  siteWatch: 'Bereikbaarheid',
  addSite: 'Site toevoegen',
  site: 'Site',
  restore: 'Terugzetten',
  people: 'Mensen',
  customers: 'Klanten',
  audit: 'Logboek',
  tokens: 'Tokens',
  settings: 'Instellingen',
  account: 'Je account',
  mine: 'Jouw sites',
  mySite: 'Jouw site',
  signIn: 'Inloggen',
  start: 'Beginnen',
  invitation: 'Uitnodiging',
  design: 'Vormgeving',
  notFound: 'Niet gevonden',
};
/** Names of pages: in the navigation and in the title of the window. */
export type PageTitle = keyof typeof titlesNl;

interface ShellWords {
  titles: Record<PageTitle, string>;
  skip: string;
  mainNavigation: string;
  menu: string;
  more: string;
  search: string;
  language: string;
  languages: { nl: string; en: string };
  theme: string;
  themes: { system: string; light: string; dark: string };
  signOut: string;
  signedInAs: (name: string) => string;
  reconnecting: string;
  offline: string;
  back: string;
  loading: string;
  undo: string;
  close: string;
  notifications: string;
  notFoundSentence: string;
  notFoundNext: string;
  toStart: string;
  crashed: string;
  crashedNext: string;
  reload: string;
  comingSoon: string;
  onDuty: string;
  until: (when: string) => string;
  nobodyOnDuty: string;
}

export const shellWords = defineWords<ShellWords>({
  nl: {
    titles: titlesNl,
    skip: 'Naar de inhoud',
    mainNavigation: 'Hoofdnavigatie',
    menu: 'Menu',
    more: 'Meer',
    search: 'Zoek',
    language: 'Taal',
    languages: { nl: 'Nederlands', en: 'English' },
    theme: 'Weergave',
    themes: { system: 'Automatisch', light: 'Licht', dark: 'Donker' },
    signOut: 'Uitloggen',
    signedInAs: (name) => `Ingelogd als ${name}`,
    reconnecting: 'De verbinding is weg. We proberen het vanzelf opnieuw; wat bezig was, loopt door.',
    offline: 'Je bent offline. Wat je ziet is van daarnet.',
    back: 'De verbinding is terug.',
    loading: 'Laden',
    undo: 'Ongedaan maken',
    close: 'Sluiten',
    notifications: 'Meldingen',
    notFoundSentence: 'Deze pagina is er niet.',
    notFoundNext: 'Misschien is zij verhuisd, of mag jij haar niet zien.',
    toStart: 'Naar het begin',
    crashed: 'Deze pagina liep vast.',
    crashedNext: 'Laad haar opnieuw. Blijft het gebeuren, meld het dan met wat je deed.',
    reload: 'Opnieuw laden',
    comingSoon: 'Hier wordt nog aan gewerkt.',
    onDuty: 'Dienst',
    until: (when) => `tot ${when}`,
    nobodyOnDuty: 'Niemand heeft dienst',
  },
  en: {
    titles: {
      today: 'Today',
      watch: 'Watch',
      incidents: 'Incidents',
      incident: 'Incident',
      duty: 'Duty',
      myDuty: 'Your duty',
      siteWatch: 'Availability',
      addSite: 'Add a site',
      site: 'Site',
      restore: 'Restore',
      people: 'People',
      customers: 'Customers',
      audit: 'Audit trail',
      tokens: 'Tokens',
      settings: 'Settings',
      account: 'Your account',
      mine: 'Your sites',
      mySite: 'Your site',
      signIn: 'Sign in',
      start: 'Getting started',
      invitation: 'Invitation',
      design: 'Design',
      notFound: 'Not found',
    },
    skip: 'To the content',
    mainNavigation: 'Main navigation',
    menu: 'Menu',
    more: 'More',
    search: 'Search',
    language: 'Language',
    languages: { nl: 'Nederlands', en: 'English' },
    theme: 'Appearance',
    themes: { system: 'Automatic', light: 'Light', dark: 'Dark' },
    signOut: 'Sign out',
    signedInAs: (name) => `Signed in as ${name}`,
    reconnecting: 'The connection is lost. We keep trying; work that was under way goes on.',
    offline: 'You are offline. What you see is from a moment ago.',
    back: 'The connection is back.',
    loading: 'Loading',
    undo: 'Undo',
    close: 'Close',
    notifications: 'Notifications',
    notFoundSentence: 'There is no such page.',
    notFoundNext: 'It may have moved, or it is not yours to see.',
    toStart: 'To the start',
    crashed: 'This page stopped working.',
    crashedNext: 'Load it again. If it keeps happening, report it with what you did.',
    reload: 'Load again',
    comingSoon: 'This is still being built.',
    onDuty: 'On duty',
    until: (when) => `until ${when}`,
    nobodyOnDuty: 'Nobody is on duty',
  },
});
