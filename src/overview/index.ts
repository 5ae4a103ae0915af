export { backUpSites, type AskedBackup } from './back-up-sites.ts';
export { showSites, type SitesQuestion } from './show-sites.ts';
export { showToday } from './show-today.ts';
export { judgeSite, type SiteFacts, type SiteState, type SiteVerdict } from './rules/site-state.ts';
