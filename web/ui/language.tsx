import { createContext, use, type ReactNode } from 'react';
import type { Language } from '../../src/platform/words.ts';

const LanguageContext = createContext<Language>('en');

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return use(LanguageContext);
}

/** The words of a catalogue (`defineWords`) in the reader's language. */
export function useWords<Words>(catalogue: (language: Language) => Words): Words {
  return catalogue(use(LanguageContext));
}
