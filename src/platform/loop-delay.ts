import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late this process's event loop runs. */
export interface LoopDelay {
  /** 99th percentile since the last call, milliseconds beyond what was asked for; starts a new period. */
  takeP99Ms(): number;
  stop(): void;
}

const resolutionMs = 20;

export function watchLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    takeP99Ms: () => {
      // Nanoseconds from timer to timer; without a sample it says 0.
      const p99 = histogram.count === 0 ? 0 : histogram.percentile(99) / 1e6 - resolutionMs;
      histogram.reset();
      return Math.max(0, p99);
    },
    stop: () => {
      histogram.disable();
    },
  };
}
