import { runAlone as alone } from '../database/index.ts';
import type { Platform } from '../platform.ts';

/** Something a capability looks at now and then: 'what is due now?'. It decides by pure rules and starts sagas. */
export interface DueLoop {
  /** Stable, kebab-case. */
  name: string;
  everyMs: number;
  /** Called by one watcher at a time in the whole installation. Must be safe to run twice. */
  run(platform: Platform, signal: AbortSignal): Promise<void>;
}

/** Runs all loops until the signal is aborted; resolves when the last one has ended. */
export async function runDueLoops(platform: Platform, loops: DueLoop[], signal: AbortSignal): Promise<void> {
  await Promise.all(loops.map((loop) => runLoop(platform, loop, signal)));
}

async function runLoop(platform: Platform, loop: DueLoop, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await runAlone(platform, loop, signal);
    } catch (error) {
      if (!signal.aborted) platform.log.error({ err: error, loop: loop.name }, 'due loop failed');
    }
    await platform.clock.sleep(loop.everyMs, signal).catch(() => {});
  }
}

/** One look, unless another watcher is looking right now. True = it ran. */
export async function runAlone(platform: Platform, loop: DueLoop, signal: AbortSignal): Promise<boolean> {
  return alone(platform.db, `due ${loop.name}`, () => loop.run(platform, signal));
}
