import { countInWords, defineWords } from '../platform/words.ts';

/** What `nachtwacht monitor` says. */
interface MonitorCliWords {
  about: Record<'monitor' | 'list' | 'show' | 'set' | 'check' | 'watchers' | 'references', string>;
  option: Record<'search' | 'phase' | 'interval' | 'keyword' | 'status' | 'hosts' | 'on' | 'off' | 'learnAnew', string>;
  head: Record<'site' | 'state' | 'why' | 'response' | 'checked' | 'certificate' | 'availability', string>;
  watcherHead: string[];
  none: string;
  noWatchers: string;
  days: (count: number) => string;
  inMaintenance: string;
  notWatched: string;
  changed: (site: string) => string;
  asked: (site: string) => string;
  references: (hosts: string) => string;
  learnt: (keyword: string | null, hosts: string) => string;
  learning: (from: number, needs: number) => string;
  alive: string;
  silent: string;
  blind: (why: string) => string;
  unwatched: (count: number) => string;
}

export const monitorCliWords = defineWords<MonitorCliWords>({
  nl: {
    about: {
      monitor: 'De wacht over de sites',
      list: 'Laat zien hoe alle sites er nu bij staan, wat aandacht vraagt eerst',
      show: 'Laat van één site zien hoe de wacht hem ziet, en waarom',
      set: 'Verandert hoe een site bewaakt wordt',
      check: 'Kijkt meteen naar een site',
      watchers: 'Laat zien wie bewaken, en of zij kunnen zien',
      references: 'Zet de adressen (host:poort) waaraan de wacht het eigen netwerk van een storing onderscheidt',
    },
    option: {
      search: 'alleen sites waarvan adres of klant dit bevat',
      phase: 'alleen: out (storing), doubted (twijfel), back (komt terug), well',
      interval: 'elke zoveel seconden kijken (20 tot 300)',
      keyword: 'deze tekst moet op de pagina staan; none = wat geleerd is',
      status: 'deze status is goed; none = wat geleerd is',
      hosts: 'waar de pagina ook mag uitkomen, met komma’s; none = nergens anders',
      on: 'bewaken',
      off: 'niet bewaken',
      learnAnew: 'vergeten wat geleerd is',
    },
    head: {
      site: 'site',
      state: 'toestand',
      why: 'waarom',
      response: 'antwoord',
      checked: 'gekeken',
      certificate: 'certificaat',
      availability: '30 dagen',
    },
    watcherHead: ['wachter', 'sites', 'checks/min', 'te laat', 'wacht op schijf', 'toestand'],
    none: 'Geen sites gevonden.',
    noWatchers: 'Niemand bewaakt. Start Nachtwacht met de rol watch.',
    days: (count) => countInWords(count, 'nl', { one: 'dag', other: 'dagen' }),
    inMaintenance: 'wij werken eraan',
    notWatched: 'niet bewaakt',
    changed: (site) => `De wacht over ${site} is veranderd.`,
    asked: (site) => `Er wordt nu naar ${site} gekeken.`,
    references: (hosts) => `Vergelijkingsadressen: ${hosts || 'geen'}`,
    learnt: (keyword, hosts) =>
      `Geleerd: ${keyword === null ? 'geen vaste tekst' : `de tekst "${keyword}"`}; komt uit op ${hosts}.`,
    learning: (from, needs) => `Leert nog: ${from} van ${needs} goede checks.`,
    alive: 'bewaakt',
    silent: 'zwijgt',
    blind: (why) => `ziet niets: ${why}`,
    unwatched: (count) =>
      `Naar ${countInWords(count, 'nl', { one: 'site is', other: 'sites is' })} de laatste minuten niet gekeken.`,
  },
  en: {
    about: {
      monitor: 'The watch over the sites',
      list: 'Show how all sites are now, what asks for somebody first',
      show: 'Show how the watch sees one site, and why',
      set: 'Change how a site is watched',
      check: 'Look at a site at once',
      watchers: 'Show who watches, and whether they can see',
      references: 'Set the addresses (host:port) by which the watch tells its own network from an outage',
    },
    option: {
      search: 'only sites whose address or customer has this in it',
      phase: 'only: out, doubted, back, well',
      interval: 'look every so many seconds (20 to 300)',
      keyword: 'this text must be on the page; none = what was learnt',
      status: 'this status is good; none = what was learnt',
      hosts: 'where else the page may end, with commas; none = nowhere',
      on: 'watch it',
      off: 'do not watch it',
      learnAnew: 'forget what was learnt',
    },
    head: {
      site: 'site',
      state: 'state',
      why: 'why',
      response: 'response',
      checked: 'looked at',
      certificate: 'certificate',
      availability: '30 days',
    },
    watcherHead: ['watcher', 'sites', 'checks/min', 'late', 'waits on disk', 'state'],
    none: 'No sites found.',
    noWatchers: 'Nobody watches. Start Nachtwacht with the role watch.',
    days: (count) => countInWords(count, 'en', { one: 'day', other: 'days' }),
    inMaintenance: 'we work on it',
    notWatched: 'not watched',
    changed: (site) => `The watch over ${site} was changed.`,
    asked: (site) => `${site} is looked at now.`,
    references: (hosts) => `Reference hosts: ${hosts || 'none'}`,
    learnt: (keyword, hosts) =>
      `Learnt: ${keyword === null ? 'no text that stays' : `the text "${keyword}"`}; ends at ${hosts}.`,
    learning: (from, needs) => `Still learns: ${from} of ${needs} good checks.`,
    alive: 'watches',
    silent: 'silent',
    blind: (why) => `cannot see: ${why}`,
    unwatched: (count) =>
      `${countInWords(count, 'en', { one: 'site was', other: 'sites were' })} not looked at in the last minutes.`,
  },
});
