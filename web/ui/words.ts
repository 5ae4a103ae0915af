import { defineWords } from '../../src/platform/words.ts';

interface UiWords {
  loading: string;
  retry: string;
  close: string;
  cancel: string;
  copy: string;
  copied: string;
  copyFailed: string;
  why: string;
  never: string;
  now: string;
  showPassword: string;
  hidePassword: string;
  optional: string;
  clear: string;
  pager: string;
  previous: string;
  next: string;
  /** Rows of a list: 1 to 50 of 214. */
  range: (from: string, to: string, total: string) => string;
  ofTotal: (part: string, total: string) => string;
  typeToConfirm: (text: string) => string;
  typedWrong: string;
  required: string;
  notValid: string;
  sortBy: (column: string) => string;
  step: { done: string; now: string; later: string; failed: string };
  unit: { second: string; minute: string; hour: string };
}

export const uiWords = defineWords<UiWords>({
  nl: {
    loading: 'Laden',
    retry: 'Opnieuw proberen',
    close: 'Sluiten',
    cancel: 'Annuleren',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    copyFailed: 'Kopiëren lukte niet. Selecteer de tekst en kopieer die zelf.',
    why: 'waarom?',
    never: 'nooit',
    now: 'nu',
    showPassword: 'Wachtwoord tonen',
    hidePassword: 'Wachtwoord verbergen',
    optional: 'niet verplicht',
    clear: 'Wissen',
    pager: 'Bladeren',
    previous: 'Vorige',
    next: 'Volgende',
    range: (from, to, total) => `${from} tot ${to} van ${total}`,
    ofTotal: (part, total) => `${part} van ${total}`,
    typeToConfirm: (text) => `Typ ${text} om te bevestigen`,
    typedWrong: 'Dit is nog niet hetzelfde.',
    required: 'Vul dit in.',
    notValid: 'Dit klopt niet.',
    sortBy: (column) => `Sorteren op ${column}`,
    step: { done: 'klaar', now: 'bezig', later: 'nog niet begonnen', failed: 'mislukt' },
    unit: { second: 's', minute: 'min', hour: 'u' },
  },
  en: {
    loading: 'Loading',
    retry: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Copying failed. Select the text and copy it yourself.',
    why: 'why?',
    never: 'never',
    now: 'now',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    optional: 'optional',
    clear: 'Clear',
    pager: 'Pages',
    previous: 'Previous',
    next: 'Next',
    range: (from, to, total) => `${from} to ${to} of ${total}`,
    ofTotal: (part, total) => `${part} of ${total}`,
    typeToConfirm: (text) => `Type ${text} to confirm`,
    typedWrong: 'This is not the same yet.',
    required: 'Fill this in.',
    notValid: 'This is not right.',
    sortBy: (column) => `Sort by ${column}`,
    step: { done: 'done', now: 'under way', later: 'not begun', failed: 'failed' },
    unit: { second: 's', minute: 'min', hour: 'h' },
  },
});
