import { defineWords, type Language } from '../../../src/platform/words.ts';
import type { ListSort } from './list-search.ts';

interface TodayWords {
  noSites: string;
  noSitesBelow: string;
  noSitesForGuard: string;
  addSite: string;
  inOrder: (inOrder: number, sites: number, number: (value: number) => string) => string;
  out: (count: number, number: (value: number) => string) => string;
  setUpSms: string;
  waits: (count: number) => string;
  waitsNothing: string;
  whyInOrder: string;
  meaning: string[];
  waiting: string;
  more: (count: number) => string;
  showMore: (count: number) => string;
  allSites: string;
  listNote: string;
  filter: string;
  filterExample: string;
  columns: Record<'site' | 'state' | 'strip' | 'response' | 'backup' | 'size' | 'wordpress', string>;
  select: string;
  selectSite: (site: string) => string;
  selectAll: string;
  selected: (count: number) => string;
  clearSelection: string;
  backUpNow: string;
  started: (count: number) => string;
  notStarted: (count: number, why: string) => string;
  all: string;
  work: string;
  everyWork: string;
  late: string;
  running: string;
  plan: string;
  plans: { daily: string; hourly: string };
  everyPlan: string;
  wordpress: string;
  everyWordpress: string;
  php: string;
  everyPhp: string;
  order: string;
  orders: Record<ListSort, string>;
  moreFilters: string;
  only: (what: string) => string;
  nothingFound: string;
  clearFilter: string;
  found: (count: string) => string;
  queued: string;
  percent: (work: string, percent: string) => string;
  of: string;
  noBackup: string;
  notMeasured: string;
}

const smallNl = [
  'nul',
  'één',
  'twee',
  'drie',
  'vier',
  'vijf',
  'zes',
  'zeven',
  'acht',
  'negen',
  'tien',
  'elf',
  'twaalf',
];
const smallEn = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const todayWords: (language: Language) => TodayWords = defineWords<TodayWords>({
  nl: {
    noSites: 'Er zijn nog geen sites.',
    noSitesBelow: 'Voeg de eerste toe: je installeert onze plugin, koppelt, en de eerste backup begint vanzelf.',
    noSitesForGuard: 'Een operator van je bureau kan de eerste toevoegen.',
    addSite: 'Site toevoegen',
    inOrder: (inOrder, sites, number) => {
      if (sites === 1) return inOrder === 1 ? 'Je site is in orde.' : 'Je site is niet in orde.';
      if (inOrder === sites) return `Alle ${number(sites)} sites zijn in orde.`;
      if (inOrder === 0) return `Geen van de ${number(sites)} sites is in orde.`;
      return `${number(inOrder)} van de ${number(sites)} sites ${inOrder === 1 ? 'is' : 'zijn'} in orde.`;
    },
    out: (count, number) =>
      count === 1 ? 'Eén site heeft een storing.' : `${number(count)} sites hebben een storing.`,
    setUpSms: 'Kanalen instellen',
    waits: (count) =>
      count === 1 ? 'Eén ding wacht op jou.' : `${capital(smallNl[count] ?? String(count))} dingen wachten op jou.`,
    waitsNothing: 'Niets wacht op jou.',
    whyInOrder: 'wat telt als in orde?',
    meaning: [
      'In orde is een site die bereikbaar is, waarvan de laatste backup heel is en op tijd kwam, zonder alarm.',
      'Bereikbaar is wat de wacht elke minuut ziet: de voorpagina antwoordt, met de eigen tekst erop.',
    ],
    waiting: 'Wat op jou wacht',
    more: (count) => `En nog ${count}. Je vindt ze in de lijst hieronder.`,
    showMore: (count) => `Nog ${count} tonen`,
    allSites: 'Alle sites',
    listNote: 'afgelopen 24 uur',
    filter: 'Filter de sites',
    filterExample: 'Filter: naam, klant, plugin, versie',
    columns: {
      site: 'Site',
      state: 'Toestand',
      strip: '24 uur',
      response: 'Reactie',
      backup: 'Laatste backup',
      size: 'Omvang',
      wordpress: 'Versies',
    },
    select: 'Kiezen',
    selectSite: (site) => `${site} kiezen`,
    selectAll: 'Alle sites op deze pagina kiezen',
    selected: (count) => (count === 1 ? 'Eén site gekozen' : `${count} sites gekozen`),
    clearSelection: 'Keuze wissen',
    backUpNow: 'Backup nu',
    started: (count) => (count === 1 ? 'De backup is begonnen.' : `${count} backups zijn begonnen.`),
    notStarted: (count, why) =>
      count === 1 ? `Eén backup kon niet beginnen: ${why}` : `${count} backups konden niet beginnen. De eerste: ${why}`,
    all: 'Alle',
    work: 'Werk',
    everyWork: 'Met en zonder werk',
    late: 'Belofte te laat',
    running: 'Werk loopt nu',
    plan: 'Backups',
    plans: { daily: 'elke dag', hourly: 'elk uur' },
    everyPlan: 'Alle backups',
    wordpress: 'WordPress',
    everyWordpress: 'Elke WordPress',
    php: 'PHP',
    everyPhp: 'Elke PHP',
    order: 'Volgorde',
    orders: {
      state: 'Op toestand',
      site: 'Op adres',
      customer: 'Op klant',
      backup: 'Op laatste backup',
      size: 'Op omvang',
      wordpress: 'Op WordPress',
      php: 'Op PHP',
    },
    moreFilters: 'Filters en volgorde',
    only: (what) => `Alleen: ${what}`,
    nothingFound: 'Geen site past hierbij.',
    clearFilter: 'Alle sites tonen',
    found: (count) => `${count} gevonden`,
    queued: 'wacht op zijn beurt',
    percent: (work, percent) => `${work} · ${percent}`,
    of: 'van',
    noBackup: 'nog geen',
    notMeasured: 'niet gemeten',
  },
  en: {
    noSites: 'There are no sites yet.',
    noSitesBelow: 'Add the first one: you install our plugin, pair it, and the first backup begins by itself.',
    noSitesForGuard: 'An operator of your agency can add the first one.',
    addSite: 'Add a site',
    inOrder: (inOrder, sites, number) => {
      if (sites === 1) return inOrder === 1 ? 'Your site is in order.' : 'Your site is not in order.';
      if (inOrder === sites) return `All ${number(sites)} sites are in order.`;
      if (inOrder === 0) return `None of the ${number(sites)} sites is in order.`;
      return `${number(inOrder)} of ${number(sites)} sites ${inOrder === 1 ? 'is' : 'are'} in order.`;
    },
    out: (count, number) => (count === 1 ? 'One site has an outage.' : `${number(count)} sites have an outage.`),
    setUpSms: 'Set up channels',
    waits: (count) =>
      count === 1 ? 'One thing waits for you.' : `${capital(smallEn[count] ?? String(count))} things wait for you.`,
    waitsNothing: 'Nothing waits for you.',
    whyInOrder: 'what counts as in order?',
    meaning: [
      'In order is a site that can be reached, whose last backup is whole and came in time, without an alarm.',
      'Reached is what the watch sees each minute: the front page answers, with its own text on it.',
    ],
    waiting: 'What waits for you',
    more: (count) => `And ${count} more. You find them in the list below.`,
    showMore: (count) => `Show ${count} more`,
    allSites: 'All sites',
    listNote: 'last 24 hours',
    filter: 'Filter the sites',
    filterExample: 'Filter: name, customer, plugin, version',
    columns: {
      site: 'Site',
      state: 'State',
      strip: '24 hours',
      response: 'Response',
      backup: 'Last backup',
      size: 'Size',
      wordpress: 'Versions',
    },
    select: 'Select',
    selectSite: (site) => `Select ${site}`,
    selectAll: 'Select all sites on this page',
    selected: (count) => (count === 1 ? 'One site selected' : `${count} sites selected`),
    clearSelection: 'Clear the selection',
    backUpNow: 'Back up now',
    started: (count) => (count === 1 ? 'The backup has begun.' : `${count} backups have begun.`),
    notStarted: (count, why) =>
      count === 1 ? `One backup could not begin: ${why}` : `${count} backups could not begin. The first: ${why}`,
    all: 'All',
    work: 'Work',
    everyWork: 'With and without work',
    late: 'Promise late',
    running: 'Work under way',
    plan: 'Backups',
    plans: { daily: 'every day', hourly: 'every hour' },
    everyPlan: 'All backups',
    wordpress: 'WordPress',
    everyWordpress: 'Any WordPress',
    php: 'PHP',
    everyPhp: 'Any PHP',
    order: 'Order',
    orders: {
      state: 'By state',
      site: 'By address',
      customer: 'By customer',
      backup: 'By last backup',
      size: 'By size',
      wordpress: 'By WordPress',
      php: 'By PHP',
    },
    moreFilters: 'Filters and order',
    only: (what) => `Only: ${what}`,
    nothingFound: 'No site fits this.',
    clearFilter: 'Show all sites',
    found: (count) => `${count} found`,
    queued: 'waits for its turn',
    percent: (work, percent) => `${work} · ${percent}`,
    of: 'of',
    noBackup: 'none yet',
    notMeasured: 'not measured',
  },
});
