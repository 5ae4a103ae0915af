import { countInWords, defineWords } from '../../../src/platform/words.ts';

interface AvailabilityWords {
  title: string;
  sentence: Record<'well' | 'out' | 'doubted' | 'back' | 'unknown' | 'off', (site: string) => string>;
  month: (share: string) => string;
  monthNone: string;
  notYet: string;
  monthOutages: (outages: number, minutes: string) => string;
  why: (outages: number, minutes: string) => string[];
  all: string;
  back: string;
  checkNow: string;
  checking: string;
  answered: (ms: string, when: string) => string;
  notAnswered: (when: string) => string;
  every: (interval: string) => string;
  nobody: string;
  bars: string;
  response: string;
  spans: { '24h': string; '7d': string; '90d': string };
  span: string;
  certificate: {
    title: string;
    days: (days: number, until: string) => string;
    expired: (until: string) => string;
    issuer: string;
    address: string;
    none: string;
  };
  checks: { title: string; table: string; time: string; verdict: string; status: string; total: string; show: string };
  settings: {
    title: string;
    on: string;
    onHint: string;
    interval: string;
    intervals: (ms: number) => string;
    keyword: string;
    keywordLearnt: (keyword: string, when: string | undefined) => string;
    keywordLearning: (from: number, needs: number) => string;
    keywordSet: string;
    keywordHint: string;
    status: string;
    statusLearnt: (status: string) => string;
    statusHint: string;
    hosts: string;
    hostsLearnt: (hosts: string) => string;
    hostsHint: string;
    asLearnt: string;
    change: string;
    save: string;
    cancel: string;
    saved: string;
    learnAnew: string;
    learnAnewTitle: string;
    learnAnewText: string;
    learning: string;
  };
  outages: Record<'title' | 'table' | 'none' | 'when' | 'what' | 'length' | 'sms' | 'lasts', string>;
  findings: Record<
    | 'title'
    | 'none'
    | 'looked'
    | 'notYet'
    | 'lookNow'
    | 'database'
    | 'answers'
    | 'silent'
    | 'disk'
    | 'cron'
    | 'page'
    | 'domain'
    | 'plugin'
    | 'pluginSilent',
    string
  > & { free: (bytes: string) => string; overdue: (count: number) => string };
}

const minutesOf = (ms: number): number => Math.round(ms / 60_000);

export const availabilityWords = defineWords<AvailabilityWords>({
  nl: {
    title: 'Bereikbaarheid',
    sentence: {
      well: (site) => `${site} is bereikbaar.`,
      out: (site) => `${site} heeft een storing.`,
      doubted: (site) => `Aan ${site} wordt getwijfeld.`,
      back: (site) => `${site} komt terug.`,
      unknown: (site) => `Van ${site} is het nu niet te zeggen.`,
      off: (site) => `${site} wordt niet bewaakt.`,
    },
    month: (share) => `Deze maand ${share} bereikbaar`,
    monthNone: 'geen storing',
    notYet: 'Nog te kort bewaakt om er iets over te zeggen.',
    monthOutages: (outages, minutes) =>
      `${countInWords(outages, 'nl', { one: 'storing', other: 'storingen' })}, samen ${minutes}`,
    why: (outages, minutes) => [
      outages === 0
        ? 'In de tijd dat we deze maand keken was er geen storing.'
        : `In de tijd dat we deze maand keken, was de site ${minutes} niet goed bereikbaar.`,
      'Een storing telt vanaf de eerste mislukte blik tot de eerste goede, en alleen als zij is bevestigd: door een tweede plek, of door vijf blikken terwijl ons eigen netwerk het deed.',
      'Aangekondigd werk van ons en tijd waarin de wacht zelf blind was, tellen niet mee.',
    ],
    all: 'Alles van de wacht',
    back: 'Naar de site',
    checkNow: 'Kijk nu',
    checking: 'Er wordt gekeken.',
    answered: (ms, when) => `Antwoordde in ${ms}, ${when}.`,
    notAnswered: (when) => `Laatst gekeken: ${when}.`,
    every: (interval) => `Er wordt elke ${interval} gekeken.`,
    nobody: 'Op dit moment heeft geen wachter deze site.',
    bars: 'De laatste 90 dagen',
    response: 'Reactietijd',
    spans: { '24h': '24 uur', '7d': '7 dagen', '90d': '90 dagen' },
    span: 'Hoe ver terug',
    certificate: {
      title: 'Certificaat en adres',
      days: (days, until) => `Nog ${countInWords(days, 'nl', { one: 'dag', other: 'dagen' })} geldig, tot ${until}.`,
      expired: (until) => `Verlopen sinds ${until}.`,
      issuer: 'Uitgever',
      address: 'Adres',
      none: 'Geen certificaat gezien.',
    },
    checks: {
      title: 'De laatste blikken',
      table: 'Blikken, de nieuwste eerst',
      time: 'Tijd',
      verdict: 'Oordeel',
      status: 'Status',
      total: 'Reactie',
      show: 'De laatste vijftig blikken',
    },
    settings: {
      title: 'Zo wordt er gekeken',
      on: 'Deze site bewaken',
      onHint: 'Uit: er wordt niet gekeken en niemand wordt gewekt.',
      interval: 'Hoe vaak',
      intervals: (ms) =>
        ms < 60_000
          ? `elke ${ms / 1000} seconden`
          : minutesOf(ms) === 1
            ? 'elke minuut'
            : `elke ${minutesOf(ms)} minuten`,
      keyword: 'Tekst die op de pagina moet staan',
      keywordLearnt: (keyword, when) =>
        when === undefined ? `Zelf geleerd: “${keyword}”.` : `Zelf geleerd op ${when}: “${keyword}”.`,
      keywordLearning: (from, needs) => `Wordt nog geleerd: ${from} van de ${needs} goede blikken.`,
      keywordSet: 'Door iemand ingesteld.',
      keywordHint:
        'Leeg = wat de wacht zelf geleerd heeft. Kies iets onderaan de pagina, dan valt een halve pagina op.',
      status: 'Verwachte status',
      statusLearnt: (status) => `Zelf geleerd: ${status}.`,
      statusHint: 'Leeg = zoals geleerd. 401 voor een site achter een wachtwoord.',
      hosts: 'Adressen waar de voorpagina mag eindigen',
      hostsLearnt: (hosts) => `Zelf geleerd: ${hosts}.`,
      hostsHint: 'Naast het eigen adres; een per regel. Een ander adres telt als storing.',
      asLearnt: 'zoals geleerd',
      change: 'Wijzigen',
      save: 'Bewaren',
      cancel: 'Annuleren',
      saved: 'Bewaard.',
      learnAnew: 'Opnieuw leren',
      learnAnewTitle: 'Vergeten wat de wacht geleerd heeft?',
      learnAnewText:
        'Doe dit na een nieuw ontwerp of een verhuizing. Tot er opnieuw geleerd is, valt een halve of vreemde pagina minder snel op.',
      learning: 'De wacht leert opnieuw.',
    },
    outages: {
      title: 'Storingen',
      table: 'Storingen van deze site',
      none: 'Nog geen storing gezien.',
      when: 'Wanneer',
      what: 'Wat',
      length: 'Hoe lang',
      sms: 'SMS na',
      lasts: 'duurt nog',
    },
    findings: {
      title: 'Wat er verder opvalt',
      none: 'Niets bijzonders.',
      looked: 'Gekeken',
      notYet: 'Er is nog niet gekeken.',
      lookNow: 'Kijk nu',
      database: 'Database',
      answers: 'antwoordt',
      silent: 'antwoordt niet',
      disk: 'Schijf',
      cron: 'Geplande taken',
      page: 'Voorpagina',
      domain: 'Domein',
      plugin: 'Plugin',
      pluginSilent: 'antwoordde de laatste keer niet',
      free: (bytes) => `${bytes} vrij`,
      overdue: (count) =>
        count === 0 ? 'op tijd' : countInWords(count, 'nl', { one: 'taak te laat', other: 'taken te laat' }),
    },
  },
  en: {
    title: 'Availability',
    sentence: {
      well: (site) => `${site} is reachable.`,
      out: (site) => `${site} has an outage.`,
      doubted: (site) => `${site} is in doubt.`,
      back: (site) => `${site} is coming back.`,
      unknown: (site) => `How ${site} is cannot be told now.`,
      off: (site) => `${site} is not watched.`,
    },
    month: (share) => `${share} reachable this month`,
    monthNone: 'no outage',
    notYet: 'Watched too short a time to tell.',
    monthOutages: (outages, minutes) =>
      `${countInWords(outages, 'en', { one: 'outage', other: 'outages' })}, ${minutes} together`,
    why: (outages, minutes) => [
      outages === 0
        ? 'In the time that we looked this month there was no outage.'
        : `In the time that we looked this month, the site was not properly reachable for ${minutes}.`,
      'An outage counts from the first look that failed to the first good one, and only when it is confirmed: by a second place, or by five looks while our own network worked.',
      'Announced work of ours and time in which the watch itself was blind are not counted.',
    ],
    all: 'Everything of the watch',
    back: 'To the site',
    checkNow: 'Look now',
    checking: 'It is being looked at.',
    answered: (ms, when) => `Answered in ${ms}, ${when}.`,
    notAnswered: (when) => `Last looked at: ${when}.`,
    every: (interval) => `It is looked at every ${interval}.`,
    nobody: 'No watcher has this site at present.',
    bars: 'The last 90 days',
    response: 'Response time',
    spans: { '24h': '24 hours', '7d': '7 days', '90d': '90 days' },
    span: 'How far back',
    certificate: {
      title: 'Certificate and address',
      days: (days, until) =>
        `Valid for ${countInWords(days, 'en', { one: 'day', other: 'days' })} more, until ${until}.`,
      expired: (until) => `Expired since ${until}.`,
      issuer: 'Issuer',
      address: 'Address',
      none: 'No certificate seen.',
    },
    checks: {
      title: 'The last looks',
      table: 'Looks, the newest first',
      time: 'Time',
      verdict: 'Verdict',
      status: 'Status',
      total: 'Response',
      show: 'The last fifty looks',
    },
    settings: {
      title: 'How it is looked at',
      on: 'Watch this site',
      onHint: 'Off: nobody looks and nobody is woken.',
      interval: 'How often',
      intervals: (ms) =>
        ms < 60_000
          ? `every ${ms / 1000} seconds`
          : minutesOf(ms) === 1
            ? 'every minute'
            : `every ${minutesOf(ms)} minutes`,
      keyword: 'Text that must be on the page',
      keywordLearnt: (keyword, when) =>
        when === undefined ? `Learnt by itself: “${keyword}”.` : `Learnt by itself on ${when}: “${keyword}”.`,
      keywordLearning: (from, needs) => `Still being learnt: ${from} of ${needs} good looks.`,
      keywordSet: 'Set by somebody.',
      keywordHint:
        'Empty = what the watch learnt itself. Choose something at the foot, so that half a page is noticed.',
      status: 'Expected status',
      statusLearnt: (status) => `Learnt by itself: ${status}.`,
      statusHint: 'Empty = as learnt. 401 for a site behind a password.',
      hosts: 'Addresses at which the front page may end',
      hostsLearnt: (hosts) => `Learnt by itself: ${hosts}.`,
      hostsHint: 'Besides its own; one a line. Any other address counts as an outage.',
      asLearnt: 'as learnt',
      change: 'Change',
      save: 'Save',
      cancel: 'Cancel',
      saved: 'Saved.',
      learnAnew: 'Learn anew',
      learnAnewTitle: 'Forget what the watch has learnt?',
      learnAnewText:
        'Do this after a new design or a move. Until it has learnt again, half a page or a foreign one is noticed less soon.',
      learning: 'The watch learns anew.',
    },
    outages: {
      title: 'Outages',
      table: 'Outages of this site',
      none: 'No outage seen yet.',
      when: 'When',
      what: 'What',
      length: 'How long',
      sms: 'SMS after',
      lasts: 'goes on',
    },
    findings: {
      title: 'What else stands out',
      none: 'Nothing special.',
      looked: 'Looked',
      notYet: 'Nobody has looked yet.',
      lookNow: 'Look now',
      database: 'Database',
      answers: 'answers',
      silent: 'does not answer',
      disk: 'Disk',
      cron: 'Scheduled tasks',
      page: 'Front page',
      domain: 'Domain',
      plugin: 'Plugin',
      pluginSilent: 'did not answer the last time',
      free: (bytes) => `${bytes} free`,
      overdue: (count) =>
        count === 0 ? 'in time' : countInWords(count, 'en', { one: 'task late', other: 'tasks late' }),
    },
  },
});
