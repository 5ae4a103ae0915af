import { backupsDue, backupSite, tidyRepository, verifySlice } from './backups/index.ts';
import { restoreFolder, restoreSite, trialRestore } from './backups/restore/index.ts';
import { drillsLoop } from './drills/index.ts';
import { overdueLoop } from './duties/index.ts';
import { groupLoop } from './incidents/index.ts';
import { signInTidyLoop } from './identity/index.ts';
import { canaryLoop } from './messages/canary/index.ts';
import { sendLoop } from './messages/index.ts';
import { resultsLoop } from './monitoring/index.ts';
import { healthLoop } from './monitoring/health/index.ts';
import { dispatchLoop, dutyIncidentsLoop, holesLoop, repliesLoop } from './oncall/index.ts';
import type { DueLoop } from './platform/due/index.ts';
import { silentProbesLoop } from './probes/index.ts';
import { journalTidyLoop, type AnySaga } from './platform/saga/index.ts';
import { measureSaga } from './sites/index.ts';

/** Every saga that the role `worker` runs. A capability adds its own here in one line. */
export const sagas: AnySaga[] = [
  backupSite,
  measureSaga,
  restoreFolder,
  restoreSite,
  tidyRepository,
  trialRestore,
  verifySlice,
];

/** Every loop that the role `watch` runs. */
export const dueLoops: DueLoop[] = [
  backupsDue,
  overdueLoop,
  groupLoop,
  dispatchLoop,
  repliesLoop,
  drillsLoop,
  dutyIncidentsLoop,
  holesLoop,
  canaryLoop,
  healthLoop,
  journalTidyLoop,
  resultsLoop,
  sendLoop,
  silentProbesLoop,
  signInTidyLoop,
];
