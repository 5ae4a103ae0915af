export { restoresContract } from './contract.ts';
export { restoresRoutes } from './routes.ts';
export { requestRestore, undoRestore, type StartedRestore } from './request-restore.ts';
export { diffSnapshots, previewRestore } from './preview-restore.ts';
export { restoreSite, type RestoreEvidence } from './restore-site.ts';
export { restoreFolder } from './restore-folder-saga.ts';
export { requestTrialRestore, startTrialRestore, trialRestore, type TrialResult } from './trial-restore.ts';
export { explainPlan } from './explain-plan.ts';
export { restoreWords } from './words.ts';
