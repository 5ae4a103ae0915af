import { defineWords, momentInWords, type Language } from '../platform/words.ts';
import type { KeepReason, RetentionDecision } from './rules/retention.ts';
import type { Consistency, Gap, SkipReason } from './rules/site-report.ts';
import type { BackupReason } from './rules/snapshot-layout.ts';

interface BackupWords {
  reason: Record<BackupReason, string>;
  keep: {
    lastGood: string;
    newest: string;
    hour: (bucket: string, of: number) => string;
    day: (bucket: string, nth: number, of: number) => string;
    month: (bucket: string, nth: number, of: number) => string;
    beforeChange: (what: string, until: string) => string;
    inUse: string;
    byHand: string;
    inTheFuture: string;
  };
  remove: { replaced: (by: string) => string; tooOld: string };
  gap: Record<Gap['code'], (count: number, examples: string) => string>;
  skip: Record<SkipReason, string>;
  consistency: Record<Consistency, string>;
  /** Why a table or the database is not there, where the code is not an error of the connection. */
  table: Record<
    | 'excluded'
    | 'no-columns'
    | 'sql-not-acceptable'
    | 'db-error'
    | 'no-table'
    | 'table-gone'
    | 'table-too-large'
    | 'table-over-limit'
    | 'database-over-limit'
    | 'db-unreachable',
    string
  >;
  columns: {
    time: string;
    kind: string;
    files: string;
    rows: string;
    fresh: string;
    moved: string;
    seconds: string;
    state: string;
    why: string;
  };
  state: { good: string; notConsistent: string; incomplete: string; wrong: string };
  none: string;
  made: (facts: { id: string; files: string; rows: string; moved: string; took: string }) => string;
  joined: string;
  exported: { intro: string; password: string; next: string; careful: string };
}

export const backupWords = defineWords<BackupWords>({
  nl: {
    reason: {
      first: 'eerste',
      daily: 'dagelijks',
      hourly: 'elk uur',
      'by-hand': 'met de hand',
      'before-update': 'vóór een update',
      'before-restore': 'vóór het terugzetten',
    },
    keep: {
      lastGood: 'de laatste goede: gaat nooit weg',
      newest: 'de nieuwste',
      hour: (bucket, of) => `de laatste van het uur ${bucket} (${of} uur blijven bewaard)`,
      day: (bucket, nth, of) => `de laatste van de dag ${bucket} (${nth} van ${of})`,
      month: (bucket, nth, of) => `de laatste van de maand ${bucket} (${nth} van ${of})`,
      beforeChange: (what, until) => `${what}: blijft tot ${until}`,
      inUse: 'wordt op dit moment gelezen',
      byHand: 'apart gezet',
      inTheFuture: 'ligt in de toekomst: de klok liep verkeerd, dus blijft',
    },
    remove: {
      replaced: (by) => `niet de laatste van zijn uur, dag of maand: ${by} staat ervoor`,
      tooOld: 'ouder dan alles wat bewaard blijft',
    },
    gap: {
      'database-missing': (_count, examples) => `de database ontbreekt (${examples})`,
      'tables-missing': (count, examples) =>
        `${count} ${count === 1 ? 'tabel ontbreekt' : 'tabellen ontbreken'}: ${examples}`,
      'files-missing': (count, examples) =>
        `${count} ${count === 1 ? 'bestand of map ontbreekt' : 'bestanden of mappen ontbreken'}: ${examples}`,
      'root-missing': (_count, examples) => `een hele map van de site ontbreekt: ${examples}`,
    },
    skip: {
      'excluded-own': 'onze eigen werkmap',
      'excluded-cache': 'cache, maakt de site zelf opnieuw',
      'excluded-backup': 'backups van een andere plugin',
      'excluded-by-hand': 'zo ingesteld',
      'not-a-file': 'geen gewoon bestand',
      'link-loop': 'verwijzing in een kringetje',
      unreadable: 'de host laat het niet lezen',
      'bad-name': 'onmogelijke naam',
      'duplicate-name': 'tweemaal genoemd',
      vanished: 'verdwenen voordat het gelezen werd',
      'too-large': 'ver boven de grens van het contract',
      'read-failed': 'lezen mislukte elke keer',
      'site-says': 'de site geeft een andere reden',
    },
    consistency: {
      'one-snapshot': 'alle tabellen zijn in één momentopname gelezen',
      'not-asked': 'er is geen momentopname gevraagd',
      'not-allowed': 'de host staat geen vaste momentopname toe, dus elke tabel is van een iets ander moment',
      'ended-early': 'de host beëindigde de momentopname te vroeg, dus sommige tabellen zijn van een later moment',
    },
    table: {
      excluded: 'zo ingesteld',
      'no-columns': 'de server kon de kolommen niet noemen; misschien is de tabel beschadigd',
      'sql-not-acceptable': 'de SQL die de site ervan gaf doet meer dan de tabel maken; bekijk de site',
      'db-error': 'de database weigerde de tabel te lezen',
      'no-table': 'de tabel bestaat niet meer',
      'table-gone': 'de tabel verdween tijdens het lezen',
      'table-too-large': 'de tabel heeft geen bruikbare primaire sleutel en is te groot om in één keer te lezen',
      'table-over-limit': 'de tabel gaat ver over de limiet van de site',
      'database-over-limit': 'de tabellen samen gaan ver over de limiet van de site',
      'db-unreachable': 'de database van de site antwoordt niet',
    },
    columns: {
      time: 'tijd',
      kind: 'soort',
      files: 'bestanden',
      rows: 'rijen',
      fresh: 'nieuw',
      moved: 'verstuurd',
      seconds: 'duur',
      state: 'staat',
      why: 'blijft omdat',
    },
    state: {
      good: 'goed',
      notConsistent: 'goed, database niet op één moment',
      incomplete: 'onvolledig',
      wrong: 'beschadigd',
    },
    none: 'Nog geen snapshots.',
    made: ({ id, files, rows, moved, took }) =>
      `Snapshot ${id.slice(0, 8)}: ${files} bestanden, ${rows} rijen, ${moved} verstuurd, ${took}.`,
    joined: 'Er liep al een backup van deze site; die is het antwoord.',
    exported: {
      intro: 'Met deze gegevens zijn de backups zonder Nachtwacht te lezen, met het gewone programma restic:',
      password: 'Zet eerst deze omgevingsvariabelen:',
      next: 'Daarna:',
      careful:
        'Bewaar dit veilig: wie het heeft, leest alles. Zonder dit wachtwoord zijn de backups voor niemand leesbaar.',
    },
  },
  en: {
    reason: {
      first: 'first',
      daily: 'daily',
      hourly: 'hourly',
      'by-hand': 'by hand',
      'before-update': 'before an update',
      'before-restore': 'before a restore',
    },
    keep: {
      lastGood: 'the last good one: never removed',
      newest: 'the newest',
      hour: (bucket, of) => `the last of the hour ${bucket} (${of} hours are kept)`,
      day: (bucket, nth, of) => `the last of the day ${bucket} (${nth} of ${of})`,
      month: (bucket, nth, of) => `the last of the month ${bucket} (${nth} of ${of})`,
      beforeChange: (what, until) => `${what}: stays until ${until}`,
      inUse: 'being read at this moment',
      byHand: 'set aside',
      inTheFuture: 'lies in the future: the clock was wrong, so it stays',
    },
    remove: {
      replaced: (by) => `not the last of its hour, day or month: ${by} stands for it`,
      tooOld: 'older than all that is kept',
    },
    gap: {
      'database-missing': (_count, examples) => `the database is missing (${examples})`,
      'tables-missing': (count, examples) => `${count} ${count === 1 ? 'table is' : 'tables are'} missing: ${examples}`,
      'files-missing': (count, examples) =>
        `${count} ${count === 1 ? 'file or folder is' : 'files or folders are'} missing: ${examples}`,
      'root-missing': (_count, examples) => `a whole folder of the site is missing: ${examples}`,
    },
    skip: {
      'excluded-own': 'our own working folder',
      'excluded-cache': 'cache, the site makes it again',
      'excluded-backup': 'backups of another plugin',
      'excluded-by-hand': 'set so',
      'not-a-file': 'not an ordinary file',
      'link-loop': 'a link in a circle',
      unreadable: 'the host does not let it be read',
      'bad-name': 'an impossible name',
      'duplicate-name': 'named twice',
      vanished: 'gone before it was read',
      'too-large': 'far beyond the limit of the contract',
      'read-failed': 'every try to read it failed',
      'site-says': 'the site gives another reason',
    },
    consistency: {
      'one-snapshot': 'all tables were read in one snapshot',
      'not-asked': 'no snapshot was asked for',
      'not-allowed': 'the host does not allow one snapshot, so each table is of a slightly different moment',
      'ended-early': 'the host ended the snapshot too early, so some tables are of a later moment',
    },
    table: {
      excluded: 'set so',
      'no-columns': 'the server could not say its columns; it may be damaged',
      'sql-not-acceptable': 'the SQL that the site gave for it does more than make the table; look at the site',
      'db-error': 'the database refused to read it',
      'no-table': 'the table does not exist any more',
      'table-gone': 'the table went away while it was read',
      'table-too-large': 'it has no usable primary key and is too large to be read in one go',
      'table-over-limit': 'it is far beyond the limit of the site',
      'database-over-limit': 'the tables together are far beyond the limit of the site',
      'db-unreachable': 'the database of the site does not answer',
    },
    columns: {
      time: 'time',
      kind: 'kind',
      files: 'files',
      rows: 'rows',
      fresh: 'new',
      moved: 'moved',
      seconds: 'took',
      state: 'state',
      why: 'kept because',
    },
    state: {
      good: 'good',
      notConsistent: 'good, database not of one moment',
      incomplete: 'incomplete',
      wrong: 'damaged',
    },
    none: 'No snapshots yet.',
    made: ({ id, files, rows, moved, took }) =>
      `Snapshot ${id.slice(0, 8)}: ${files} files, ${rows} rows, ${moved} moved, ${took}.`,
    joined: 'A backup of this site was running already; it is the answer.',
    exported: {
      intro: 'With this the backups can be read without Nachtwacht, by the plain program restic:',
      password: 'Set these environment variables first:',
      next: 'Then:',
      careful: 'Keep this safe: who has it reads everything. Without this password nobody can read the backups.',
    },
  },
});

/** Why a snapshot stays or goes, one phrase for each reason. */
export function retentionInWords(decision: RetentionDecision, language: Language, timeZone: string): string[] {
  const { keep, remove } = backupWords(language);
  if (!decision.keep)
    return decision.reasons.map((one) =>
      one.code === 'replaced' ? remove.replaced(one.by.slice(0, 8)) : remove.tooOld,
    );
  return decision.reasons.map((one) => keptBecause(one, language, timeZone, keep));
}

function keptBecause(one: KeepReason, language: Language, timeZone: string, keep: BackupWords['keep']): string {
  switch (one.code) {
    case 'last-good':
      return keep.lastGood;
    case 'newest':
      return keep.newest;
    case 'hour':
      return keep.hour(one.bucket, one.of);
    case 'day':
      return keep.day(one.bucket, one.nth, one.of);
    case 'month':
      return keep.month(one.bucket, one.nth, one.of);
    case 'before-change':
      return keep.beforeChange(backupWords(language).reason[one.reason], momentInWords(one.until, language, timeZone));
    case 'held':
      return one.by === 'in-use' ? keep.inUse : keep.byHand;
    default:
      return keep.inTheFuture;
  }
}

/** What a snapshot lacks. */
export function gapInWords(gap: Gap, language: Language): string {
  return backupWords(language).gap[gap.code](gap.count, gap.examples.join(', '));
}
