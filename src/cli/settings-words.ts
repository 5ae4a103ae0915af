import { defineWords } from '../platform/words.ts';

/** What `nachtwacht settings` says. */
interface SettingsCliWords {
  about: Record<'settings' | 'list' | 'set' | 'testMail' | 'testStorage' | 'exportKeys', string>;
  option: Record<'customer' | 'out', string>;
  head: [setting: string, value: string, from: string];
  from: { environment: (variables: string) => string; here: string };
  name: Record<'name' | 'timeZone' | 'language' | 'accent' | 'storage' | 'mail' | 'retention' | 'keys', string>;
  none: string;
  own: string;
  changed: (name: string) => string;
  mailTaken: (said: string) => string;
  serverSaid: (said: string) => string;
  storageWell: string;
  written: (file: string, sites: number) => string;
}

export const settingsCliWords = defineWords<SettingsCliWords>({
  nl: {
    about: {
      settings: 'Instellingen van het huis',
      list: 'Laat zien hoe het huis is ingesteld, en wat de omgeving bepaalt',
      set: 'Verandert er een: name, time-zone, language (nl of en) of accent (#8a5a00, of none)',
      testMail: 'Stuurt een proefmail en zegt wat de mailserver zei',
      testStorage: 'Schrijft, leest, zoekt en wist één proefbestand waar nieuwe backups komen',
      exportKeys: 'Schrijft wachtwoorden en restic-opdrachten van alle sites in één document',
    },
    option: { customer: 'alleen van deze klant', out: 'bestand dat geschreven wordt (alleen voor jou leesbaar)' },
    head: ['instelling', 'waarde', 'bepaald door'],
    from: { environment: (variables) => `omgeving (${variables})`, here: 'hier' },
    name: {
      name: 'naam',
      timeZone: 'tijdzone',
      language: 'taal',
      accent: 'accentkleur',
      storage: 'opslag',
      mail: 'mail',
      retention: 'wat blijft',
      keys: 'wachtwoorden nog te bewaren',
    },
    none: 'geen',
    own: 'die van Nachtwacht',
    changed: (name) => `${name} is veranderd.`,
    mailTaken: (said) => `De mailserver nam de mail aan: ${said}`,
    serverSaid: (said) => `De mailserver zei: ${said}`,
    storageWell: 'De opslag werkt: schrijven, lezen, opsommen en wissen gingen goed.',
    written: (file, sites) => `${file} geschreven (sites: ${sites}). Berg het op buiten deze machine.`,
  },
  en: {
    about: {
      settings: 'Settings of the house',
      list: 'Show how the house is set, and what the environment decides',
      set: 'Change one: name, time-zone, language (nl or en) or accent (#8a5a00, or none)',
      testMail: 'Send a test mail and tell what the mail server said',
      testStorage: 'Write, read, find and delete one test file where new backups go',
      exportKeys: 'Write passwords and restic commands of all sites into one document',
    },
    option: { customer: 'of this customer only', out: 'file to write (readable by you alone)' },
    head: ['setting', 'value', 'decided by'],
    from: { environment: (variables) => `environment (${variables})`, here: 'here' },
    name: {
      name: 'name',
      timeZone: 'time zone',
      language: 'language',
      accent: 'accent colour',
      storage: 'storage',
      mail: 'mail',
      retention: 'what stays',
      keys: 'passwords yet to be kept',
    },
    none: 'none',
    own: "Nachtwacht's own",
    changed: (name) => `${name} was changed.`,
    mailTaken: (said) => `The mail server took the mail: ${said}`,
    serverSaid: (said) => `The mail server said: ${said}`,
    storageWell: 'The storage works: writing, reading, listing and deleting went well.',
    written: (file, sites) => `${file} written (sites: ${sites}). Put it away outside this machine.`,
  },
});
