/** The promise of the contract: within five minutes of the first failure a guard's phone has the message. */
export const toldWithinSeconds = 300;

export interface Told {
  /** From the first failure; null = nobody was told. */
  toldAfterSeconds: number | null;
  seconds: number;
  isOurWork: boolean;
}

/**
 * How the promise was kept over some outages. Our own work wakes nobody, and an outage that was over before the promised
 * time, without anybody told, broke no promise: neither is counted.
 */
export function toldInTime(outages: readonly Told[]): { outages: number; kept: number; slowestSeconds: number | null } {
  const counted = outages.filter(
    (one) => !one.isOurWork && (one.toldAfterSeconds !== null || one.seconds > toldWithinSeconds),
  );
  const times = counted.flatMap((one) => (one.toldAfterSeconds === null ? [] : [one.toldAfterSeconds]));
  return {
    outages: counted.length,
    kept: times.filter((seconds) => seconds <= toldWithinSeconds).length,
    slowestSeconds: times.length === 0 ? null : Math.max(...times),
  };
}
