import { defineWords, type Language } from '../src/platform/words.ts';
import { useEffect, useSyncExternalStore } from 'react';
import { apiErrorOf, type ApiError } from './api.ts';

/** What the reader sees of an error: what happened, what to do next. */
export interface ErrorWords {
  sentence: string;
  nextStep: string;
}

interface CommonErrors {
  unreachable: ErrorWords;
  unexpected: ErrorWords;
}

const common = defineWords<CommonErrors>({
  nl: {
    unreachable: {
      sentence: 'Nachtwacht is niet bereikbaar.',
      nextStep: 'Kijk of je verbinding werkt en probeer het opnieuw.',
    },
    unexpected: {
      sentence: 'Er ging iets mis dat we niet verwachtten.',
      nextStep: 'Probeer het opnieuw; blijft het gebeuren, meld het dan met wat je deed.',
    },
  },
  en: {
    unreachable: {
      sentence: 'Nachtwacht cannot be reached.',
      nextStep: 'Check your connection and try again.',
    },
    unexpected: {
      sentence: 'Something went wrong that we did not expect.',
      nextStep: 'Try again; if it keeps happening, report it with what you did.',
    },
  },
});

type Table = typeof import('./error-words.ts');

let table: Table | undefined;
let loading: Promise<void> | undefined;
const listeners = new Set<() => void>();

async function fetchWords(): Promise<void> {
  try {
    table = await import('./error-words.ts');
    for (const listener of listeners) listener();
  } catch {
    loading = undefined;
  }
}

/** Fetches the words of all errors; once. Without a connection the server's own words stay. */
export function loadErrorWords(): Promise<void> {
  loading ??= fetchWords();
  return loading;
}

/** Renders again when the words of errors have come. `isNeeded`: there is an error to be put into words. Returns whether they are there. */
export function useErrorWords(isNeeded: boolean): boolean {
  useEffect(() => {
    if (isNeeded) void loadErrorWords();
  }, [isNeeded]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => table !== undefined,
  );
}

/** An error as a sentence and the next step, in the reader's language. */
export function errorInWords(error: ApiError, language: Language): ErrorWords {
  const words = common(language);
  if (error.code === 'platform-unreachable') return words.unreachable;
  if (error.status === 0 || error.code === 'unexpected') return words.unexpected;
  // A screen told it in the reader's language already (sign-in/error-words.ts).
  if (error.details['told'] === true) return { sentence: error.message, nextStep: error.nextStep };
  return table?.wordsOfError(error, language) ?? { sentence: error.message, nextStep: error.nextStep };
}

/** The words of anything that a call threw. */
export function thrownInWords(thrown: unknown, language: Language): ErrorWords {
  return errorInWords(apiErrorOf(thrown), language);
}
