export type { Cause, OwnCause } from './rules/verdict.ts';
export { causeInWords, monitoringWords, watchReasonInWords, type AnyCause } from './words.ts';
