import './ui/tokens.css';
import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onSignedOut, queryClient } from './api.ts';
import { router } from './routes.tsx';
import { accountQuery, applyView } from './shell/account.ts';
import { focusHeading, wantHeadingFocus } from './ui/page-focus.ts';

const openPages = ['/sign-in', '/start', '/invitation', '/design'];

onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (!openPages.includes(pathname)) void router.navigate({ to: '/sign-in', search: { from: href }, replace: true });
});

router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
  if (pathChanged && fromLocation) wantHeadingFocus();
});
router.subscribe('onRendered', () => focusHeading(document.querySelector<HTMLElement>('[data-page-heading]')));

if (!openPages.includes(window.location.pathname)) {
  void queryClient.fetchQuery(accountQuery).then(
    // A customer who opened a page of the console is shown his own; who lacks a second step, his account.
    (me) => {
      applyView(me);
      return me.role === 'customer' || me.mustSetUp ? router.invalidate() : undefined;
    },
    () => undefined,
  );
}

const place = document.getElementById('root');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
