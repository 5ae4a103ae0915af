import { countInWords, defineWords, type Language } from '../platform/words.ts';
import type { Incident, TimelineEntry } from './contract.ts';

type Kind = Incident['kind'];

interface IncidentWords {
  kinds: Record<Kind, string>;
  urgency: Record<'high' | 'low', string>;
  /** What is the matter, in one sentence; `what`: host of the site, or what it is about; `cause`: in words, may be empty. */
  sentence: Record<Kind, (what: string, cause: string) => string>;
  group: (sites: string, place: string) => string;
  sites: { one: string; other: string };
  entries: Record<TimelineEntry['kind'], (given: EntryFacts) => string>;
  means: Record<'sms' | 'call' | 'push' | 'webhook' | 'email', string>;
  by: Record<string, string>;
  changes: Record<'backup' | 'backup-failed' | 'restore' | 'restore-failed' | 'inventory' | 'settings', string>;
}

/** What a line of the timeline may name; absent ones are ''. */
interface EntryFacts {
  who: string;
  /** Whom something was sent to. */
  to: string;
  means: string;
  provider: string;
  site: string;
  cause: string;
  text: string;
  problem: string;
  how: string;
}

export const incidentWords = defineWords<IncidentWords>({
  nl: {
    kinds: {
      outage: 'storing',
      group: 'storing bij een hoster',
      partial: 'alleen hier onbereikbaar',
      duty: 'belofte te laat',
      blind: 'de wacht ziet niets',
      channel: 'alarmweg kapot',
      probe: 'tweede plek zwijgt',
      rota: 'gat in het rooster',
      finding: 'bevinding',
      drill: 'oefening',
    },
    urgency: { high: 'dringend', low: 'kan wachten tot kantooruren' },
    sentence: {
      outage: (what, cause) => (cause ? `${what}: ${cause}.` : `${what} is niet bereikbaar.`),
      group: (what) => `${what} vallen samen uit.`,
      partial: (what) => `${what} is van hieruit niet bereikbaar, van elders wel.`,
      duty: (what, cause) => `${cause || 'Een belofte'} voor ${what} is niet op tijd gedaan.`,
      blind: (_what, cause) => `De wacht kan niet zien of de sites het doen${cause ? `: ${cause}` : ''}.`,
      channel: (what) => `Alarmen gaan niet meer uit over ${what || 'een van de wegen'}.`,
      probe: (what) => `De tweede plek ${what} laat niets van zich horen.`,
      rota: (who) =>
        who ? `${who} heeft dienst zonder telefoonnummer.` : 'Er komt een tijd waarin niemand dienst heeft.',
      finding: (what, cause) => `${what}: ${cause || 'er is iets dat niet kan wachten'}.`,
      drill: () => 'Brandoefening: onze eigen proefsite is met opzet uitgevallen.',
    },
    group: (sites, place) => `${sites} op ${place}`,
    sites: { one: 'site', other: 'sites' },
    entries: {
      'first-failure': ({ site, cause }) => `Eerste keer mis${site ? ` bij ${site}` : ''}: ${cause}.`,
      confirmed: ({ site, cause }) => `Bevestigd als storing${site ? ` van ${site}` : ''}: ${cause}.`,
      opened: () => 'Geopend.',
      'site-out': ({ site }) => `${site || 'Een site'} hoort erbij.`,
      'site-back': ({ site }) => `${site || 'Een site'} antwoordt weer.`,
      merged: () => 'Samengevoegd met de storing van dezelfde server.',
      split: ({ site }) => `De rest van de server is terug; ${site || 'deze site'} blijft achter.`,
      asked: ({ to, how }) => `${to} gevraagd${how ? ` (${how})` : ''}.`,
      'not-sent': ({ text }) => `Er kon niets worden verstuurd: ${text}.`,
      'given-up': () => 'Alle bewakers zijn vergeefs gevraagd.',
      acknowledged: ({ who, how }) => `${who} pakt het${how ? ` (${how})` : ''}.`,
      'acknowledged-late': ({ who }) => `${who} wilde het ook pakken; het was al opgepakt.`,
      'handed-over': ({ who }) => `${who} geeft het door.`,
      'said-done': ({ who }) => `${who} zegt dat het klaar is.`,
      note: ({ who, text }) => `${who}: ${text}`,
      cause: ({ who, text }) => (text ? `${who} noteert de oorzaak: ${text}` : `${who} haalt de oorzaak weg.`),
      fixed: () => 'De site antwoordt weer.',
      resolved: ({ who }) => (who ? `Voorbij, zegt ${who}.` : 'Voorbij.'),
      reopened: ({ who }) => `${who} opent het opnieuw.`,
      queued: ({ means, to }) => `${means} aan ${to} staat klaar.`,
      accepted: ({ means, to, provider }) => `${means} aan ${to} aangenomen door ${provider}.`,
      delivered: ({ means, to }) => `${means} aan ${to} bezorgd.`,
      failed: ({ means, to, provider, problem }) =>
        `${means} aan ${to} mislukt bij ${provider}${problem ? ` (${problem})` : ''}.`,
      unsure: ({ means, to }) => `Niet zeker of ${means} aan ${to} is vertrokken.`,
    },
    means: { sms: 'SMS', call: 'telefoontje', push: 'pushbericht', webhook: 'webhook', email: 'mail' },
    by: {
      sms: 'per SMS',
      link: 'via de link',
      console: 'op het scherm',
      call: 'aan de telefoon',
      command: 'met een opdracht',
    },
    changes: {
      backup: 'laatste backup',
      'backup-failed': 'backup mislukt',
      restore: 'teruggezet',
      'restore-failed': 'terugzetten mislukt',
      inventory: 'andere versies',
      settings: 'instellingen gewijzigd',
    },
  },
  en: {
    kinds: {
      outage: 'outage',
      group: 'outage at a hoster',
      partial: 'unreachable from here only',
      duty: 'promise overdue',
      blind: 'the watch sees nothing',
      channel: 'alarm path broken',
      probe: 'second location silent',
      rota: 'hole in the rota',
      finding: 'finding',
      drill: 'drill',
    },
    urgency: { high: 'urgent', low: 'can wait for office hours' },
    sentence: {
      outage: (what, cause) => (cause ? `${what}: ${cause}.` : `${what} cannot be reached.`),
      group: (what) => `${what} go down together.`,
      partial: (what) => `${what} cannot be reached from here, but can from elsewhere.`,
      duty: (what, cause) => `${cause || 'A promise'} for ${what} was not kept in time.`,
      blind: (_what, cause) => `The watch cannot see how the sites are${cause ? `: ${cause}` : ''}.`,
      channel: (what) => `Alarms no longer go out over ${what || 'one of the paths'}.`,
      probe: (what) => `The second location ${what} is silent.`,
      rota: (who) =>
        who ? `${who} is on duty without a phone number.` : 'There will be a time in which nobody is on duty.',
      finding: (what, cause) => `${what}: ${cause || 'there is something that cannot wait'}.`,
      drill: () => 'Fire drill: our own trial site went down on purpose.',
    },
    group: (sites, place) => `${sites} at ${place}`,
    sites: { one: 'site', other: 'sites' },
    entries: {
      'first-failure': ({ site, cause }) => `First failure${site ? ` of ${site}` : ''}: ${cause}.`,
      confirmed: ({ site, cause }) => `Confirmed as an outage${site ? ` of ${site}` : ''}: ${cause}.`,
      opened: () => 'Opened.',
      'site-out': ({ site }) => `${site || 'A site'} belongs to it.`,
      'site-back': ({ site }) => `${site || 'A site'} answers again.`,
      merged: () => 'Merged into the outage of the same server.',
      split: ({ site }) => `The rest of the server is back; ${site || 'this site'} stays behind.`,
      asked: ({ to, how }) => `${to} was asked${how ? ` (${how})` : ''}.`,
      'not-sent': ({ text }) => `Nothing could be sent: ${text}.`,
      'given-up': () => 'All guards were asked in vain.',
      acknowledged: ({ who, how }) => `${who} takes it${how ? ` (${how})` : ''}.`,
      'acknowledged-late': ({ who }) => `${who} wanted to take it as well; it was taken already.`,
      'handed-over': ({ who }) => `${who} hands it over.`,
      'said-done': ({ who }) => `${who} says that it is done.`,
      note: ({ who, text }) => `${who}: ${text}`,
      cause: ({ who, text }) => (text ? `${who} notes the cause: ${text}` : `${who} takes the cause away.`),
      fixed: () => 'The site answers again.',
      resolved: ({ who }) => (who ? `Over, says ${who}.` : 'Over.'),
      reopened: ({ who }) => `${who} opens it again.`,
      queued: ({ means, to }) => `${means} to ${to} is ready to go.`,
      accepted: ({ means, to, provider }) => `${means} to ${to} accepted by ${provider}.`,
      delivered: ({ means, to }) => `${means} to ${to} delivered.`,
      failed: ({ means, to, provider, problem }) =>
        `${means} to ${to} failed at ${provider}${problem ? ` (${problem})` : ''}.`,
      unsure: ({ means, to }) => `Not certain whether the ${means} to ${to} has left.`,
    },
    means: { sms: 'SMS', call: 'call', push: 'push message', webhook: 'webhook', email: 'mail' },
    by: { sms: 'by SMS', link: 'by the link', console: 'on screen', call: 'on the phone', command: 'by a command' },
    changes: {
      backup: 'last backup',
      'backup-failed': 'backup failed',
      restore: 'restored',
      'restore-failed': 'restore failed',
      inventory: 'other versions',
      settings: 'settings changed',
    },
  },
});

/** `cause`: in words already (monitoring/words.ts or those of its kind). `host`: of a URL of a site. */
export function incidentInWords(
  incident: Pick<Incident, 'kind' | 'title' | 'sites' | 'siteCount'>,
  language: Language,
  cause: string,
): string {
  const words = incidentWords(language);
  const [first] = incident.sites;
  const value = incident.title['value'];
  const what =
    incident.kind === 'group'
      ? words.group(countInWords(incident.siteCount, language, words.sites), typeof value === 'string' ? value : '')
      : first
        ? hostOf(first.url)
        : textOf(incident.title['name']);
  const sentence = words.sentence[incident.kind](what, cause);
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** One line of a timeline. `cause`: the cause that it names, in words. */
export function entryInWords(entry: TimelineEntry, language: Language, cause: string): string {
  const words = incidentWords(language);
  const { message } = entry;
  const by = textOf(entry.facts['by']);
  return words.entries[entry.kind]({
    who: entry.by.kind === 'house' ? '' : entry.by.name,
    to: message ? (message.guard ?? message.to) : textOf(entry.facts['to']),
    means: message ? words.means[message.means] : '',
    provider: message?.provider ?? '',
    site: entry.site ? hostOf(entry.site.url) : '',
    cause,
    text: textOf(entry.facts['text'] ?? entry.facts['why']),
    problem: message?.problem ?? '',
    how: words.by[by] ?? '',
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
