import { countInWords, defineWords, durationInWords, type Language } from '../platform/words.ts';
import type { Cause, OwnCause } from './rules/verdict.ts';
import type { Reason } from './rules/confirm.ts';

export type AnyCause = Cause | OwnCause;

/** A reason as the contract has it: what belongs to its code may lack. */
interface ShownReason {
  code: Reason['code'];
  cause?: AnyCause | undefined;
  failures?: number | undefined;
  needed?: number | undefined;
  successes?: number | undefined;
  outages?: number | undefined;
  calmForMs?: number | undefined;
  neededMs?: number | undefined;
}

interface CauseWords {
  /** In a row or an SMS: a few words. `detail`: status, host or code; may be empty. */
  short: (detail: string) => string;
  /** A sentence for who wants to know. */
  says: (detail: string) => string;
}

interface MonitoringWords {
  phases: Record<'well' | 'doubted' | 'out' | 'back', string>;
  verdicts: Record<'up' | 'down' | 'unknown', string>;
  causes: Record<AnyCause, CauseWords>;
  reasons: Record<Reason['code'], (facts: ReasonFacts) => string>;
  inMaintenance: string;
  notWatched: string;
  noWatcher: string;
}

interface ReasonFacts {
  cause: string;
  failures: number;
  needed: number;
  successes: number;
  outages: number;
  calm: string;
  neededCalm: string;
}

const plain = (text: string): (() => string) => {
  return () => text;
};
const same = (short: string, says: string): CauseWords => ({ short: plain(short), says: plain(says) });
const times = { nl: { one: 'keer', other: 'keer' }, en: { one: 'time', other: 'times' } };

export const monitoringWords = defineWords<MonitoringWords>({
  nl: {
    phases: { well: 'bereikbaar', doubted: 'twijfel', out: 'storing', back: 'komt terug' },
    verdicts: { up: 'antwoordt', down: 'antwoordt niet goed', unknown: 'niet te zeggen' },
    inMaintenance: 'wij werken eraan',
    notWatched: 'wordt niet bewaakt',
    noWatcher: 'niemand bewaakt',
    causes: {
      refused: same('verbinding geweigerd', 'De server weigert de verbinding.'),
      reset: same('verbinding verbroken', 'De server verbreekt de verbinding.'),
      unreachable: same('onbereikbaar', 'De server is niet te bereiken.'),
      'dns-gone': same('domeinnaam weg', 'De domeinnaam bestaat niet (meer) in DNS.'),
      'dns-silent': same('DNS zwijgt', 'De naamservers van het domein geven geen antwoord.'),
      'tls-expired': same('certificaat verlopen', 'Het certificaat is verlopen; bezoekers krijgen een waarschuwing.'),
      'tls-wrong-host': same('verkeerd certificaat', 'Het certificaat is van een andere naam.'),
      'tls-untrusted': same(
        'certificaat onbetrouwbaar',
        'Het certificaat komt van een uitgever die browsers niet vertrouwen.',
      ),
      'tls-failed': same('TLS mislukt', 'Een versleutelde verbinding komt niet tot stand.'),
      'too-slow': same('te traag', 'De pagina kwam niet binnen de tijd.'),
      status: {
        short: (detail) => detail || 'foutstatus',
        says: (detail) => `De server antwoordt met status ${detail || 'van een fout'}.`,
      },
      maintenance: same('onderhoudspagina', 'WordPress toont zijn onderhoudspagina.'),
      'database-error': same('databasefout', 'WordPress kan zijn database niet bereiken.'),
      'critical-error': same('kritieke fout', 'WordPress meldt een kritieke fout (PHP).'),
      'white-page': same('witte pagina', 'De pagina is leeg.'),
      'keyword-gone': same('tekst ontbreekt', 'De pagina antwoordt, maar de bekende tekst staat er niet meer op.'),
      'foreign-redirect': {
        short: (detail) => `leidt naar ${detail || 'elders'}`,
        says: (detail) => `De pagina leidt door naar een vreemd adres: ${detail || 'onbekend'}.`,
      },
      'redirect-loop': same('doorverwijzing in een kring', 'De pagina verwijst in een kring door.'),
      'answer-broken': same('kapot antwoord', 'Wat de server antwoordt is geen geldige pagina.'),
      'own-resolver': same('eigen DNS', 'Onze eigen DNS-server geeft geen antwoord.'),
      'own-network': same(
        'eigen netwerk',
        'Ons eigen netwerk is weg: ook adressen die het altijd doen antwoorden niet.',
      ),
      overload: same('overbelast', 'De wacht zelf is overbelast en kan op zijn metingen niet vertrouwen.'),
      'no-check-yet': same('nog niet gekeken', 'Er is nog niet gekeken.'),
    },
    reasons: {
      answers: () => 'De site antwoordt met zijn eigen pagina.',
      blind: ({ cause }) => `De wacht kan het niet zien: ${cause}.`,
      'first-failure': ({ cause }) => `Voor het eerst mis: ${cause}. Er wordt meteen opnieuw gekeken.`,
      'not-yet': ({ failures, needed, cause }) =>
        `${countInWords(failures, 'nl', times.nl)} achter elkaar mis (${cause}); bij ${needed} is het een storing.`,
      'elsewhere-well': ({ cause }) => `Van hier gaat het mis (${cause}), van een tweede plek antwoordt de site wel.`,
      'confirmed-elsewhere': ({ failures, cause }) =>
        `${countInWords(failures, 'nl', times.nl)} achter elkaar mis, en ook van een tweede plek gezien: ${cause}.`,
      'confirmed-alone': ({ failures, cause }) =>
        `${countInWords(failures, 'nl', times.nl)} achter elkaar mis terwijl ons eigen netwerk het doet: ${cause}. Er is geen tweede plek die meekijkt.`,
      'still-out': ({ cause }) => `De storing duurt voort: ${cause}.`,
      'answers-again': ({ successes, needed }) =>
        `De site antwoordt weer: ${successes} van de ${needed} keer die nodig zijn.`,
      flaps: ({ outages, calm, neededCalm }) =>
        `De site valt telkens uit (${outages} keer in een uur). Hij is pas over na ${neededCalm} rust; nu ${calm}.`,
      over: () => 'De storing is voorbij.',
    },
  },
  en: {
    phases: { well: 'reachable', doubted: 'in doubt', out: 'outage', back: 'coming back' },
    verdicts: { up: 'answers', down: 'does not answer well', unknown: 'cannot be told' },
    inMaintenance: 'we are working on it',
    notWatched: 'is not watched',
    noWatcher: 'nobody watches',
    causes: {
      refused: same('connection refused', 'The server refuses the connection.'),
      reset: same('connection reset', 'The server breaks the connection off.'),
      unreachable: same('unreachable', 'The server cannot be reached.'),
      'dns-gone': same('domain name gone', 'The domain name is not (or no longer) in DNS.'),
      'dns-silent': same('DNS is silent', 'The name servers of the domain do not answer.'),
      'tls-expired': same('certificate expired', 'The certificate has expired; visitors get a warning.'),
      'tls-wrong-host': same('wrong certificate', 'The certificate is for another name.'),
      'tls-untrusted': same('certificate not trusted', 'The certificate is from an issuer that browsers do not trust.'),
      'tls-failed': same('TLS failed', 'An encrypted connection does not come about.'),
      'too-slow': same('too slow', 'The page did not come in time.'),
      status: {
        short: (detail) => detail || 'error status',
        says: (detail) => `The server answers with status ${detail || 'of an error'}.`,
      },
      maintenance: same('maintenance page', 'WordPress shows its maintenance page.'),
      'database-error': same('database error', 'WordPress cannot reach its database.'),
      'critical-error': same('critical error', 'WordPress reports a critical error (PHP).'),
      'white-page': same('white page', 'The page is empty.'),
      'keyword-gone': same('text is missing', 'The page answers, but the known text is not on it any more.'),
      'foreign-redirect': {
        short: (detail) => `leads to ${detail || 'elsewhere'}`,
        says: (detail) => `The page leads to a foreign address: ${detail || 'unknown'}.`,
      },
      'redirect-loop': same('redirect loop', 'The page redirects in a circle.'),
      'answer-broken': same('broken answer', 'What the server answers is no valid page.'),
      'own-resolver': same('our DNS', 'Our own DNS server does not answer.'),
      'own-network': same('our network', 'Our own network is gone: addresses that always work do not answer either.'),
      overload: same('overloaded', 'The watch itself is overloaded and cannot trust what it measures.'),
      'no-check-yet': same('not looked yet', 'Nobody has looked yet.'),
    },
    reasons: {
      answers: () => 'The site answers with its own page.',
      blind: ({ cause }) => `The watch cannot see it: ${cause}.`,
      'first-failure': ({ cause }) => `Wrong for the first time: ${cause}. It is looked at again at once.`,
      'not-yet': ({ failures, needed, cause }) =>
        `Wrong ${countInWords(failures, 'en', times.en)} in a row (${cause}); ${needed} make an outage.`,
      'elsewhere-well': ({ cause }) => `From here it fails (${cause}); from a second place the site answers.`,
      'confirmed-elsewhere': ({ failures, cause }) =>
        `Wrong ${countInWords(failures, 'en', times.en)} in a row, and seen from a second place as well: ${cause}.`,
      'confirmed-alone': ({ failures, cause }) =>
        `Wrong ${countInWords(failures, 'en', times.en)} in a row while our own network works: ${cause}. No second place looks along.`,
      'still-out': ({ cause }) => `The outage goes on: ${cause}.`,
      'answers-again': ({ successes, needed }) =>
        `The site answers again: ${successes} of the ${needed} times that it takes.`,
      flaps: ({ outages, calm, neededCalm }) =>
        `The site goes out again and again (${outages} times in an hour). It is over only after ${neededCalm} of calm; now ${calm}.`,
      over: () => 'The outage is over.',
    },
  },
});

/** A few words such as 'database error' or '500'. */
export function causeInWords(cause: AnyCause, detail: string | null, language: Language): string {
  return monitoringWords(language).causes[cause].short(detail ?? '');
}

/** What the rule of confirmation decided, as a sentence. `detail` goes with the cause. */
export function watchReasonInWords(reason: ShownReason, detail: string | null, language: Language): string {
  const words = monitoringWords(language);
  return words.reasons[reason.code]({
    cause: reason.cause === undefined ? '' : causeInWords(reason.cause, detail, language),
    failures: reason.failures ?? 0,
    needed: reason.needed ?? 0,
    successes: reason.successes ?? 0,
    outages: reason.outages ?? 0,
    calm: durationInWords(reason.calmForMs ?? 0),
    neededCalm: durationInWords(reason.neededMs ?? 0),
  });
}
