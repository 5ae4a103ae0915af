import { getRouteApi } from '@tanstack/react-router';
import { ChooseSite } from './ChooseSite.tsx';
import { OnItsWay } from './OnItsWay.tsx';

const route = getRouteApi('/console/sites/new');

/** The guided path: choose a site, put the plugin on it, pair, and watch the first backup. */
export function AddSite() {
  const { site } = route.useSearch();
  return site === undefined ? <ChooseSite /> : <OnItsWay key={site} site={site} />;
}
