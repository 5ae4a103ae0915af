import { defineWords } from '../../../src/platform/words.ts';

interface KeyWords {
  title: string;
  /** `KeyHint`'s names of keys, and what they do. */
  groups: { name: string; keys: [keys: string, what: string][] }[];
}

export const keyWords = defineWords<KeyWords>({
  nl: {
    title: 'Toetsen',
    groups: [
      {
        name: 'Overal',
        keys: [
          ['mod+k', 'zoeken en doen'],
          ['?', 'deze lijst'],
          ['g+t', 'naar Vandaag'],
          ['g+s', 'naar alle sites'],
          ['g+w', 'naar de Wacht'],
          ['g+o', 'naar Storingen'],
          ['g+d', 'naar Dienst'],
          ['g+c', 'naar Klanten'],
          ['g+p', 'naar Mensen'],
          ['g+a', 'naar Logboek'],
          ['g+i', 'naar Instellingen'],
          ['g+n', 'een site toevoegen'],
        ],
      },
      {
        name: 'In de lijst van sites',
        keys: [
          ['/', 'filteren'],
          ['j', 'volgende rij'],
          ['k', 'vorige rij'],
          ['enter', 'openen'],
          ['x', 'kiezen of loslaten'],
          ['b', 'nu een backup maken'],
          ['escape', 'filter leegmaken'],
        ],
      },
    ],
  },
  en: {
    title: 'Keys',
    groups: [
      {
        name: 'Everywhere',
        keys: [
          ['mod+k', 'search and do'],
          ['?', 'this list'],
          ['g+t', 'to Today'],
          ['g+s', 'to all sites'],
          ['g+w', 'to the Watch'],
          ['g+o', 'to Incidents (outages)'],
          ['g+d', 'to Duty'],
          ['g+c', 'to Customers'],
          ['g+p', 'to People'],
          ['g+a', 'to the audit trail'],
          ['g+i', 'to Settings'],
          ['g+n', 'add a site'],
        ],
      },
      {
        name: 'In the list of sites',
        keys: [
          ['/', 'filter'],
          ['j', 'next row'],
          ['k', 'previous row'],
          ['enter', 'open'],
          ['x', 'select or deselect'],
          ['b', 'back up now'],
          ['escape', 'clear the filter'],
        ],
      },
    ],
  },
});
