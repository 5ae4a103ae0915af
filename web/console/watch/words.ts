import { countInWords, defineWords } from '../../../src/platform/words.ts';
import type { WatchSort } from './search.ts';

type BlindCause = 'own-resolver' | 'own-network' | 'overload' | 'no-check-yet' | 'no-watcher';

interface WatchWords {
  seesAll: string;
  seesNot: (count: number) => string;
  blind: (since: string | undefined, because: string) => string;
  because: Record<BlindCause, string>;
  nothing: string;
  nothingBelow: string;
  out: (count: number, number: string) => string;
  doubted: (count: number) => string;
  facts: (sites: number, checks: string) => string;
  noSecond: string;
  second: (names: string) => string;
  list: string;
  listNote: string;
  filter: string;
  filterExample: string;
  all: string;
  unknown: string;
  columns: Record<'site' | 'state' | 'response' | 'checked' | 'certificate' | 'availability', string>;
  order: string;
  orders: Record<WatchSort, string>;
  descending: string;
  nothingFound: string;
  clearFilter: string;
  never: string;
  since: string;
  days: (days: number) => string;
  expired: string;
  itself: string;
  itselfWhy: string;
  watchers: string;
  watchersTable: string;
  watcher: Record<'name' | 'state' | 'targets' | 'checks' | 'late' | 'spooled', string>;
  alive: string;
  silent: (when: string) => string;
  isBlind: (because: string) => string;
  noWatchers: string;
  records: (count: number) => string;
  places: string;
  placesWhy: string;
  noPlaces: string;
  manage: string;
  references: string;
  referencesWhy: string;
  noReferences: string;
  change: string;
  hosts: string;
  hostsHint: string;
  save: string;
  saved: string;
}

export const watchWords = defineWords<WatchWords>({
  nl: {
    seesAll: 'De wacht ziet alles.',
    seesNot: (count) => `De wacht ziet ${countInWords(count, 'nl', { one: 'site', other: 'sites' })} niet.`,
    blind: (since, because) =>
      since === undefined
        ? `De wacht is blind, omdat ${because}.`
        : `De wacht is blind sinds ${since}, omdat ${because}.`,
    because: {
      'own-resolver': 'onze eigen DNS-server zwijgt',
      'own-network': 'ons eigen netwerk weg is',
      overload: 'hij overbelast is',
      'no-check-yet': 'hij nog niet gekeken heeft',
      'no-watcher': 'er geen wachter draait',
    },
    nothing: 'Er is nog niets te bewaken.',
    nothingBelow: 'Zodra je een site toevoegt, kijkt de wacht er elke minuut naar.',
    out: (count, number) => (count === 1 ? 'Eén site heeft een storing.' : `${number} sites hebben een storing.`),
    doubted: (count) =>
      count === 1
        ? 'Aan één site wordt getwijfeld: daar wordt nu vaker gekeken.'
        : `Aan ${count} sites wordt getwijfeld: daar wordt nu vaker gekeken.`,
    facts: (sites, checks) =>
      `${countInWords(sites, 'nl', { one: 'site wordt', other: 'sites worden' })} bewaakt; per minuut wordt ${checks} keer gekeken.`,
    noSecond: 'Er kijkt geen tweede plek mee.',
    second: (names) => `Van elders kijkt mee: ${names}.`,
    list: 'Alle sites',
    listNote: 'zoals de wacht ze nu ziet',
    filter: 'Zoek in de wacht',
    filterExample: 'Zoek: adres of klant',
    all: 'Alle',
    unknown: 'niet te zeggen',
    columns: {
      site: 'Site',
      state: 'Toestand',
      response: 'Reactie',
      checked: 'Gekeken',
      certificate: 'Certificaat',
      availability: '30 dagen',
    },
    order: 'Volgorde',
    orders: {
      state: 'Op toestand',
      site: 'Op adres',
      customer: 'Op klant',
      response: 'Op reactietijd',
      checked: 'Op laatste blik',
      certificate: 'Op certificaat',
      availability: 'Op bereikbaarheid',
    },
    descending: 'andersom',
    nothingFound: 'Geen site past hierbij.',
    clearFilter: 'Alle sites tonen',
    never: 'nog niet',
    since: 'sinds',
    days: (days) => countInWords(days, 'nl', { one: 'dag', other: 'dagen' }),
    expired: 'verlopen',
    itself: 'Zo gaat het met de wacht zelf',
    itselfWhy: 'Wie kijkt, van waar, en hoe we ons eigen netwerk van een storing onderscheiden.',
    watchers: 'Wachters',
    watchersTable: 'Wachters en wat zij doen',
    watcher: {
      name: 'Wachter',
      state: 'Toestand',
      targets: 'Sites',
      checks: 'Per minuut',
      late: 'Hoogstens te laat',
      spooled: 'Nog weg te schrijven',
    },
    alive: 'ziet',
    silent: (when) => `zwijgt sinds ${when}`,
    isBlind: (because) => `blind: ${because}`,
    noWatchers: 'Er draait geen wachter. Start een proces met de rol watch.',
    records: (count) => countInWords(count, 'nl', { one: 'regel', other: 'regels' }),
    places: 'Tweede plekken',
    placesWhy: 'Zij kijken mee voordat een storing er een is, en slaan zelf alarm als wij zwijgen.',
    noPlaces: 'Er is nog geen tweede plek. Zonder kijken we vijf keer in plaats van drie keer voor we alarm slaan.',
    manage: 'Tweede plekken beheren',
    references: 'Adressen die het altijd doen',
    referencesWhy: 'Antwoorden ook deze niet, dan is het ons eigen netwerk en geen storing.',
    noReferences: 'Er zijn er geen: een storing in ons eigen netwerk is dan niet te herkennen.',
    change: 'Wijzigen',
    hosts: 'Adressen, een per regel',
    hostsHint: 'Als host:poort, zoals 1.1.1.1:443. Kies er die van elkaar niet afhangen.',
    save: 'Bewaren',
    saved: 'Bewaard.',
  },
  en: {
    seesAll: 'The watch sees everything.',
    seesNot: (count) => `The watch does not see ${countInWords(count, 'en', { one: 'site', other: 'sites' })}.`,
    blind: (since, because) =>
      since === undefined
        ? `The watch is blind, because ${because}.`
        : `The watch has been blind since ${since}, because ${because}.`,
    because: {
      'own-resolver': 'our own DNS server is silent',
      'own-network': 'our own network is gone',
      overload: 'it is overloaded',
      'no-check-yet': 'it has not looked yet',
      'no-watcher': 'no watcher is running',
    },
    nothing: 'There is nothing to watch yet.',
    nothingBelow: 'As soon as you add a site, the watch looks at it every minute.',
    out: (count, number) => (count === 1 ? 'One site has an outage.' : `${number} sites have an outage.`),
    doubted: (count) =>
      count === 1
        ? 'One site is in doubt: it is looked at more often now.'
        : `${count} sites are in doubt: they are looked at more often now.`,
    facts: (sites, checks) =>
      `${countInWords(sites, 'en', { one: 'site is', other: 'sites are' })} watched; checks a minute: ${checks}.`,
    noSecond: 'No second place looks along.',
    second: (names) => `From elsewhere looks along: ${names}.`,
    list: 'All sites',
    listNote: 'as the watch sees them now',
    filter: 'Search the watch',
    filterExample: 'Search: address or customer',
    all: 'All',
    unknown: 'cannot be told',
    columns: {
      site: 'Site',
      state: 'State',
      response: 'Response',
      checked: 'Looked at',
      certificate: 'Certificate',
      availability: '30 days',
    },
    order: 'Order',
    orders: {
      state: 'By state',
      site: 'By address',
      customer: 'By customer',
      response: 'By response time',
      checked: 'By last look',
      certificate: 'By certificate',
      availability: 'By availability',
    },
    descending: 'the other way round',
    nothingFound: 'No site fits this.',
    clearFilter: 'Show all sites',
    never: 'not yet',
    since: 'since',
    days: (days) => countInWords(days, 'en', { one: 'day', other: 'days' }),
    expired: 'expired',
    itself: 'How the watch itself is',
    itselfWhy: 'Who looks, from where, and how we tell our own network from an outage.',
    watchers: 'Watchers',
    watchersTable: 'Watchers and what they do',
    watcher: {
      name: 'Watcher',
      state: 'State',
      targets: 'Sites',
      checks: 'A minute',
      late: 'Late at most',
      spooled: 'Still to be written',
    },
    alive: 'sees',
    silent: (when) => `silent since ${when}`,
    isBlind: (because) => `blind: ${because}`,
    noWatchers: 'No watcher is running. Start a process with the role watch.',
    records: (count) => countInWords(count, 'en', { one: 'record', other: 'records' }),
    places: 'Second places',
    placesWhy: 'They look along before an outage is one, and raise the alarm themselves when we are silent.',
    noPlaces:
      'There is no second place yet. Without one we look five times instead of three before we raise the alarm.',
    manage: 'Manage second places',
    references: 'Addresses that always work',
    referencesWhy: 'When these do not answer either, it is our own network and no outage.',
    noReferences: 'There are none: trouble in our own network cannot be recognised then.',
    change: 'Change',
    hosts: 'Addresses, one a line',
    hostsHint: 'As host:port, such as 1.1.1.1:443. Choose ones that do not depend on each other.',
    save: 'Save',
    saved: 'Saved.',
  },
});
