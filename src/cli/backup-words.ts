import { countInWords, defineWords } from '../platform/words.ts';

interface BackupCommandWords {
  backup: string;
  snapshots: string;
  report: string;
  hold: string;
  release: string;
  tidy: string;
  verify: string;
  exportKey: string;
  slice: string;
  started: (runId: string) => string;
  held: (id: string) => string;
  released: (id: string) => string;
  tidied: (kept: number, forgotten: number, freed: string) => string;
  verified: (packs: number, bytes: string) => string;
  damaged: (problems: number) => string;
  reportOf: (files: number, tables: number, rows: number) => string;
  skipped: string;
  /** So many more than the list names. */
  notListed: (count: string) => string;
  skippedTables: string;
  noDatabase: (why: string) => string;
  notConsistent: (why: string) => string;
  changedWhileRead: string;
  nothingSkipped: string;
  incomplete: string;
  all: string;
}

export const backupCommandWords = defineWords<BackupCommandWords>({
  nl: {
    backup: 'maak nu een backup van een site',
    snapshots: 'de snapshots van een site, met waarom elk blijft',
    report: 'wat een backup las, oversloeg en waarom',
    hold: 'zet een snapshot apart: hij wordt nooit opgeruimd',
    release: 'geef een apart gezette snapshot weer vrij',
    tidy: 'pas de bewaartermijnen toe en ruim ongebruikte gegevens op',
    verify: 'lees alle gegevens van de backups terug en controleer ze',
    exportKey: 'wachtwoord en adres van de backups, voor het gewone programma restic',
    slice: 'alleen dit deel, bijvoorbeeld 3/30',
    started: (runId) => `Begonnen: volg het met  nachtwacht run watch ${runId}`,
    held: (id) => `Snapshot ${id.slice(0, 8)} is apart gezet.`,
    released: (id) => `Snapshot ${id.slice(0, 8)} valt weer onder de bewaartermijnen.`,
    tidied: (kept, forgotten, freed) =>
      `${countInWords(kept, 'nl', { one: 'snapshot', other: 'snapshots' })} bewaard, ${forgotten} opgeruimd, ${freed} vrij.`,
    verified: (packs, bytes) => `In orde: ${packs} pakketten teruggelezen, ${bytes}.`,
    damaged: (problems) => `Niet in orde: ${problems} gebreken gevonden. Er staat een alarm.`,
    reportOf: (files, tables, rows) =>
      `${countInWords(files, 'nl', { one: 'bestand', other: 'bestanden' })}, ${countInWords(tables, 'nl', { one: 'tabel', other: 'tabellen' })}, ${countInWords(rows, 'nl', { one: 'rij', other: 'rijen' })}.`,
    skipped: 'Overgeslagen:',
    notListed: (count) => `en nog ${count} die niet op de lijst staan:`,
    skippedTables: 'Tabellen die ontbreken:',
    noDatabase: (why) => `De database zit er niet in: ${why}`,
    notConsistent: (why) => `De database is niet van één moment: ${why}`,
    changedWhileRead: 'Veranderde tijdens het lezen (bewaard zoals laatst gelezen):',
    nothingSkipped: 'Niets overgeslagen.',
    incomplete: 'ONVOLLEDIG',
    all: 'alle redenen',
  },
  en: {
    backup: 'back a site up now',
    snapshots: 'the snapshots of a site, with why each is kept',
    report: 'what a backup read, skipped and why',
    hold: 'set a snapshot aside: it is never tidied away',
    release: 'give a snapshot that was set aside back to retention',
    tidy: 'apply retention and remove unused data',
    verify: 'read all data of the backups back and check it',
    exportKey: 'password and address of the backups, for the plain program restic',
    slice: 'only this part, for example 3/30',
    started: (runId) => `Started: follow it with  nachtwacht run watch ${runId}`,
    held: (id) => `Snapshot ${id.slice(0, 8)} is set aside.`,
    released: (id) => `Snapshot ${id.slice(0, 8)} is under retention again.`,
    tidied: (kept, forgotten, freed) =>
      `${countInWords(kept, 'en', { one: 'snapshot', other: 'snapshots' })} kept, ${forgotten} removed, ${freed} freed.`,
    verified: (packs, bytes) => `All well: ${packs} packs read back, ${bytes}.`,
    damaged: (problems) => `Not well: ${problems} problems found. An alarm stands.`,
    reportOf: (files, tables, rows) =>
      `${countInWords(files, 'en', { one: 'file', other: 'files' })}, ${countInWords(tables, 'en', { one: 'table', other: 'tables' })}, ${countInWords(rows, 'en', { one: 'row', other: 'rows' })}.`,
    skipped: 'Skipped:',
    notListed: (count) => `and ${count} more that are not on the list:`,
    skippedTables: 'Tables that are missing:',
    noDatabase: (why) => `The database is not in it: ${why}`,
    notConsistent: (why) => `The database is not of one moment: ${why}`,
    changedWhileRead: 'Changed while read (kept as last read):',
    nothingSkipped: 'Nothing was skipped.',
    incomplete: 'INCOMPLETE',
    all: 'all reasons',
  },
});
