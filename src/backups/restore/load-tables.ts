import { z } from 'zod';
import type { SiteClient } from '../../connector/index.ts';
import type { SagaRun } from '../../platform/saga-types.ts';
import type { RepositoryApi } from '../../restic/index.ts';
import { contentOf, restoreDatabase, type TablePlan } from '../database/index.ts';
import type { RestorePlan } from './make-plan.ts';
import type { TableChange } from './rules/plan-restore.ts';
import type { TablesOfSnapshot } from './tables-of-snapshot.ts';

const SchemaObject = z.object({
  kind: z.enum(['view', 'trigger', 'routine', 'event']),
  name: z.string(),
  table: z.string().optional(),
  sql: z.string(),
});
const About = z.looseObject({ objects: z.array(SchemaObject).default([]) });

const NotMade = z.array(
  z.object({ kind: z.string().max(40), name: z.string().max(256), message: z.string().max(1000) }),
);

/** Loads the tables of the plan beside the live ones and has their sums compared. A repeat goes on where it was. */
export async function loadTables(ground: {
  run: SagaRun;
  site: SiteClient;
  repository: RepositoryApi;
  stage: string;
  plan: RestorePlan;
}): Promise<{ tables: number; rows: number; bytesSent: number }> {
  const { run, site, repository, stage, plan } = ground;
  if (plan.wanted === undefined) return { tables: 0, rows: 0, bytesSent: 0 };
  const done = await restoreDatabase({
    client: site,
    repo: repository,
    wanted: plan.wanted.stored,
    plan: plan.tables.flatMap(toLoad),
    run: stage,
    signal: run.signal,
    onProgress: ({ table, tablesDone, tablesTotal, rowsDone, rowsTotal, bytesDone }) =>
      run.progress({
        step: 'load-tables',
        detail: table,
        filesDone: tablesDone,
        filesTotal: tablesTotal,
        rowsDone,
        rowsTotal,
        bytesDone,
      }),
  });
  return { tables: done.tables, rows: done.rows, bytesSent: done.bytesSent };
}

/** Puts all loaded tables in the place of the live ones by one rename, with the views, triggers and routines of then. */
export async function swapTables(ground: {
  site: SiteClient;
  repository: RepositoryApi;
  stage: string;
  plan: RestorePlan;
}): Promise<{ notMade: string[] }> {
  const { site, repository, stage, plan } = ground;
  if (plan.wanted === undefined) return { notMade: [] };
  const drop = plan.tables.filter((table) => table.action === 'drop').map((table) => table.name);
  const objects = await objectsOf(repository, plan.wanted);
  // Chosen tables bring only what hangs on them.
  const all = plan.summary.tables.scope === 'all';
  const loaded = new Set(plan.tables.filter((table) => table.action !== 'drop').map((table) => table.name));
  const after = all ? objects : objects.filter((one) => one.kind === 'trigger' && loaded.has(one.table ?? ''));
  const end = await site.callUntilDone('load.swap', { run: stage, drop, after });
  const failed = NotMade.safeParse(end['failed'] ?? []);
  return { notMade: failed.success ? failed.data.map((one) => `${one.kind} ${one.name}: ${one.message}`) : [] };
}

async function objectsOf(repository: RepositoryApi, wanted: TablesOfSnapshot): Promise<z.infer<typeof SchemaObject>[]> {
  const node = wanted.stored.nodes.get('about.json');
  if (node === undefined) return [];
  return About.parse(JSON.parse((await contentOf(repository, node)).toString('utf8'))).objects;
}

function toLoad(table: TableChange): TablePlan[] {
  if (table.action === 'same' || table.action === 'kept') return [];
  const { name, action, rowsThen = 0, why } = table;
  // Which ranges differ is looked at again while loading, against the live table of that moment.
  return [{ name, action, rowsThen, rangesChanged: 0, ranges: 0, bytes: 0, reason: why }];
}
