import { defineWords, percentInWords, type Language } from '../platform/words.ts';
import type { NextAction } from './rules/gather-waiting.ts';
import type { ReasonCode, SiteState } from './rules/site-state.ts';

/** A reason as the contract has it; `since` is a moment in ISO 8601. */
interface ShownReason {
  code: ReasonCode | 'keys-not-exported' | 'request';
  since?: string | undefined;
  duty?: string | undefined;
  saga?: string | undefined;
  share?: number | undefined;
  alarm?: string | undefined;
  until?: string | undefined;
  finding?: Record<Language, { short: string; says: string }> | undefined;
}

interface Facts {
  duty: string;
  work: string;
  share: string;
  alarm: string;
  /** Of a finding: its words; empty when they are not there. */
  found: { short: string; says: string };
  /** The moment of `since`, or of `until`, in words; empty when there is none. */
  since: string;
}

/** How one reason is told. */
interface ReasonWords {
  /** In a row of the list: two or three words. */
  short: (facts: Facts) => string;
  /** Before the sentence, beside its mark: one word. */
  mark: string;
  /** The rest of the sentence after the site's name, or after 'four sites'. */
  one: (facts: Facts) => string;
  many: (facts: Facts) => string;
  /** Why it matters, or since when: a sentence; empty = nothing to add. */
  why: (facts: Facts) => string;
}

interface OverviewWords {
  states: Record<SiteState, string>;
  reasons: Record<ShownReason['code'], ReasonWords>;
  actions: Record<NextAction, string>;
  /** `4 sites`; the number in words too. */
  sites: (count: number, number: string) => string;
  work: Record<string, string>;
  duties: Record<string, string>;
}

const none = (): string => '';

export const overviewWords = defineWords<OverviewWords>({
  nl: {
    states: {
      broken: 'niet in orde',
      unsure: 'niet te zeggen',
      waits: 'vraagt aandacht',
      working: 'bezig',
      well: 'in orde',
    },
    sites: (count, number) => (count === 1 ? 'Eén site' : `${number} sites`),
    actions: {
      'back-up': 'Backup nu',
      pair: 'Koppelen',
      look: 'Bekijken',
      'see-list': 'Lijst bekijken',
      'export-keys': 'Sleutels bewaren',
      'see-request': 'Oppakken',
    },
    work: {
      'backup-site': 'backup',
      'restore-site': 'terugzetten',
      'restore-to-folder': 'terugzetten in een map',
      'trial-restore': 'proef met terugzetten',
      'verify-slice': 'teruglezen van backups',
      'tidy-repository': 'opruimen van backups',
      'measure-site': 'meten',
    },
    duties: { 'backup-daily': 'dagelijkse backup', 'backup-hourly': 'backup van elk uur' },
    reasons: {
      out: {
        short: () => 'storing',
        mark: 'Storing',
        one: () => 'heeft een storing.',
        many: () => 'hebben een storing.',
        why: ({ since }) => `Sinds ${since}.`,
      },
      'finding-urgent': {
        short: ({ found }) => found.short || 'kan niet wachten',
        mark: 'Dringend',
        one: ({ found }) => found.says || 'heeft iets dat niet kan wachten.',
        many: ({ found }) => `hebben hetzelfde: ${found.short || 'iets dat niet kan wachten'}.`,
        why: ({ since }) => `Sinds ${since}.`,
      },
      finding: {
        short: ({ found }) => found.short || 'vraagt aandacht',
        mark: 'Gezien',
        one: ({ found }) => found.says || 'heeft iets dat aandacht vraagt.',
        many: ({ found }) => `hebben hetzelfde: ${found.short || 'iets dat aandacht vraagt'}.`,
        why: ({ since }) => `Sinds ${since}.`,
      },
      'backup-damaged': {
        short: () => 'backup beschadigd',
        mark: 'Beschadigd',
        one: () => 'heeft beschadigde gegevens in zijn backups.',
        many: () => 'hebben beschadigde gegevens in hun backups.',
        why: ({ since }) =>
          `Bij het nakijken gezien, ${since}. Maak een nieuwe backup en kijk welke snapshots het raakt.`,
      },
      'restore-failed': {
        short: () => 'terugzetten mislukt',
        mark: 'Mislukt',
        one: () => 'kon niet worden teruggezet.',
        many: () => 'konden niet worden teruggezet.',
        why: ({ since }) => `Geprobeerd ${since}.`,
      },
      'duty-overdue': {
        short: ({ duty }) => `te laat: ${duty}`,
        mark: 'Te laat',
        one: ({ duty }) => `kreeg niet op tijd de ${duty}.`,
        many: ({ duty }) => `kregen niet op tijd de ${duty}.`,
        why: ({ since }) => `Had klaar moeten zijn: ${since}.`,
      },
      'backup-failed': {
        short: () => 'backup mislukt',
        mark: 'Mislukt',
        one: () => 'heeft een backup die mislukte.',
        many: () => 'hebben een backup die mislukte.',
        why: ({ since }) => `Sinds ${since}.`,
      },
      'backup-incomplete': {
        short: () => 'backup onvolledig',
        mark: 'Onvolledig',
        one: () => 'heeft een backup waarin iets ontbreekt.',
        many: () => 'hebben een backup waarin iets ontbreekt.',
        why: ({ since }) => `Sinds ${since}. Bij de snapshot staat wat niet te lezen was, en waarom.`,
      },
      'work-failed': {
        short: ({ work }) => `mislukt: ${work}`,
        mark: 'Mislukt',
        one: ({ work }) => `had werk dat mislukte: ${work}.`,
        many: ({ work }) => `hadden werk dat mislukte: ${work}.`,
        why: ({ since }) => `Sinds ${since}.`,
      },
      'backup-old': {
        short: () => 'laatste backup te oud',
        mark: 'Te oud',
        one: () => 'heeft al te lang geen goede backup gekregen.',
        many: () => 'hebben al te lang geen goede backup gekregen.',
        why: ({ since }) => `De laatste goede is van ${since}.`,
      },
      alarm: {
        short: ({ alarm }) => `alarm: ${alarm}`,
        mark: 'Alarm',
        one: ({ alarm }) => `heeft een alarm: ${alarm}.`,
        many: ({ alarm }) => `hebben een alarm: ${alarm}.`,
        why: ({ since }) => `Sinds ${since}.`,
      },
      'not-paired': {
        short: () => 'nog niet gekoppeld',
        mark: 'Koppelen',
        one: () => 'is nog niet gekoppeld.',
        many: () => 'zijn nog niet gekoppeld.',
        why: () => 'Pas daarna maken we backups.',
      },
      'watch-blind': {
        short: () => 'wacht ziet niets',
        mark: 'Niet te zeggen',
        one: () => 'kan de wacht nu niet zien.',
        many: () => 'kan de wacht nu niet zien.',
        why: ({ since }) => (since === '' ? 'Er is nog niet gekeken.' : `Voor het laatst bekeken: ${since}.`),
      },
      paused: {
        short: () => 'backups stilgezet',
        mark: 'Stilgezet',
        one: () => 'krijgt geen backups: ze zijn met de hand stilgezet.',
        many: () => 'krijgen geen backups: ze zijn met de hand stilgezet.',
        why: ({ since }) => (since === '' ? 'Er is nog geen goede.' : `De laatste goede is van ${since}.`),
      },
      'no-backup-yet': {
        short: () => 'nog geen backup',
        mark: 'Eerste backup',
        one: () => 'heeft nog geen goede backup.',
        many: () => 'hebben nog geen goede backup.',
        why: ({ since }) => `Gekoppeld ${since}.`,
      },
      'certificate-ending': {
        short: () => 'certificaat verloopt',
        mark: 'Certificaat',
        one: () => 'heeft een certificaat dat bijna verloopt.',
        many: () => 'hebben een certificaat dat bijna verloopt.',
        why: ({ since }) => `Het loopt af: ${since}. Vernieuwen had vanzelf moeten gaan.`,
      },
      'quote-needed': {
        short: ({ share }) => `${share} van de afgesproken omvang`,
        mark: 'Offerte',
        one: () => 'is groter dan het contract toelaat.',
        many: () => 'zijn groter dan het contract toelaat.',
        why: ({ share }) => `${share} van de afgesproken omvang: daarvoor is een offerte nodig.`,
      },
      'size-near': {
        short: ({ share }) => `${share} van de afgesproken omvang`,
        mark: 'Bijna vol',
        one: () => 'nadert de grens van het contract.',
        many: () => 'naderen de grens van het contract.',
        why: ({ share }) => `${share} van de afgesproken omvang is gebruikt.`,
      },
      'work-under-way': { short: ({ work }) => `${work} loopt`, mark: 'Bezig', one: none, many: none, why: none },
      'backup-good': { short: () => 'in orde', mark: 'In orde', one: none, many: none, why: none },
      'keys-not-exported': {
        short: () => 'sleutels niet bewaard',
        mark: 'Sleutels',
        one: () => 'heeft een backupwachtwoord dat alleen op deze machine staat.',
        many: () => 'hebben een backupwachtwoord dat alleen op deze machine staat.',
        why: () => 'Gaat deze machine verloren, dan kan niemand die backups nog lezen. Bewaar ze elders.',
      },
      request: {
        short: () => 'aanvraag',
        mark: 'Aanvraag',
        one: () => 'moet worden teruggezet, vraagt de klant.',
        many: () => 'moeten worden teruggezet, vraagt de klant.',
        why: ({ since }) => `Gevraagd ${since}.`,
      },
    },
  },
  en: {
    states: {
      broken: 'not in order',
      unsure: 'cannot tell',
      waits: 'needs attention',
      working: 'at work',
      well: 'in order',
    },
    sites: (count, number) => (count === 1 ? 'One site' : `${number} sites`),
    actions: {
      'back-up': 'Back up now',
      pair: 'Pair',
      look: 'Look',
      'see-list': 'See the list',
      'export-keys': 'Save the keys',
      'see-request': 'Take it up',
    },
    work: {
      'backup-site': 'backup',
      'restore-site': 'restore',
      'restore-to-folder': 'restore into a folder',
      'trial-restore': 'trial restore',
      'verify-slice': 'reading backups back',
      'tidy-repository': 'tidying backups',
      'measure-site': 'measuring',
    },
    duties: { 'backup-daily': 'daily backup', 'backup-hourly': 'hourly backup' },
    reasons: {
      out: {
        short: () => 'outage',
        mark: 'Outage',
        one: () => 'has an outage.',
        many: () => 'have an outage.',
        why: ({ since }) => `Since ${since}.`,
      },
      'finding-urgent': {
        short: ({ found }) => found.short || 'cannot wait',
        mark: 'Urgent',
        one: ({ found }) => found.says || 'has something that cannot wait.',
        many: ({ found }) => `have the same: ${found.short || 'something that cannot wait'}.`,
        why: ({ since }) => `Since ${since}.`,
      },
      finding: {
        short: ({ found }) => found.short || 'asks for attention',
        mark: 'Seen',
        one: ({ found }) => found.says || 'has something that asks for attention.',
        many: ({ found }) => `have the same: ${found.short || 'something that asks for attention'}.`,
        why: ({ since }) => `Since ${since}.`,
      },
      'backup-damaged': {
        short: () => 'backup damaged',
        mark: 'Damaged',
        one: () => 'has damaged data in its backups.',
        many: () => 'have damaged data in their backups.',
        why: ({ since }) => `Seen at a check, ${since}. Make a new backup and see which snapshots it touches.`,
      },
      'restore-failed': {
        short: () => 'restore failed',
        mark: 'Failed',
        one: () => 'could not be restored.',
        many: () => 'could not be restored.',
        why: ({ since }) => `Tried ${since}.`,
      },
      'duty-overdue': {
        short: ({ duty }) => `late: ${duty}`,
        mark: 'Late',
        one: ({ duty }) => `did not get its ${duty} in time.`,
        many: ({ duty }) => `did not get their ${duty} in time.`,
        why: ({ since }) => `Was due ${since}.`,
      },
      'backup-failed': {
        short: () => 'backup failed',
        mark: 'Failed',
        one: () => 'has a backup that failed.',
        many: () => 'have a backup that failed.',
        why: ({ since }) => `Since ${since}.`,
      },
      'backup-incomplete': {
        short: () => 'backup incomplete',
        mark: 'Incomplete',
        one: () => 'has a backup that lacks something.',
        many: () => 'have a backup that lacks something.',
        why: ({ since }) => `Since ${since}. The snapshot says what could not be read, and why.`,
      },
      'work-failed': {
        short: ({ work }) => `failed: ${work}`,
        mark: 'Failed',
        one: ({ work }) => `had work that failed: ${work}.`,
        many: ({ work }) => `had work that failed: ${work}.`,
        why: ({ since }) => `Since ${since}.`,
      },
      'backup-old': {
        short: () => 'last backup too old',
        mark: 'Too old',
        one: () => 'has had no good backup for too long.',
        many: () => 'have had no good backup for too long.',
        why: ({ since }) => `The last good one is of ${since}.`,
      },
      alarm: {
        short: ({ alarm }) => `alarm: ${alarm}`,
        mark: 'Alarm',
        one: ({ alarm }) => `has an alarm: ${alarm}.`,
        many: ({ alarm }) => `have an alarm: ${alarm}.`,
        why: ({ since }) => `Since ${since}.`,
      },
      'not-paired': {
        short: () => 'not paired yet',
        mark: 'To pair',
        one: () => 'is not paired yet.',
        many: () => 'are not paired yet.',
        why: () => 'Only then do we make backups.',
      },
      'watch-blind': {
        short: () => 'watch cannot see',
        mark: 'Cannot tell',
        one: () => 'cannot be seen by the watch at present.',
        many: () => 'cannot be seen by the watch at present.',
        why: ({ since }) => (since === '' ? 'Nobody has looked yet.' : `Last looked at: ${since}.`),
      },
      paused: {
        short: () => 'backups paused',
        mark: 'Paused',
        one: () => 'gets no backups: they were paused by hand.',
        many: () => 'get no backups: they were paused by hand.',
        why: ({ since }) => (since === '' ? 'There is no good one yet.' : `The last good one is of ${since}.`),
      },
      'no-backup-yet': {
        short: () => 'no backup yet',
        mark: 'First backup',
        one: () => 'has no good backup yet.',
        many: () => 'have no good backup yet.',
        why: ({ since }) => `Paired ${since}.`,
      },
      'certificate-ending': {
        short: () => 'certificate ends',
        mark: 'Certificate',
        one: () => 'has a certificate that ends soon.',
        many: () => 'have a certificate that ends soon.',
        why: ({ since }) => `It ends: ${since}. It should have been renewed by itself.`,
      },
      'quote-needed': {
        short: ({ share }) => `${share} of the agreed size`,
        mark: 'Quote',
        one: () => 'is larger than the contract allows.',
        many: () => 'are larger than the contract allows.',
        why: ({ share }) => `${share} of the agreed size: that takes a quote.`,
      },
      'size-near': {
        short: ({ share }) => `${share} of the agreed size`,
        mark: 'Nearly full',
        one: () => 'comes near the limit of the contract.',
        many: () => 'come near the limit of the contract.',
        why: ({ share }) => `${share} of the agreed size is used.`,
      },
      'work-under-way': { short: ({ work }) => `${work} under way`, mark: 'At work', one: none, many: none, why: none },
      'backup-good': { short: () => 'in order', mark: 'In order', one: none, many: none, why: none },
      'keys-not-exported': {
        short: () => 'keys not saved',
        mark: 'Keys',
        one: () => 'has a backup password that is on this machine only.',
        many: () => 'have a backup password that is on this machine only.',
        why: () => 'Should this machine be lost, nobody can read those backups. Keep the keys elsewhere.',
      },
      request: {
        short: () => 'request',
        mark: 'Request',
        one: () => 'is to be restored, the customer asks.',
        many: () => 'are to be restored, the customer asks.',
        why: ({ since }) => `Asked ${since}.`,
      },
    },
  },
});

function momentIn({ since, until }: ShownReason, momentOf: (iso: string) => string): string {
  const at = until ?? since;
  return at === undefined ? '' : momentOf(at);
}

function factsOf(reason: ShownReason, language: Language, momentOf: (iso: string) => string): Facts {
  const { work, duties } = overviewWords(language);
  return {
    duty: duties[reason.duty ?? ''] ?? reason.duty ?? '',
    work: work[reason.saga ?? ''] ?? reason.saga ?? '',
    share: reason.share === undefined ? '' : percentInWords(reason.share, language),
    alarm: reason.alarm ?? '',
    found: reason.finding?.[language] ?? { short: '', says: '' },
    since: momentIn(reason, momentOf),
  };
}

/** Two or three words for a row of the list. */
export function reasonInWords(reason: ShownReason, language: Language): string {
  return overviewWords(language).reasons[reason.code].short(factsOf(reason, language, (iso) => iso));
}

/** A line that waits: a word for its mark, the sentence after the name(s), and why. `momentOf`: shows a moment. */
export function waitingInWords(
  line: { reason: ShownReason; count: number },
  language: Language,
  momentOf: (iso: string) => string,
): { mark: string; sentence: string; why: string } {
  const words = overviewWords(language).reasons[line.reason.code];
  const facts = factsOf(line.reason, language, momentOf);
  return { mark: words.mark, sentence: (line.count === 1 ? words.one : words.many)(facts), why: words.why(facts) };
}
