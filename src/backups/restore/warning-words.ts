import { defineWords, momentInWords, numberInWords, type Language } from '../../platform/words.ts';
import { gapInWords } from '../words.ts';
import type { RestoreWarning, RowsOf } from './rules/warn-of-restore.ts';

type Things = { one: string; more: string };

interface WarningWords {
  things: Record<RowsOf, Things>;
  newer: (what: string, table: string) => string;
  content: (what: string) => string;
  contentThings: Things;
  incomplete: (gaps: string) => string;
  wrong: string;
  notOneMoment: string;
  databaseUnknown: string;
  cannotRestore: string;
  presentOld: (moment: string) => string;
}

const words = defineWords<WarningWords>({
  nl: {
    things: {
      orders: { one: 'bestelling', more: 'bestellingen' },
      customers: { one: 'klant of gebruiker', more: 'klanten of gebruikers' },
      comments: { one: 'reactie', more: 'reacties' },
      entries: { one: 'ingevuld formulier', more: 'ingevulde formulieren' },
      bookings: { one: 'afspraak', more: 'afspraken' },
    },
    newer: (what, table) =>
      `Minstens ${what} van na dit moment (${table}) verdwijnen van de site. Ze blijven in de backup van nu; zet anders alleen de bestanden terug.`,
    content: (what) => `Minstens ${what} van na dit moment verdwijnen van de site; ze blijven in de backup van nu.`,
    contentThings: { one: 'bericht, pagina of bijlage', more: 'berichten, pagina’s of bijlagen' },
    incomplete: (gaps) => `Dit moment is niet heel: ${gaps}. Wat ontbreekt, blijft zoals het nu is.`,
    wrong: 'Bij het nalezen is dit moment beschadigd gevonden. Kies liever een ander.',
    notOneMoment: 'De database is tijdens het lezen veranderd: tabellen kunnen enkele seconden van elkaar verschillen.',
    databaseUnknown:
      'De database van nu is niet te lezen, dus we weten niet wat er sinds dit moment is bijgekomen. Wat er nu nog in staat, kan niet bewaard worden.',
    cannotRestore: 'Met dit moment is de database niet te bereiken. Kies een moment waarin wp-config.php wel klopt.',
    presentOld: (moment) =>
      `Vergeleken met de backup van ${moment}. Wat de site daarna veranderde, telt hier nog niet mee; vlak voor het terugzetten wordt opnieuw gekeken.`,
  },
  en: {
    things: {
      orders: { one: 'order', more: 'orders' },
      customers: { one: 'customer or user', more: 'customers or users' },
      comments: { one: 'comment', more: 'comments' },
      entries: { one: 'form entry', more: 'form entries' },
      bookings: { one: 'booking', more: 'bookings' },
    },
    newer: (what, table) =>
      `At least ${what} from after this moment (${table}) will go from the site. They stay in the backup of now; otherwise put back only the files.`,
    content: (what) => `At least ${what} from after this moment will go from the site; they stay in the backup of now.`,
    contentThings: { one: 'post, page or attachment', more: 'posts, pages or attachments' },
    incomplete: (gaps) => `This moment is not whole: ${gaps}. What is missing stays as it is now.`,
    wrong: 'When it was read back, this moment was found damaged. Better choose another.',
    notOneMoment: 'The database changed while it was read: tables can be a few seconds apart.',
    databaseUnknown:
      'The database of now cannot be read, so we do not know what came since this moment. What it holds now cannot be kept.',
    cannotRestore: 'With this moment the database cannot be reached. Choose a moment in which wp-config.php is right.',
    presentOld: (moment) =>
      `Compared with the backup of ${moment}. What the site changed after it does not count here yet; right before the restore we look again.`,
  },
});

/** A warning as a sentence. */
export function warningInWords(warning: RestoreWarning, language: Language, timeZone: string): string {
  const say = words(language);
  const counted = (count: number, things: Things) =>
    `${numberInWords(count, language)} ${count === 1 ? things.one : things.more}`;
  switch (warning.code) {
    case 'newer-rows':
      return say.newer(counted(warning.count, say.things[warning.what]), warning.table);
    case 'newer-content':
      return say.content(counted(warning.count, say.contentThings));
    case 'snapshot-incomplete':
      return say.incomplete(warning.gaps.map((gap) => gapInWords(gap, language)).join('; '));
    case 'snapshot-wrong':
      return say.wrong;
    case 'not-one-moment':
      return say.notOneMoment;
    case 'database-unknown':
      return say.databaseUnknown;
    case 'cannot-restore':
      return say.cannotRestore;
    default:
      return say.presentOld(momentInWords(new Date(warning.presentMs), language, timeZone));
  }
}
