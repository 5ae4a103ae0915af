import { useSyncExternalStore } from 'react';
import type { Language } from '../../src/platform/words.ts';

const listeners = new Set<() => void>();
const isLanguage = (value: unknown): value is Language => value === 'nl' || value === 'en';

let chosen: Language = read();

/** public/before-paint.js has chosen: what was stored, else the browser's, else the house's. */
function read(): Language {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : 'en';
}

/** Sets the language of this browser; the account's own choice is set with `account` calls by whoever changes it. */
export function chooseLanguage(language: Language): void {
  chosen = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem('language', language);
  } catch {
    // Storage is refused: it holds until the page is left.
  }
  for (const listener of listeners) listener();
}

/** The language of this browser: chosen earlier, else its first of Dutch and English, else the house's. */
export function useChosenLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}

/** The language of this browser, outside of React. */
export function languageNow(): Language {
  return chosen;
}
