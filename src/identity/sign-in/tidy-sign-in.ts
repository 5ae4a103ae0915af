import type { DueLoop } from '../../platform/due/index.ts';
import { removeExpired } from './store.ts';

/** Sessions, challenges and counters that have run out are of no use to anybody but a thief. */
export const signInTidyLoop: DueLoop = {
  name: 'sign-in-tidy',
  everyMs: 3_600_000,
  run: (platform) => removeExpired(platform.db, platform.clock.now()),
};
