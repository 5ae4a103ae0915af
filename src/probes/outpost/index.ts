export type { AskNext } from './alarm-by-itself.ts';
export { openFolder, smsFile, type OutpostFolder } from './folder.ts';
export { joinCore } from './join.ts';
export { runOutpost, type Outpost } from './run-outpost.ts';
