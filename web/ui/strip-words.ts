import { defineWords } from '../../src/platform/words.ts';

interface StripWords {
  span: Record<'day' | 'quarter' | 'year', string>;
  backups: (count: number, last: string) => string;
  noBackups: string;
  failed: (count: number) => string;
  work: (count: number) => string;
  outages: (count: number) => string;
  noOutages: string;
  backup: string;
  failedBackup: string;
  several: (count: number) => string;
  key: { backup: string; failed: string; work: string; outage: string; night: string };
}

/** What a watch strip says to who does not see it, and at its marks. */
export const stripWords = defineWords<StripWords>({
  nl: {
    span: { day: 'Afgelopen 24 uur', quarter: 'Afgelopen 90 dagen', year: 'Afgelopen jaar' },
    backups: (count, last) => (count === 1 ? `één backup, om ${last}` : `${count} backups, de laatste om ${last}`),
    noBackups: 'geen backup',
    failed: (count) => (count === 1 ? 'één poging ging niet goed' : `${count} pogingen gingen niet goed`),
    work: (count) => (count === 1 ? 'één keer zelf aan gewerkt' : `${count} keer zelf aan gewerkt`),
    outages: (count) => (count === 1 ? 'één storing' : `${count} storingen`),
    noOutages: 'geen storing',
    backup: 'backup',
    failedBackup: 'backup niet goed',
    several: (count) => `${count} backups`,
    key: { backup: 'backup', failed: 'niet goed', work: 'eigen werk', outage: 'storing', night: 'nacht' },
  },
  en: {
    span: { day: 'Last 24 hours', quarter: 'Last 90 days', year: 'Last year' },
    backups: (count, last) => (count === 1 ? `one backup, at ${last}` : `${count} backups, the last at ${last}`),
    noBackups: 'no backup',
    failed: (count) => (count === 1 ? 'one attempt went wrong' : `${count} attempts went wrong`),
    work: (count) => (count === 1 ? 'worked on once by us' : `worked on ${count} times by us`),
    outages: (count) => (count === 1 ? 'one outage' : `${count} outages`),
    noOutages: 'no outage',
    backup: 'backup',
    failedBackup: 'backup not good',
    several: (count) => `${count} backups`,
    key: { backup: 'backup', failed: 'not good', work: 'our own work', outage: 'outage', night: 'night' },
  },
});
