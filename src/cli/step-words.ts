import { defineWords, type Language } from '../platform/words.ts';

// What sagas call their steps, in words. A capability adds its own here; an unknown step is shown as it is.
const words = defineWords<Record<string, string>>({
  nl: {
    inventory: 'inventaris opvragen',
    files: 'bestanden tellen',
    connect: 'contact met de site',
    'database-tables': 'tabellen opvragen',
    'database-sums': 'tabellen vergelijken',
    'database-changes': 'gewijzigde rijen ophalen',
    'database-rows': 'rijen ophalen',
    walk: 'bestanden opvragen',
    compare: 'bestanden vergelijken',
    fetch: 'bestanden ophalen',
    store: 'snapshot opslaan',
    check: 'controleren',
    forget: 'bewaartermijnen toepassen',
    prune: 'ongebruikte gegevens opruimen',
    'read-back': 'teruglezen',
    'stage-files': 'bestanden klaarzetten',
    'load-tables': 'tabellen klaarzetten',
    'swap-files': 'bestanden wisselen',
    verify: 'nakijken',
    revert: 'alles terugdraaien',
    write: 'bestanden schrijven',
    tables: 'tabellen laden',
  },
  en: {
    inventory: 'asking for the inventory',
    files: 'counting files',
    connect: 'contacting the site',
    'database-tables': 'asking for the tables',
    'database-sums': 'comparing tables',
    'database-changes': 'fetching changed rows',
    'database-rows': 'fetching rows',
    walk: 'asking for the files',
    compare: 'comparing files',
    fetch: 'fetching files',
    store: 'storing the snapshot',
    check: 'checking',
    forget: 'applying retention',
    prune: 'removing unused data',
    'read-back': 'reading back',
    'stage-files': 'staging files',
    'load-tables': 'staging tables',
    'swap-files': 'swapping files',
    verify: 'looking whether all is right',
    revert: 'putting everything back',
    write: 'writing files',
    tables: 'loading tables',
  },
});

export function stepInWords(step: string, language: Language): string {
  return words(language)[step] ?? step;
}
