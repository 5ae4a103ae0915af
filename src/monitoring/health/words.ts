import {
  bytesInWords,
  countInWords,
  defineWords,
  durationInWords,
  numberInWords,
  type Language,
} from '../../platform/words.ts';
import type { FindingCode, FindingFacts, FindingReason } from './rules/finding.ts';

/** Facts as words: a fact that is not there is an empty text. */
type Facts = (name: string) => string;

interface FindingWords {
  /** In a row of a list: two or three words. */
  short: (facts: Facts) => string;
  /** The rest of a sentence that begins with the site's name. */
  says: (facts: Facts) => string;
  /** What to do about it. */
  next: (facts: Facts) => string;
}

interface HealthWords {
  findings: Record<FindingCode, FindingWords>;
  reasons: Record<FindingReason['code'], (facts: Facts) => string>;
  /** Numbers that are counted, by the fact's name. */
  nouns: Record<'failures' | 'count' | 'days' | 'paused' | 'overdue', { one: string; other: string }>;
  places: Record<string, string>;
}

export const healthWords = defineWords<HealthWords>({
  nl: {
    nouns: {
      failures: { one: 'keer', other: 'keer' },
      count: { one: 'keer', other: 'keer' },
      days: { one: 'dag', other: 'dagen' },
      paused: { one: 'onderdeel', other: 'onderdelen' },
      overdue: { one: 'geplande taak', other: 'geplande taken' },
    },
    places: {
      setting: 'de instelling van WordPress',
      page: 'de pagina zelf',
      plugin: 'de plugin',
      registry: 'het register van domeinnamen',
      dns: 'DNS',
      wordpress: 'WordPress',
      certificate: 'certificaat loopt bijna af',
    },
    findings: {
      'database-gone': {
        short: () => 'database weg, pagina uit cache',
        says: () => 'kan zijn database niet bereiken; bezoekers zien nog een bewaarde pagina.',
        next: (fact) =>
          `Laat de hoster naar de databaseserver kijken${fact('error') === '' ? '' : ` (fout ${fact('error')})`}. Bestellen, inloggen en formulieren doen het nu niet.`,
      },
      'database-slow': {
        short: (fact) => `database traag: ${fact('ms')} ms`,
        says: (fact) => `heeft een database die er ${fact('ms')} ms over doet om te antwoorden.`,
        next: () => 'Vraag de hoster naar de belasting van de databaseserver.',
      },
      'plugin-silent': {
        short: () => 'plugin zwijgt',
        says: () => 'antwoordt niet meer op onze plugin, terwijl de pagina het doet.',
        next: (fact) => `Kijk of de plugin nog actief is en of een firewall ons tegenhoudt (${fact('error')}).`,
      },
      'disk-low': {
        short: (fact) => `schijf bijna vol: ${fact('free')} vrij`,
        says: (fact) => `heeft nog ${fact('free')} schijfruimte vrij.`,
        next: () => 'Ruim op of vraag de hoster om ruimte: een volle schijf legt de site stil.',
      },
      'php-fatals': {
        short: (fact) => `PHP-fouten, ${fact('count')}`,
        says: (fact) => `had ${fact('count')} een fatale PHP-fout${fact('where') && ` in ${fact('where')}`}.`,
        next: (fact) => (fact('message') ? `De laatste: ${fact('message')}` : 'Kijk in het foutenlogboek van de site.'),
      },
      'recovery-mode': {
        short: () => 'plugin stilgezet door WordPress',
        says: (fact) => `kreeg na een fout ${fact('paused')} door WordPress zelf stilgezet.`,
        next: () => 'Werk het onderdeel bij of zet het uit, en hervat het in WordPress.',
      },
      'cron-late': {
        short: (fact) => `taken lopen achter: ${fact('oldest')}`,
        says: (fact) => `heeft ${fact('overdue')} niet gedaan; de oudste wacht ${fact('oldest')}.`,
        next: (fact) =>
          fact('disabled') === ''
            ? 'Geplande berichten en bestelmails blijven liggen. Kijk of WP-Cron loopt.'
            : 'DISABLE_WP_CRON staat aan: zet bij de hoster een echte cronjob die wp-cron.php aanroept.',
      },
      'maintenance-left': {
        short: () => 'onderhoudsbestand achtergebleven',
        says: (fact) => `heeft al ${fact('age')} een achtergebleven .maintenance-bestand.`,
        next: () => 'Een update is half afgebroken: kijk wat er is bijgewerkt en verwijder het bestand.',
      },
      'clock-off': {
        short: (fact) => `klok wijkt ${fact('off')} af`,
        says: (fact) => `heeft een klok die ${fact('off')} afwijkt.`,
        next: () => 'Vraag de hoster de tijd van de server gelijk te zetten.',
      },
      noindex: {
        short: () => 'onzichtbaar voor zoekmachines',
        says: () => 'vraagt zoekmachines sinds kort om weg te blijven (noindex).',
        next: (fact) =>
          `Gezien in ${fact('by')}. Is dat niet de bedoeling: Instellingen > Lezen > Zichtbaarheid voor zoekmachines.`,
      },
      'home-changed': {
        short: () => 'siteadres veranderd',
        says: (fact) => `heeft een ander adres in WordPress gekregen: ${fact('now')}.`,
        next: (fact) => `Het was ${fact('was')}. Deed niemand van jullie dit, behandel de site dan als gehackt.`,
      },
      'size-collapse': {
        short: (fact) => `pagina gekrompen tot ${fact('bytes')}`,
        says: (fact) => `heeft een voorpagina van nog maar ${fact('bytes')}, tegen gewoonlijk ${fact('usual')}.`,
        next: () => 'Open de pagina en kijk wat er ontbreekt.',
      },
      'login-broken': {
        short: (fact) => `inloggen kapot (${fact('status')})`,
        says: (fact) => `geeft op de inlogpagina een fout (${fact('status')}).`,
        next: () => 'Kijk in het foutenlogboek van de site; de klant kan nu niet inloggen.',
      },
      'rest-broken': {
        short: (fact) => `REST kapot (${fact('status')})`,
        says: (fact) => `geeft op zijn REST-adres een fout (${fact('status')}).`,
        next: () => 'De editor en veel plugins werken dan niet. Kijk in het foutenlogboek van de site.',
      },
      'certificate-ends': {
        short: (fact) => `certificaat: nog ${fact('days')}`,
        says: (fact) => `heeft een certificaat dat over ${fact('days')} verloopt.`,
        next: (fact) => `Uitgegeven door ${fact('issuer')}. Het vernieuwen is blijkbaar gestopt: kijk bij de hoster.`,
      },
      'name-servers-changed': {
        short: () => 'nameservers veranderd',
        says: (fact) => `heeft andere nameservers gekregen: ${fact('now')}.`,
        next: (fact) => `Het waren ${fact('was')}. Vraag de klant of hij het domein verhuisd heeft.`,
      },
      'domain-expires': {
        short: (fact) => `domein: nog ${fact('days')}`,
        says: (fact) => `heeft een domeinnaam (${fact('name')}) die over ${fact('days')} verloopt.`,
        next: () => 'Laat de eigenaar het domein verlengen.',
      },
      'domain-hold': {
        short: () => 'domein stilgezet',
        says: (fact) => `heeft een domeinnaam (${fact('name')}) die is stilgezet: ${fact('status')}.`,
        next: () => 'Bel de registrar: een onbetaalde rekening of een onbevestigd adres is de gewone oorzaak.',
      },
      'domain-ending': {
        short: () => 'domein wordt opgeheven',
        says: (fact) => `heeft een domeinnaam (${fact('name')}) die wordt opgeheven: ${fact('status')}.`,
        next: () => 'Laat de eigenaar hem vandaag nog bij de registrar terughalen.',
      },
      'domain-gone': {
        short: () => 'domein weg',
        says: (fact) => `heeft een domeinnaam (${fact('name')}) die niet meer is geregistreerd.`,
        next: () => 'Laat de eigenaar hem meteen opnieuw registreren, voor een ander dat doet.',
      },
    },
    reasons: {
      'behind-cache': (fact) =>
        `${fact('failures')} achter elkaar, ${fact('forMs')} lang, terwijl de openbare pagina nog goed antwoordde.`,
      'page-unseen': (fact) =>
        `${fact('failures')} achter elkaar, ${fact('forMs')} lang; de openbare pagina kon niet bekeken worden.`,
      'in-a-row': (fact) => `${fact('failures')} achter elkaar, ${fact('forMs')} lang.`,
      below: (fact) => `De grens is ${fact('limit')}.`,
      above: (fact) => `De grens is ${fact('limit')}.`,
      'was-otherwise': (fact) => `Eerder was het: ${fact('was')}.`,
      'said-so': (fact) => `Dat zegt ${fact('by')}.`,
    },
  },
  en: {
    nouns: {
      failures: { one: 'time', other: 'times' },
      count: { one: 'time', other: 'times' },
      days: { one: 'day', other: 'days' },
      paused: { one: 'part', other: 'parts' },
      overdue: { one: 'scheduled task', other: 'scheduled tasks' },
    },
    places: {
      setting: 'the setting of WordPress',
      page: 'the page itself',
      plugin: 'the plugin',
      registry: 'the registry of domain names',
      dns: 'DNS',
      wordpress: 'WordPress',
      certificate: 'certificate is about to end',
    },
    findings: {
      'database-gone': {
        short: () => 'database gone, page from cache',
        says: () => 'cannot reach its database; visitors still see a stored page.',
        next: (fact) =>
          `Have the host look at the database server${fact('error') === '' ? '' : ` (error ${fact('error')})`}. Orders, sign-in and forms do not work now.`,
      },
      'database-slow': {
        short: (fact) => `database slow: ${fact('ms')} ms`,
        says: (fact) => `has a database that takes ${fact('ms')} ms to answer.`,
        next: () => 'Ask the host for the load of the database server.',
      },
      'plugin-silent': {
        short: () => 'plugin is silent',
        says: () => 'does not answer through our plugin any more, while its page does.',
        next: (fact) =>
          `See whether the plugin is still active and whether a firewall keeps us out (${fact('error')}).`,
      },
      'disk-low': {
        short: (fact) => `disk nearly full: ${fact('free')} free`,
        says: (fact) => `has ${fact('free')} of free disk left.`,
        next: () => 'Make room or ask the host for more: a full disk stops the site.',
      },
      'php-fatals': {
        short: (fact) => `PHP errors, ${fact('count')}`,
        says: (fact) => `had a fatal PHP error ${fact('count')}${fact('where') && ` in ${fact('where')}`}.`,
        next: (fact) => (fact('message') ? `The last one: ${fact('message')}` : 'Look at the error log of the site.'),
      },
      'recovery-mode': {
        short: () => 'plugin paused by WordPress',
        says: (fact) => `has ${fact('paused')} that WordPress itself paused after an error.`,
        next: () => 'Update the part or turn it off, and resume it in WordPress.',
      },
      'cron-late': {
        short: (fact) => `tasks are late: ${fact('oldest')}`,
        says: (fact) => `has not done ${fact('overdue')}; the oldest waits for ${fact('oldest')}.`,
        next: (fact) =>
          fact('disabled') === ''
            ? 'Scheduled posts and order mails stay where they are. See whether WP-Cron runs.'
            : 'DISABLE_WP_CRON is on: set up a real cron job at the host that calls wp-cron.php.',
      },
      'maintenance-left': {
        short: () => 'maintenance file left behind',
        says: (fact) => `has had a .maintenance file left behind for ${fact('age')}.`,
        next: () => 'An update broke off half-way: see what was updated and remove the file.',
      },
      'clock-off': {
        short: (fact) => `clock is ${fact('off')} off`,
        says: (fact) => `has a clock that is ${fact('off')} off.`,
        next: () => "Ask the host to set the server's time.",
      },
      noindex: {
        short: () => 'hidden from search engines',
        says: () => 'asks search engines to stay away since lately (noindex).',
        next: (fact) => `Seen in ${fact('by')}. If that is not meant: Settings > Reading > Search engine visibility.`,
      },
      'home-changed': {
        short: () => 'site address changed',
        says: (fact) => `got another address in WordPress: ${fact('now')}.`,
        next: (fact) => `It was ${fact('was')}. If none of you did this, treat the site as broken into.`,
      },
      'size-collapse': {
        short: (fact) => `page shrunk to ${fact('bytes')}`,
        says: (fact) => `has a front page of only ${fact('bytes')}; it usually is ${fact('usual')}.`,
        next: () => 'Open the page and see what is missing.',
      },
      'login-broken': {
        short: (fact) => `sign-in broken (${fact('status')})`,
        says: (fact) => `answers with an error on its sign-in page (${fact('status')}).`,
        next: () => 'Look at the error log of the site; the customer cannot sign in now.',
      },
      'rest-broken': {
        short: (fact) => `REST broken (${fact('status')})`,
        says: (fact) => `answers with an error on its REST address (${fact('status')}).`,
        next: () => 'The editor and many plugins do not work then. Look at the error log of the site.',
      },
      'certificate-ends': {
        short: (fact) => `certificate: ${fact('days')} left`,
        says: (fact) => `has a certificate that ends in ${fact('days')}.`,
        next: (fact) => `Issued by ${fact('issuer')}. Its renewal seems to have stopped: look at the host.`,
      },
      'name-servers-changed': {
        short: () => 'name servers changed',
        says: (fact) => `got other name servers: ${fact('now')}.`,
        next: (fact) => `They were ${fact('was')}. Ask the customer whether he moved the domain.`,
      },
      'domain-expires': {
        short: (fact) => `domain: ${fact('days')} left`,
        says: (fact) => `has a domain name (${fact('name')}) that ends in ${fact('days')}.`,
        next: () => 'Have its owner renew the domain.',
      },
      'domain-hold': {
        short: () => 'domain on hold',
        says: (fact) => `has a domain name (${fact('name')}) that is on hold: ${fact('status')}.`,
        next: () => 'Call the registrar: an unpaid bill or an unconfirmed address is the usual cause.',
      },
      'domain-ending': {
        short: () => 'domain is being deleted',
        says: (fact) => `has a domain name (${fact('name')}) that is being deleted: ${fact('status')}.`,
        next: () => 'Have its owner take it back at the registrar today.',
      },
      'domain-gone': {
        short: () => 'domain gone',
        says: (fact) => `has a domain name (${fact('name')}) that is not registered any more.`,
        next: () => 'Have its owner register it again at once, before somebody else does.',
      },
    },
    reasons: {
      'behind-cache': (fact) =>
        `${fact('failures')} in a row, for ${fact('forMs')}, while the public page still answered well.`,
      'page-unseen': (fact) =>
        `${fact('failures')} in a row, for ${fact('forMs')}; the public page could not be looked at.`,
      'in-a-row': (fact) => `${fact('failures')} in a row, for ${fact('forMs')}.`,
      below: (fact) => `The limit is ${fact('limit')}.`,
      above: (fact) => `The limit is ${fact('limit')}.`,
      'was-otherwise': (fact) => `It was: ${fact('was')}.`,
      'said-so': (fact) => `Says ${fact('by')}.`,
    },
  },
});

interface ShownFinding {
  code: FindingCode;
  facts: FindingFacts;
  reason: { code: FindingReason['code'] } & Record<string, unknown>;
}

export interface FindingInWords {
  short: string;
  /** After the site's name. */
  says: string;
  why: string;
  next: string;
}

const byteFacts = new Set(['free', 'bytes', 'usual']);
const secondFacts = new Set(['oldest', 'age', 'off']);

/** A finding as words for who reads it. */
export function findingInWords(finding: ShownFinding, language: Language): FindingInWords {
  const words = healthWords(language);
  const plain = (name: string, value: unknown, isBytes: boolean): string => {
    if (value === null || value === undefined || value === false) return '';
    if (typeof value === 'number') {
      if (byteFacts.has(name) || isBytes) return bytesInWords(value, language);
      if (secondFacts.has(name)) return durationInWords(value * 1000);
      const noun = Object.entries(words.nouns).find(([key]) => key === name)?.[1];
      return noun ? countInWords(value, language, noun) : numberInWords(value, language);
    }
    if (name === 'by' && typeof value === 'string') return words.places[value] ?? value;
    return typeof value === 'string' ? value : 'x';
  };
  const fact: Facts = (name) => plain(name, finding.facts[name], false);
  const isBytes = finding.code === 'disk-low' || finding.code === 'size-collapse';
  const isSeconds = finding.code === 'cron-late' || finding.code === 'clock-off' || finding.code === 'maintenance-left';
  const isDays = finding.code === 'certificate-ends' || finding.code === 'domain-expires';
  const reason: Facts = (name) => {
    const value = finding.reason[name];
    if (name === 'forMs' && typeof value === 'number') return durationInWords(value);
    if (name === 'limit' && typeof value === 'number' && isSeconds) return durationInWords(value * 1000);
    if (name === 'limit' && isDays) return plain('days', value, false);
    return plain(name, value, isBytes);
  };
  const own = words.findings[finding.code];
  return {
    short: own.short(fact),
    says: own.says(fact),
    next: own.next(fact),
    why: words.reasons[finding.reason.code](reason),
  };
}

/** What an urgent finding is, in the few words of an SMS; empty for what is none. */
export function findingShort(code: string, language: Language): string {
  const { findings, places } = healthWords(language);
  if (code === 'certificate-ends') return places['certificate'] ?? '';
  const own = Object.entries(findings).find(([name]) => name === code)?.[1];
  return own?.short(() => '') ?? '';
}
