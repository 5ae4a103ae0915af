import type { DueLoop } from '../due/index.ts';
import { removeJournals } from './saga-store.ts';

/** So long the journal of a run that is over can still be looked at; the run and its result stay. */
const keptMs = 7 * 86_400_000;
/** Runs for each statement: short enough that nobody waits for its locks. */
const atOnce = 500;

/** A journal is there for the next attempt: of a run that is over nobody reads it, and a thousand sites fill a disk with it. */
export const journalTidyLoop: DueLoop = {
  name: 'saga-journal-tidy',
  everyMs: 3_600_000,
  run: async ({ db, clock }, signal) => {
    const before = new Date(clock.now().getTime() - keptMs);
    while (!signal.aborted && (await removeJournals(db, before, atOnce)) === atOnce);
  },
};
