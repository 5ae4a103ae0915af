import { CSPProvider } from '@base-ui/react/csp-provider';
import { Outlet, useMatches } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { LanguageProvider } from '../ui/language.tsx';
import { useChosenLanguage } from './language.ts';
import { useDocumentTitle } from './title.ts';

const Toasts = lazy(() => import('./Toasts.tsx').then(({ Toasts: made }) => ({ default: made })));

function Title() {
  useDocumentTitle(
    useMatches({ select: (matches) => matches.findLast(({ staticData }) => staticData.title)?.staticData.title }),
  );
  return null;
}

/** Around every page. */
export function Root() {
  const language = useChosenLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <CSPProvider disableStyleElements>
      <LanguageProvider language={language}>
        <Title />
        <Outlet />
        <Suspense>
          <Toasts />
        </Suspense>
      </LanguageProvider>
    </CSPProvider>
  );
}
