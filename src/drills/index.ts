export { drillsLoop } from './hold-drills.ts';
export { serveDrillPage } from './serve-page.ts';
