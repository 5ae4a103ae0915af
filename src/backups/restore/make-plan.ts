import { decodePath } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Id, RepositoryApi, TreeNode } from '../../restic/index.ts';
import { readReport } from '../earlier-snapshots.ts';
import { pathInSnapshot } from '../rules/snapshot-layout.ts';
import type { SiteReport } from '../rules/site-report.ts';
import { diffFiles } from './diff-snapshots.ts';
import { readTables, type TablesOfSnapshot } from './tables-of-snapshot.ts';
import type { ChosenPath, RestoreScope } from './rules/choose-scope.ts';
import { summarizePlan, type PlanSummary } from './rules/summarize-plan.ts';
import { orderRestore } from './rules/order-restore.ts';
import { isOwnTable, ownPlaces } from './rules/own-places.ts';
import {
  planFiles,
  planTables,
  unknownChoices,
  type FilePlan,
  type PathDifference,
  type PathState,
  type TableChange,
} from './rules/plan-restore.ts';

export interface RestorePlan {
  files: FilePlan<TreeNode>;
  tables: TableChange[];
  summary: PlanSummary;
  wanted: TablesOfSnapshot | undefined;
  present: TablesOfSnapshot | undefined;
  /** What is there now of every path that differs, by `root:path`. */
  before: ReadonlyMap<string, PathState>;
}

export interface PlanInput {
  /** Tree of a snapshot of the site as it is now; undefined = as if nothing were there. */
  present: Id | undefined;
  wanted: Id;
  /** Where the tables come from, when not from `wanted` (undoing a restore that took two snapshots). */
  wantedTables?: Id | undefined;
  scope: RestoreScope;
  /** Name of the connector's folder on the site, when it is not the usual one. */
  pluginFolder?: string | undefined;
}

/**
 * What would have to change so that the site is as in the snapshot: read from the two snapshots alone, so the same
 * input always gives the same plan, in any process. Throws `unknown-in-snapshot` for chosen paths nobody has.
 */
export async function makePlan(repository: RepositoryApi, input: PlanInput): Promise<RestorePlan> {
  const { present, wanted, scope } = input;
  const report = await readReport(repository, wanted);
  const [presentTables, wantedTables] = [
    present === undefined ? undefined : await readTables(repository, present),
    await readTables(repository, input.wantedTables ?? wanted),
  ];
  const places = ownPlaces(report?.site ?? '', report?.roots ?? [], input.pluginFolder);
  const differences: PathDifference<TreeNode>[] = [];
  if (scope.files !== 'none') for await (const one of diffFiles(repository, present, wanted)) differences.push(one);
  const files = planFiles(differences, { scope, ...places, ...skippedOf(report) });
  const tables =
    scope.tables === 'none' || wantedTables === undefined
      ? []
      : planTables(presentTables?.tables, wantedTables.tables, {
          scope,
          own: [...wantedTables.tables, ...(presentTables?.tables ?? [])].map(({ name }) => name).filter(isOwnTable),
          skipped: report?.database.held === true ? report.database.skipped.map((table) => table.name) : [],
        });
  await refuseUnknown(repository, input, [...(presentTables?.tables ?? []), ...(wantedTables?.tables ?? [])]);
  const order = orderRestore({
    databaseReachable: presentTables !== undefined,
    filesToDo: files.operations.length > 0,
    tablesToDo: tables.some((table) => table.action !== 'same' && table.action !== 'kept'),
    putsConfig: files.operations.some((one) => one.op === 'put' && /(?:^|\/)wp-config\.php$/u.test(one.path)),
  });
  const before = new Map<string, PathState>();
  for (const one of differences) if (one.before !== undefined) before.set(`${one.root}:${one.path}`, one.before);
  const summary = summarizePlan(files, before, tables, order, scope);
  return { files, tables, summary, wanted: wantedTables, present: presentTables, before };
}

function skippedOf(report: SiteReport | undefined): { skipped: ChosenPath[]; skippedIsPartial: boolean } {
  // A snapshot without a report is not ours: it says nothing about what it left out.
  if (report === undefined) return { skipped: [], skippedIsPartial: true };
  const counted = Object.values(report.skippedCounts).reduce((sum, count) => sum + count, 0);
  return {
    skipped: report.skipped.map(({ root, path }) => ({ root, path })),
    skippedIsPartial: counted > report.skipped.length,
  };
}

async function refuseUnknown(
  repository: RepositoryApi,
  { present, wanted, scope }: PlanInput,
  tables: readonly { name: string }[],
): Promise<void> {
  const paths = new Set<ChosenPath>();
  for (const chosen of Array.isArray(scope.files) ? scope.files : []) {
    const names = [...pathInSnapshot(chosen.root, ''), ...decodePath(chosen.path)];
    for (const tree of [wanted, ...(present === undefined ? [] : [present])]) {
      if ((await repository.findNode(tree, names)) !== undefined) paths.add(chosen);
    }
  }
  const known = { tables: tables.map((table) => table.name), hasPath: (path: ChosenPath) => paths.has(path) };
  const unknown = unknownChoices(scope, known);
  if (unknown.length === 0) return;
  throw new NachtwachtError({
    code: 'unknown-in-snapshot',
    kind: 'bad-input',
    message: `Neither the snapshot nor the site has: ${unknown.join(', ')}.`,
    nextStep: 'Write paths from the folder of WordPress on (wp-content/uploads), and table names with their prefix.',
    retryable: false,
    details: { unknown },
  });
}
