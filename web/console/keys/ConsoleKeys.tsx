import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { isTyping } from '../today/list-keys.ts';
import { setKeysShown, useKeysShown, ways } from './key-help.ts';

const KeyHelp = lazy(() => import('./KeyHelp.tsx').then(({ KeyHelp: made }) => ({ default: made })));

/** How long after `g` its second letter counts, in milliseconds. */
const secondWithinMs = 1500;

/** Keys that work everywhere in the console: `?` shows all of them, `g` and a letter goes to a page. */
export function ConsoleKeys() {
  const isShown = useKeysShown();
  const navigate = useNavigate();
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const way = event.timeStamp - wentAt < secondWithinMs ? ways[event.key] : undefined;
      wentAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (way !== undefined) {
        event.preventDefault();
        // Before the list's own keys hear of the second letter.
        event.stopImmediatePropagation();
        if (way === '/#sites') void navigate({ to: '/', hash: 'sites' });
        else void navigate({ to: way });
      } else if (event.key === '?') {
        event.preventDefault();
        setKeysShown(true);
      }
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate]);
  return isShown ? (
    <Suspense>
      <KeyHelp onClose={() => setKeysShown(false)} />
    </Suspense>
  ) : null;
}
