// Outages come from incidents alone.
export { outagesBetween as outagesOf, type OutageSpan } from '../incidents/index.ts';
