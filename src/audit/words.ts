import { defineWords, type Language } from '../platform/words.ts';

/** Every action that the house records, as what somebody did. `words.test.ts` finds one that lacks here. */
const words = defineWords<Record<string, string>>({
  nl: {
    'backup-requested': 'vroeg een backup',
    'backup-settings-changed': 'wijzigde hoe de backups gaan',
    'customer-added': 'voegde een klant toe',
    'customer-changed': 'wijzigde een klant',
    'customer-removed': 'haalde een klant weg',
    'present-state-kept': 'liet de huidige toestand bewaren',
    'repository-key-exported': 'exporteerde de sleutel van de backups',
    'repository-tidied': 'ruimde de backups op',
    'request-answered': 'beantwoordde een verzoek',
    'request-made': 'vroeg om terugzetten',
    'request-withdrawn': 'trok een verzoek in',
    'restore-asked': 'begon met terugzetten',
    'restore-to-folder-asked': 'liet een backup in een map zetten',
    'run-cancelled': 'stopte lopend werk',
    'site-added': 'voegde een site toe',
    'site-changed': 'wijzigde wat voor een site is afgesproken',
    'site-checked': 'vroeg de site hoe het gaat',
    'site-measured': 'liet de site meten',
    'site-paired': 'koppelde de site',
    'site-removed': 'nam de site uit onze hoede',
    'site-taken-over': 'nam de site over',
    'site-unpaired': 'ontkoppelde de site',
    'snapshot-downloaded': 'haalde een backup op',
    'snapshot-held': 'zette een backup apart',
    'snapshot-released': 'gaf een backup weer vrij',
    'token-created': 'maakte een token',
    'token-revoked': 'trok een token in',
    'trial-restore-asked': 'vroeg een proef van het terugzetten',
    'verification-requested': 'vroeg een controle van de backups',
  },
  en: {
    'backup-requested': 'asked for a backup',
    'backup-settings-changed': 'changed how the backups go',
    'customer-added': 'added a customer',
    'customer-changed': 'changed a customer',
    'customer-removed': 'removed a customer',
    'present-state-kept': 'had the present state kept',
    'repository-key-exported': 'exported the key of the backups',
    'repository-tidied': 'tidied the backups',
    'request-answered': 'answered a request',
    'request-made': 'asked for a restore',
    'request-withdrawn': 'withdrew a request',
    'restore-asked': 'began a restore',
    'restore-to-folder-asked': 'had a backup put into a folder',
    'run-cancelled': 'stopped running work',
    'site-added': 'added a site',
    'site-changed': 'changed what was agreed for a site',
    'site-checked': 'asked the site how it is',
    'site-measured': 'had the site measured',
    'site-paired': 'paired the site',
    'site-removed': 'took the site out of care',
    'site-taken-over': 'took the site over',
    'site-unpaired': 'unpaired the site',
    'snapshot-downloaded': 'downloaded a backup',
    'snapshot-held': 'set a backup aside',
    'snapshot-released': 'released a backup again',
    'token-created': 'made a token',
    'token-revoked': 'revoked a token',
    'trial-restore-asked': 'asked for a trial restore',
    'verification-requested': 'asked for a check of the backups',
  },
});

/** What somebody did, such as 'asked for a backup'; an unknown action is shown as it is. */
export function actionInWords(action: string, language: Language): string {
  return words(language)[action] ?? action.replaceAll('-', ' ');
}

export const knownActions: readonly string[] = Object.keys(words('en'));
