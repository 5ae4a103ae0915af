import { defineWords, type Language } from '../src/platform/words.ts';
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

/** An error as a sentence and the next step, in the reader's language. */
export function errorInWords(error: ApiError, language: Language): ErrorWords {
  const words = common(language);
  if (error.code === 'platform-unreachable') return words.unreachable;
  if (error.status === 0) return words.unexpected;
  return { sentence: error.message, nextStep: error.nextStep };
}

/** The words of anything that a call threw. */
export function thrownInWords(thrown: unknown, language: Language): ErrorWords {
  return errorInWords(apiErrorOf(thrown), language);
}
