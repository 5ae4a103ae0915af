export type { Site } from './contract.ts';
export { connectToSite, notPaired, type ConnectOptions } from './connect-to-site.ts';
export { addSite } from './add-site.ts';
export { getSite, getSiteById, siteSubject } from './find-site.ts';
export { measureSaga, recordInventory, recordMeasurement, type Measurement } from './measure-site.ts';
export { pairWithSite } from './pair-site.ts';
export { defaultLimitBytes, judgeSize, type SizeVerdict } from './rules/size-limit.ts';
export { listSites, type BackupPlan, type SiteRow } from './store.ts';
