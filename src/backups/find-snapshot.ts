import { NachtwachtError } from '../platform/errors.ts';
import type { Db } from '../platform/database/index.ts';
import { findSnapshots, type SnapshotRow } from './store.ts';

/** One snapshot of a site by the beginning of its id. */
export async function findSnapshotRow(db: Db, siteId: string, beginning: string): Promise<SnapshotRow> {
  const [first, second] = await findSnapshots(db, siteId, beginning);
  if (first !== undefined && second === undefined) return first;
  throw new NachtwachtError({
    code: first === undefined ? 'snapshot-not-found' : 'snapshot-not-clear',
    kind: 'not-found',
    message:
      first === undefined
        ? `This site has no snapshot ${beginning}.`
        : `More than one snapshot of this site begins with ${beginning}.`,
    nextStep: 'List them with `nachtwacht snapshots` and give at least eight characters of the id.',
    retryable: false,
  });
}
