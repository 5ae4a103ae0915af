import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
  redirect,
} from '@tanstack/react-router';
import { queryClient } from './api.ts';
import { readAuditSearch } from './console/audit/search.ts';
import { addSiteSearch } from './console/add-site/search.ts';
import { fetchToday } from './console/today/fetch-today.ts';
import { readListSearch } from './console/today/list-search.ts';
import { readIncidentsSearch } from './console/incidents/search.ts';
import { readWatchSearch } from './console/watch/search.ts';
import { accountQuery } from './shell/account.ts';
import { ConsoleFrame, OwnFrame, PlainFrame, PortalFrame } from './shell/Frame.tsx';
import { Crashed, NotFound } from './shell/NotFound.tsx';
import { Root } from './shell/Root.tsx';
import { readRestoreSearch, readSiteSearch } from './site/site-search.ts';
import { signInSearch } from './sign-in/search.ts';
import type { PageTitle } from './shell/words.ts';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Name of the page in the window's title; a screen may set a nearer one with `useTitle`. */
    title?: PageTitle;
  }
  interface Register {
    router: typeof router;
  }
}

const root = createRootRoute({
  component: Root,
  notFoundComponent: () => (
    <PlainFrame>
      <NotFound />
    </PlainFrame>
  ),
});

/** Customers have their own pages: what is asked of the console goes there. Nobody waits for the answer. */
const console = createRoute({
  getParentRoute: () => root,
  id: 'console',
  component: ConsoleFrame,
  beforeLoad: () => {
    const account = queryClient.getQueryData(accountQuery.queryKey);
    if (account?.mustSetUp) throw redirect({ to: '/account' });
    if (account?.role === 'customer') throw redirect({ to: '/mine' });
  },
});
const portal = createRoute({ getParentRoute: () => root, id: 'portal', component: PortalFrame });
const plain = createRoute({ getParentRoute: () => root, id: 'plain', component: PlainFrame });
const own = createRoute({ getParentRoute: () => root, id: 'own', component: OwnFrame });

const inConsole = () => console;
const inPortal = () => portal;
const inPlain = () => plain;
const inOwn = () => own;
const today = () => import('./console/today/Today.tsx');
const addSite = () => import('./console/add-site/AddSite.tsx');
const sitePage = () => import('./site/SitePage.tsx');
const siteWatch = () => import('./site/availability/SiteWatch.tsx');
const watch = () => import('./console/watch/Watch.tsx');
const incidents = () => import('./console/incidents/Incidents.tsx');
const incident = () => import('./console/incidents/Incident.tsx');
const duty = () => import('./console/duty/Duty.tsx');
const myDuty = () => import('./console/duty/MyDuty.tsx');
const restore = () => import('./site/Restore.tsx');
const people = () => import('./console/people/People.tsx');
const customers = () => import('./console/customers/Customers.tsx');
const audit = () => import('./console/audit/Audit.tsx');
const tokens = () => import('./console/tokens/Tokens.tsx');
const settings = () => import('./console/settings/Settings.tsx');
const account = () => import('./account/Account.tsx');
const mine = () => import('./portal/Mine.tsx');
const mySite = () => import('./portal/MySite.tsx');
const signIn = () => import('./sign-in/SignIn.tsx');
const start = () => import('./sign-in/Start.tsx');
const invitation = () => import('./sign-in/Invitation.tsx');
const design = () => import('./design/Design.tsx');

// One line per screen; a screen that reads search parameters adds `validateSearch`.
// oxfmt-ignore
const consoleScreens = [
  createRoute({ getParentRoute: inConsole, path: '/', staticData: { title: 'today' }, component: lazy(today, 'Today'), validateSearch: readListSearch, loaderDeps: ({ search }) => search, loader: ({ deps }) => fetchToday(deps) }),
  createRoute({ getParentRoute: inConsole, path: '/sites/new', staticData: { title: 'addSite' }, component: lazy(addSite, 'AddSite'), validateSearch: addSiteSearch }),
  createRoute({ getParentRoute: inConsole, path: '/sites/$site', staticData: { title: 'site' }, component: lazy(sitePage, 'SitePage'), validateSearch: readSiteSearch }),
  createRoute({ getParentRoute: inConsole, path: '/sites/$site/restore', staticData: { title: 'restore' }, component: lazy(restore, 'Restore'), validateSearch: readRestoreSearch }),
  createRoute({ getParentRoute: inConsole, path: '/sites/$site/watch', staticData: { title: 'siteWatch' }, component: lazy(siteWatch, 'SiteWatch') }),
  createRoute({ getParentRoute: inConsole, path: '/watch', staticData: { title: 'watch' }, component: lazy(watch, 'Watch'), validateSearch: readWatchSearch }),
  createRoute({ getParentRoute: inConsole, path: '/incidents', staticData: { title: 'incidents' }, component: lazy(incidents, 'Incidents'), validateSearch: readIncidentsSearch }),
  createRoute({ getParentRoute: inConsole, path: '/incidents/$id', staticData: { title: 'incident' }, component: lazy(incident, 'Incident') }),
  createRoute({ getParentRoute: inConsole, path: '/duty', staticData: { title: 'duty' }, component: lazy(duty, 'Duty') }),
  createRoute({ getParentRoute: inConsole, path: '/duty/mine', staticData: { title: 'myDuty' }, component: lazy(myDuty, 'MyDuty') }),
  createRoute({ getParentRoute: inConsole, path: '/people', staticData: { title: 'people' }, component: lazy(people, 'People') }),
  createRoute({ getParentRoute: inConsole, path: '/customers', staticData: { title: 'customers' }, component: lazy(customers, 'Customers') }),
  createRoute({ getParentRoute: inConsole, path: '/audit', staticData: { title: 'audit' }, component: lazy(audit, 'Audit'), validateSearch: readAuditSearch }),
  createRoute({ getParentRoute: inConsole, path: '/tokens', staticData: { title: 'tokens' }, component: lazy(tokens, 'Tokens') }),
  createRoute({ getParentRoute: inConsole, path: '/settings', staticData: { title: 'settings' }, component: lazy(settings, 'Settings') }),
] as const;
// oxfmt-ignore
const portalScreens = [
  createRoute({ getParentRoute: inPortal, path: '/mine', staticData: { title: 'mine' }, component: lazy(mine, 'Mine') }),
  createRoute({ getParentRoute: inPortal, path: '/mine/$site', staticData: { title: 'mySite' }, component: lazy(mySite, 'MySite') }),
] as const;
// oxfmt-ignore
const plainScreens = [
  createRoute({ getParentRoute: inPlain, path: '/sign-in', staticData: { title: 'signIn' }, component: lazy(signIn, 'SignIn'), validateSearch: signInSearch }),
  createRoute({ getParentRoute: inPlain, path: '/start', staticData: { title: 'start' }, component: lazy(start, 'Start') }),
  createRoute({ getParentRoute: inPlain, path: '/invitation', staticData: { title: 'invitation' }, component: lazy(invitation, 'Invitation') }),
] as const;
/** For everybody who is signed in: in the frame of whoever looks. */
// oxfmt-ignore
const ownScreens = [
  createRoute({ getParentRoute: inOwn, path: '/account', staticData: { title: 'account' }, component: lazy(account, 'Account') }),
] as const;
/** Every component with every state; development only, the production bundle has none of it. */
// oxfmt-ignore
const designScreens = import.meta.env.DEV
  ? [createRoute({ getParentRoute: () => root, path: '/design', staticData: { title: 'design' }, component: lazy(design, 'Design') })]
  : [];

export const router = createRouter({
  routeTree: root.addChildren([
    console.addChildren(consoleScreens),
    portal.addChildren(portalScreens),
    plain.addChildren(plainScreens),
    own.addChildren(ownScreens),
    ...designScreens,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
});
