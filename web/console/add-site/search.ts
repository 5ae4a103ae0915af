/** `/sites/new?site=ID`: the site that is on its way into care; without it a new one is chosen. */
export interface AddSiteSearch {
  site?: string;
}

export function addSiteSearch(search: Record<string, unknown>): AddSiteSearch {
  const { site } = search;
  return typeof site === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(site) ? { site } : {};
}
