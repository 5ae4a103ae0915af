import type { Platform } from '../../platform/platform.ts';
import { getSite } from '../../sites/index.ts';
import type { Restore } from './contract.ts';
import type { ChosenPath } from './rules/choose-scope.ts';
import { judgeUndo } from './rules/judge-undo.ts';
import { listRestores, listStillThere, listUndone, type RestoreRow } from './store.ts';

/** Restores of a site, newest first, each with whether it can be undone. Removed sites too. */
export async function showRestores(
  platform: Platform,
  input: { site: string; before?: string | undefined; limit: number },
): Promise<Restore[]> {
  const { db } = platform;
  const site = await getSite(db, input.site, { removedToo: true });
  const before = input.before === undefined ? undefined : new Date(input.before);
  const rows = await listRestores(db, site.id, input.limit, before);
  const undone = await listUndone(
    db,
    rows.map((row) => row.id),
  );
  const stillThere = await listStillThere(
    db,
    rows.flatMap((row) => row.present),
  );
  return rows.map((row) => shown(row, stillThere, undone.get(row.id)));
}

function shown(row: RestoreRow, stillThere: ReadonlySet<string>, undoneBy: string | undefined): Restore {
  return {
    id: row.id,
    siteId: row.siteId,
    snapshot: row.snapshot,
    target: row.target,
    state: row.state,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    present: row.present,
    undoOf: row.undoOf,
    smallJob: row.smallJob,
    evidence: row.evidence,
    scope: {
      files: Array.isArray(row.scope.files) ? row.scope.files.map(pathOf) : row.scope.files,
      tables: row.scope.tables,
    },
    undo: { ...judgeUndo({ ...row, stillThere, undone: undoneBy !== undefined }), by: undoneBy ?? null },
  };
}

function pathOf({ root, path }: ChosenPath): string {
  return root === 'root' ? path : `${root}:${path}`;
}
