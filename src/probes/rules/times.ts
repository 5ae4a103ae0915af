/** How long things take between the core and a second location, in milliseconds. */
export interface ProbeTimes {
  /** Between two signs of life, in both directions. */
  beatMs: number;
  /** After so much silence the other side counts as gone (facts of the watch, 'mutual dead-man's switch'). */
  silentMs: number;
  /** Before a second location gives an opinion after its own start, or after it slept. */
  graceMs: number;
  /** A watcher whose heartbeat is younger lives. */
  watchFreshMs: number;
  /** A database that is away longer is an alarm: until then the watchers alarm by themselves. */
  databaseAwayMs: number;
  /** The core counts as back when it was well for so long. */
  backMs: number;
  /** How long the core keeps its own notice back when the second location can alarm by itself. */
  holdBackMs: number;
  /** A second location answers a question within this. */
  answerMs: number;
  /** Heard within this: asking makes sense. */
  presentMs: number;
  /** The copy of the rota is sent again at least so often, and looked at for changes so often. */
  kitMs: number;
  kitLookMs: number;
  /** Between two looks at the hosts of others. */
  referencesMs: number;
}

export const realTimes: ProbeTimes = {
  beatMs: 10_000,
  silentMs: 90_000,
  graceMs: 30_000,
  watchFreshMs: 30_000,
  databaseAwayMs: 300_000,
  backMs: 30_000,
  holdBackMs: 900_000,
  answerMs: 12_000,
  presentMs: 30_000,
  kitMs: 3_600_000,
  kitLookMs: 60_000,
  referencesMs: 10_000,
};

/** The same, `scale` times faster (NACHTWACHT_TEST_TIME_SCALE; 1 = real). */
export function timesOf(scale: number): ProbeTimes {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names go in and out
  return Object.fromEntries(Object.entries(realTimes).map(([name, ms]) => [name, ms / scale])) as unknown as ProbeTimes;
}
