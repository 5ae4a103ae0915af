export type { Cause, OwnCause } from './rules/verdict.ts';
export { causeInWords, monitoringWords, watchReasonInWords, type AnyCause } from './words.ts';
export { outMs, shareWell, type Stretch } from './rules/outage-share.ts';
export { calendarDays, dayBars, type DayBar, type DayChecks } from './rules/day-bars.ts';
export { registerWatchMetrics } from './metrics.ts';
export { resultsLoop } from './results/roll-up.ts';
export { superviseWatcher, type SupervisedWatcher, type WatcherOrders } from './supervise-watcher.ts';
