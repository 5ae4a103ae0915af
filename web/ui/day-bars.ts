/** How a day was: the worst of it. `none` = nobody watched; `unknown` = the watch could not see. */
export type DayState = 'none' | 'well' | 'unknown' | 'maintenance' | 'out';

/** One day of a site, as the API tells it. */
export interface DayFacts {
  /** `YYYY-MM-DD`, by the agency's calendar. */
  day: string;
  worst: DayState;
  /** Whole minutes in outages; announced work of our own is not counted. */
  outageMinutes: number;
  outages: number;
}

export interface DaySum {
  watchedDays: number;
  /** Days with an outage, oldest first. */
  bad: string[];
  outageMinutes: number;
}

export function sumOfDays(days: readonly DayFacts[]): DaySum {
  return {
    watchedDays: days.filter(({ worst }) => worst !== 'none').length,
    bad: days.filter(({ worst }) => worst === 'out').map(({ day }) => day),
    outageMinutes: days.reduce((sum, day) => sum + day.outageMinutes, 0),
  };
}
