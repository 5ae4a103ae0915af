import { defineWords, numberInWords, type Language } from '../../platform/words.ts';
import type { KeptWhy, TableChange } from './rules/plan-restore.ts';
import type { RestoreOrder } from './rules/order-restore.ts';

type OrderWhy = RestoreOrder['why'];
type OneOrMore = { one: string; more: string };

/** Everything a person reads about a restore. `{name}` marks a value. */
export interface RestoreWords extends Record<string, unknown> {
  toMoment: string;
  nothing: string;
  filesAdded: OneOrMore;
  filesChanged: OneOrMore;
  filesRemoved: OneOrMore;
  modesChanged: OneOrMore;
  filesUntouched: string;
  filesEqual: string;
  bytesTravel: string;
  tablesUntouched: string;
  tablesEqual: OneOrMore;
  rowsUnknown: string;
  table: Record<TableChange['action'], string>;
  tableWhy: Record<TableChange['why'], string>;
  kept: Record<KeptWhy, string>;
  order: Record<OrderWhy, string>;
  presentPartial: string;
  unknownThen: string;
  undoable: string;
  confirm: string;
  cancelled: string;
  done: string;
  undone: string;
  smallJob: string;
  changedSince: OneOrMore;
  reverted: string;
  notMade: string;
  andMore: string;
  commands: {
    diff: string;
    restore: string;
    undo: string;
    list: string;
    trial: string;
  };
  options: {
    files: string;
    tables: string;
    toFolder: string;
    download: string;
    dryRun: string;
    yes: string;
  };
  looking: string;
  needsYes: [message: string, nextStep: string];
  yes: string[];
  columns: { time: string; snapshot: string; target: string; state: string; by: string };
  states: Record<'queued' | 'running' | 'done' | 'reverted' | 'failed', string>;
  targets: Record<'site' | 'folder' | 'download', string>;
  none: string;
  started: string;
  trialGood: string;
  trialBad: string;
  toFolder: string;
  toZip: string;
}

const en: RestoreWords = {
  toMoment: 'To the moment of {time} (snapshot {snapshot}):',
  nothing: 'Nothing differs: there is nothing to restore.',
  filesAdded: { one: '1 file comes back', more: '{count} files come back' },
  filesChanged: { one: '1 file is replaced', more: '{count} files are replaced' },
  filesRemoved: {
    one: '1 file that was not there then is removed',
    more: '{count} files that were not there then are removed',
  },
  modesChanged: { one: '1 file gets its rights back', more: '{count} files get their rights back' },
  filesUntouched: 'No file is touched.',
  filesEqual: 'All files are as they were.',
  bytesTravel: '{bytes} go to the site.',
  tablesUntouched: 'The database is not touched.',
  tablesEqual: { one: '1 table is as it was', more: '{count} tables are as they were' },
  rowsUnknown: 'unknown',
  table: {
    create: 'table {name} comes back with {wanted} rows',
    replace: 'table {name}: from {now} to {wanted} rows',
    drop: 'table {name} ({now} rows) was not there then and is removed',
    same: 'table {name} stays as it is',
    kept: 'table {name} is left alone',
  },
  tableWhy: {
    'missing-now': 'it is missing now',
    differs: 'structure or rows differ',
    'not-then': 'it did not exist then',
    equal: 'it is equal',
    'unknown-now': 'the database cannot be read now',
    'own-table': 'it belongs to the connection with Nachtwacht',
    'not-in-snapshot': 'the snapshot does not hold it',
  },
  kept: {
    'own-state': 'belongs to the connection with Nachtwacht',
    connector: 'is part of the plugin through which the restore works; update it with the plugin page',
    'not-in-snapshot': 'was left out of the snapshot, so it is left alone',
    'skips-unknown': 'may have been left out of the snapshot, so it is left alone',
    'holds-kept': 'holds something that is left alone',
  },
  order: {
    equal: 'Nothing to do.',
    'no-tables': 'Only files: staged beside the site, then swapped.',
    'no-files': 'Only tables: loaded beside the live ones, then renamed in one go.',
    'both-stand-ready': 'Files and tables are both made ready beside the site, then swapped directly after each other.',
    'config-broken': 'The database cannot be reached with the wp-config.php of now: files first, then the tables.',
    'database-unreachable': 'The database cannot be reached, and no file of this snapshot changes that.',
  },
  presentPartial: 'Not everything of the present state can be kept for undoing: {what}.',
  unknownThen: 'Neither the snapshot nor the site has: {names}.',
  undoable: 'The present state is kept first, so this can be undone.',
  confirm: 'Restore {site} now? Type yes: ',
  cancelled: 'Nothing was changed.',
  done: 'Restored in {time}: {files} files and {tables} tables, checked afterwards.',
  undone: 'To undo: nachtwacht restore undo {site}',
  smallJob: 'A restore counts as a small job; it has been noted.',
  changedSince: {
    one: '1 file was written by the site itself directly after the restore',
    more: '{count} files were written by the site itself directly after the restore',
  },
  reverted: 'The restore failed half-way and everything was put back as it was: {reason}',
  notMade: 'The database did not take back: {what}',
  andMore: 'and {count} more',
  commands: {
    diff: 'what changed between two snapshots of a site',
    restore: 'put a site back to a snapshot: shows what will change, asks, keeps the present state, restores, checks',
    undo: 'go back to the state before a restore',
    list: 'the restores of a site',
    trial: 'restore a snapshot on trial into a scratch folder and database, and compare',
  },
  options: {
    files: 'only these folders or files, from the WordPress folder on, with commas; * = all files',
    tables: 'only these tables, with commas; * = all tables',
    toFolder: 'not onto the site but into this new or empty folder',
    download: 'not onto the site but into this zip, with the SQL',
    dryRun: 'only show what would change',
    yes: 'do not ask',
  },
  looking: 'Looking at the present state of the site first.',
  needsYes: ['Nobody can be asked here.', 'Say --yes when it is sure, or --dry-run to see what would change.'],
  yes: ['yes', 'y'],
  columns: { time: 'when', snapshot: 'to', target: 'where', state: 'state', by: 'by' },
  states: { queued: 'waiting', running: 'running', done: 'done', reverted: 'failed, put back', failed: 'failed' },
  targets: { site: 'onto the site', folder: 'into a folder', download: 'download' },
  none: 'No restores yet.',
  started: 'Started: follow it with  nachtwacht run watch {run}',
  trialGood:
    'Trial restore of {snapshot}: {files} files and {rows} rows in {tables} tables loaded and equal to the snapshot.',
  trialBad: 'Trial restore of {snapshot} FAILED: {problems}',
  toFolder: '{files} files ({bytes}) written to {folder}.',
  toZip: '{bytes} written to {file}.',
};

const nl: RestoreWords = {
  toMoment: 'Naar het moment van {time} (snapshot {snapshot}):',
  nothing: 'Er is geen verschil: er valt niets terug te zetten.',
  filesAdded: { one: '1 bestand komt terug', more: '{count} bestanden komen terug' },
  filesChanged: { one: '1 bestand wordt vervangen', more: '{count} bestanden worden vervangen' },
  filesRemoved: {
    one: '1 bestand dat er toen niet was verdwijnt',
    more: '{count} bestanden die er toen niet waren verdwijnen',
  },
  modesChanged: { one: '1 bestand krijgt zijn rechten terug', more: '{count} bestanden krijgen hun rechten terug' },
  filesUntouched: 'Er wordt geen bestand aangeraakt.',
  filesEqual: 'Alle bestanden zijn zoals ze waren.',
  bytesTravel: 'Er gaat {bytes} naar de site.',
  tablesUntouched: 'De database wordt niet aangeraakt.',
  tablesEqual: { one: '1 tabel is zoals hij was', more: '{count} tabellen zijn zoals ze waren' },
  rowsUnknown: 'onbekend',
  table: {
    create: 'tabel {name} komt terug met {wanted} rijen',
    replace: 'tabel {name}: van {now} naar {wanted} rijen',
    drop: 'tabel {name} ({now} rijen) was er toen niet en verdwijnt',
    same: 'tabel {name} blijft zoals hij is',
    kept: 'tabel {name} blijft ongemoeid',
  },
  tableWhy: {
    'missing-now': 'hij ontbreekt nu',
    differs: 'structuur of rijen verschillen',
    'not-then': 'hij bestond toen niet',
    equal: 'hij is gelijk',
    'unknown-now': 'de database is nu niet te lezen',
    'own-table': 'hij hoort bij de verbinding met Nachtwacht',
    'not-in-snapshot': 'de snapshot bevat hem niet',
  },
  kept: {
    'own-state': 'hoort bij de verbinding met Nachtwacht',
    connector: 'hoort bij de plugin waarmee het terugzetten werkt; werk die bij via de pluginpagina',
    'not-in-snapshot': 'zit niet in de snapshot en blijft dus ongemoeid',
    'skips-unknown': 'zit mogelijk niet in de snapshot en blijft dus ongemoeid',
    'holds-kept': 'bevat iets dat ongemoeid blijft',
  },
  order: {
    equal: 'Niets te doen.',
    'no-tables': 'Alleen bestanden: naast de site klaargezet en dan gewisseld.',
    'no-files': 'Alleen tabellen: naast de huidige geladen en dan in één keer hernoemd.',
    'both-stand-ready':
      'Bestanden en tabellen worden beide naast de site klaargezet en dan direct na elkaar gewisseld.',
    'config-broken':
      'Met de huidige wp-config.php is de database niet bereikbaar: eerst de bestanden, dan de tabellen.',
    'database-unreachable': 'De database is niet bereikbaar, en geen bestand uit deze snapshot verandert dat.',
  },
  presentPartial: 'Niet alles van de huidige toestand kan worden bewaard om dit ongedaan te maken: {what}.',
  unknownThen: 'Snapshot noch site kent: {names}.',
  undoable: 'De huidige toestand wordt eerst bewaard, dus dit is ongedaan te maken.',
  confirm: '{site} nu terugzetten? Typ ja: ',
  cancelled: 'Er is niets veranderd.',
  done: 'Teruggezet in {time}: {files} bestanden en {tables} tabellen, achteraf gecontroleerd.',
  undone: 'Ongedaan maken: nachtwacht restore undo {site}',
  smallJob: 'Terugzetten telt als kleine klus; dat is genoteerd.',
  changedSince: {
    one: '1 bestand is direct na het terugzetten door de site zelf geschreven',
    more: '{count} bestanden zijn direct na het terugzetten door de site zelf geschreven',
  },
  reverted: 'Het terugzetten mislukte halverwege en alles is weer zoals het was: {reason}',
  notMade: 'De database nam niet terug: {what}',
  andMore: 'en nog {count}',
  commands: {
    diff: 'wat er tussen twee snapshots van een site veranderde',
    restore:
      'zet een site terug: toont wat er verandert, vraagt, bewaart de huidige toestand, zet terug en controleert',
    undo: 'ga terug naar de toestand van voor het terugzetten',
    list: 'wanneer een site is teruggezet',
    trial: 'zet een snapshot op proef terug in een kladmap en een kladdatabase, en vergelijk',
  },
  options: {
    files: "alleen deze mappen of bestanden, vanaf de WordPress-map, met komma's; * = alle bestanden",
    tables: "alleen deze tabellen, met komma's; * = alle tabellen",
    toFolder: 'niet op de site maar in deze nieuwe of lege map',
    download: 'niet op de site maar in deze zip, met de SQL',
    dryRun: 'toon alleen wat er zou veranderen',
    yes: 'niet vragen',
  },
  looking: 'Eerst wordt gekeken hoe de site er nu voor staat.',
  needsYes: [
    'Hier valt niemand iets te vragen.',
    'Zeg --yes als het zeker is, of --dry-run om te zien wat er verandert.',
  ],
  yes: ['ja', 'j', 'yes', 'y'],
  columns: { time: 'wanneer', snapshot: 'naar', target: 'waar', state: 'stand', by: 'door' },
  states: { queued: 'wacht', running: 'loopt', done: 'klaar', reverted: 'mislukt, teruggedraaid', failed: 'mislukt' },
  targets: { site: 'op de site', folder: 'in een map', download: 'download' },
  none: 'Nog nooit teruggezet.',
  started: 'Begonnen: volg het met  nachtwacht run watch {run}',
  trialGood:
    'Proefherstel van {snapshot}: {files} bestanden en {rows} rijen in {tables} tabellen geladen en gelijk aan de snapshot.',
  trialBad: 'Proefherstel van {snapshot} MISLUKT: {problems}',
  toFolder: '{files} bestanden ({bytes}) geschreven naar {folder}.',
  toZip: '{bytes} geschreven naar {file}.',
};

export const restoreWords = defineWords<RestoreWords>({ nl, en });

/** Puts values into a sentence: `{name}`; numbers in the reader's own writing. An unknown name stays as it is. */
export function fillWords(text: string, values: Record<string, string | number>, language: Language): string {
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numberInWords(value, language) : value;
  });
}
