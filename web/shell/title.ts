import { useEffect, useSyncExternalStore } from 'react';
import { useLanguage } from '../ui/language.tsx';
import { branding } from './branding.ts';
import { shellWords, type PageTitle } from './words.ts';

const listeners = new Set<() => void>();
let ofScreen: string | undefined;

function set(title: string | undefined): void {
  ofScreen = title;
  for (const listener of listeners) listener();
}

/** Names the window after what a screen shows, such as the site's name; undefined = the page's own name. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    set(title);
    return () => set(undefined);
  }, [title]);
}

/** The shell's part: `bakkerij.nl · Nachtwacht`. */
export function useDocumentTitle(page: PageTitle | undefined): void {
  const words = shellWords(useLanguage());
  const nearer = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ofScreen,
  );
  const shown = nearer ?? (page === undefined ? words.titles.notFound : words.titles[page]);
  useEffect(() => {
    document.title = `${shown} · ${branding.name}`;
  }, [shown]);
}
