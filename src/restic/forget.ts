import { ResticError } from './errors.ts';
import type { Backend, Id, Lock } from './types.ts';

/** Throws unless `lock` is exclusive and still held. */
export async function assertExclusive(lock: Lock): Promise<void> {
  if (!lock.exclusive) {
    throw new ResticError('lock-not-exclusive', 'Removing anything from a repository needs an exclusive lock.', {
      nextStep: 'Take the lock with exclusive: true.',
    });
  }
  await lock.assertHeld();
}

/** Removes snapshot files; their data stays until a prune. Snapshots that are gone already are no error. */
export async function forgetSnapshots(backend: Backend, lock: Lock, snapshots: Id[]): Promise<void> {
  for (const id of snapshots) {
    await assertExclusive(lock);
    await backend.remove('snapshot', id);
  }
}
