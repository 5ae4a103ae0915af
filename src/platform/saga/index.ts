export { defineSaga, type AnySaga, type SagaDefinition } from './saga.ts';
export { cancelSaga, startSaga, type StartedSaga } from './start-saga.ts';
export { startSagaWorker, type SagaWorker } from './saga-worker.ts';
export {
  currentClaim,
  findRun,
  listRuns,
  raiseClaimTo,
  readProgress,
  readSteps,
  type RunRow,
  type RunState,
} from './saga-store.ts';
export { journalTidyLoop } from './tidy-journals.ts';
