import type { ProbeTimes } from './times.ts';

/** What the core knows of a second location that it may have to tell about. */
export interface HeardProbe {
  lastSeenAt: number;
  /** It has an SMS account and a rota: it alarms by itself when it does not hear us. */
  canAlarm: boolean;
}

export type SilentVerdict =
  | { state: 'seen' }
  | {
      state: 'silent';
      since: number;
      /** Nobody is told before. */
      tellFrom: number;
      /** A short message to the guard, whatever the hour: nothing confirms outages from elsewhere now. */
      notice: boolean;
      why: 'alarms-by-itself' | 'cannot-alarm';
    };

/**
 * Whether a second location is silent, and when that is told. One notice of a cut: one that can alarm by itself has the
 * word first, for it tells the guard within two minutes when it does not hear us. Ours follows only when the silence
 * outlasts `holdBackMs`: then it is dead, or cut off itself, or the guard should know that the core lives.
 */
export function judgeSilence(
  now: number,
  probe: HeardProbe,
  othersSeen: number,
  times: Pick<ProbeTimes, 'silentMs' | 'holdBackMs'>,
): SilentVerdict {
  const { lastSeenAt: since, canAlarm } = probe;
  if (now - since < times.silentMs) return { state: 'seen' };
  return {
    state: 'silent',
    since,
    tellFrom: since + (canAlarm ? times.holdBackMs : times.silentMs),
    notice: othersSeen === 0,
    why: canAlarm ? 'alarms-by-itself' : 'cannot-alarm',
  };
}
