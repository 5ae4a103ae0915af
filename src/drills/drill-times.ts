import type { Config } from '../platform/config.ts';
import { realDrillTimes, type DrillTimes } from './rules/judge-drill.ts';

/** Faster in tests, as everything of the watch (NACHTWACHT_TEST_TIME_SCALE). */
export function drillTimes({ timeScale }: Pick<Config, 'timeScale'>): DrillTimes {
  const { goalMs, longestMs, receiptMs } = realDrillTimes;
  return { goalMs: goalMs / timeScale, longestMs: longestMs / timeScale, receiptMs: receiptMs / timeScale };
}
