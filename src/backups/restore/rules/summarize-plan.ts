import type { FilePlan, KeptPath, TableChange } from './plan-restore.ts';
import type { RestoreOrder } from './order-restore.ts';

/** The figures of a plan, small enough for a screen, the API and the row that stays. */
export interface PlanSummary {
  files: {
    scope: 'all' | 'none' | 'chosen';
    added: number;
    changed: number;
    removed: number;
    modesChanged: number;
    bytes: number;
    /** The first of each kind by name, at most `EXAMPLES`. */
    examples: { added: string[]; changed: string[]; removed: string[] };
  };
  tables: { scope: 'all' | 'none' | 'chosen'; changes: TableChange[] };
  kept: KeptPath[];
  keptCount: number;
  order: RestoreOrder;
}

export const EXAMPLES = 20;
const MOST_KEPT = 100;

type Listed = 'all' | 'none' | readonly unknown[];
const kindOf = (list: Listed) => (list === 'all' || list === 'none' ? list : 'chosen');

export function summarizePlan(
  files: Omit<FilePlan<unknown>, 'operations'> & { operations: readonly { op: string; root: string; path: string }[] },
  before: { has(path: string): boolean },
  tables: readonly TableChange[],
  order: RestoreOrder,
  scope: { files: Listed; tables: Listed },
): PlanSummary {
  const named = (wanted: (one: { op: string; root: string; path: string }) => boolean) => {
    const found: string[] = [];
    for (const one of files.operations) {
      if (found.length >= EXAMPLES) break;
      if (wanted(one)) found.push(one.root === 'root' ? one.path : `${one.root}:${one.path}`);
    }
    return found;
  };
  const isThere = (one: { root: string; path: string }) => before.has(`${one.root}:${one.path}`);
  return {
    files: {
      scope: kindOf(scope.files),
      added: files.added,
      changed: files.changed,
      removed: files.removed,
      modesChanged: files.modesChanged,
      bytes: files.bytes,
      examples: {
        added: named((one) => one.op === 'put' && !isThere(one)),
        changed: named((one) => one.op === 'put' && isThere(one)),
        removed: named((one) => one.op === 'remove'),
      },
    },
    tables: { scope: kindOf(scope.tables), changes: [...tables] },
    kept: files.kept.slice(0, MOST_KEPT),
    keptCount: files.kept.length,
    order,
  };
}
