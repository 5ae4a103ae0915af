import { firstGoodBackup } from '../backups/index.ts';
import { lookForPlugin } from '../connector/index.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { listRuns, readProgress, type RunRow } from '../platform/saga/index.ts';
import { getSite, listSites, shownSite, siteSubject, type SiteRow } from '../sites/index.ts';
import { RunError, RunProgress, type IntakeView } from './contract.ts';
import { decideStep, type IntakeFacts, type IntakeStep, type IntakeVerdict } from './rules/next-step.ts';

type Plugin = IntakeFacts['plugin'];

/** How far a site is; `look`: ask the site whether our plugin answers when that is what it waits for. */
export async function showIntake(
  platform: Platform,
  reference: string,
  options: { plugin?: Plugin } = {},
): Promise<IntakeView> {
  const { db } = platform;
  const site = await getSite(db, reference);
  const [first, measureRun, backupRun] = await Promise.all([
    firstGoodBackup(db, site.id),
    newestRun(db, `measure:${site.id}`, 'measure-site', site.paired_at),
    newestRun(db, siteSubject(site.id), 'backup-site', site.paired_at),
  ]);
  const plugin = options.plugin ?? 'unknown';
  const verdict = decideStep(factsOf(site, plugin, { measureRun, backupRun }, first !== undefined));
  const runs: Partial<Record<IntakeStep, RunRow>> = {
    ...(measureRun === undefined ? {} : { measure: measureRun }),
    ...(backupRun === undefined ? {} : { backup: backupRun }),
  };
  return {
    site: shownSite(site),
    step: verdict.step,
    reason: verdict.reason,
    plugin,
    steps: await Promise.all(verdict.steps.map((one) => shownStep(db, one, runs[one.name]))),
    safeSince: first?.storedAt.toISOString() ?? null,
    backup: first === undefined ? null : { ...first, storedAt: first.storedAt.toISOString() },
    inventory: inventoryOf(site.inventory),
  };
}

/** Whether our plugin answers at a site that is not paired; asked over the network. */
export async function askForPlugin(platform: Platform, reference: string, signal?: AbortSignal): Promise<Plugin> {
  const site = await getSite(platform.db, reference);
  if (site.paired_at !== null) return 'unknown';
  return lookForPlugin(site.url, { allowPrivateAddresses: platform.config.allowPrivateAddresses, signal });
}

/** Sites that are on their way into care: not safe yet, newest first. */
export async function listUnfinished(platform: Platform): Promise<{ site: SiteRow; verdict: IntakeVerdict }[]> {
  const { db } = platform;
  const found: { site: SiteRow; verdict: IntakeVerdict }[] = [];
  // Those not paired, and those paired lately: an old site without a good backup is trouble, not an intake.
  const since = platform.clock.now().getTime() - 7 * 86_400_000;
  const sites = (await listSites(db, {})).filter((site) => site.paired_at === null || site.paired_at.getTime() > since);
  for (const site of sites) {
    if ((await firstGoodBackup(db, site.id)) !== undefined) continue;
    const measureRun = await newestRun(db, `measure:${site.id}`, 'measure-site', site.paired_at);
    const backupRun = await newestRun(db, siteSubject(site.id), 'backup-site', site.paired_at);
    found.push({ site, verdict: decideStep(factsOf(site, 'unknown', { measureRun, backupRun }, false)) });
  }
  return found.toSorted((a, b) => b.site.created_at.getTime() - a.site.created_at.getTime());
}

function factsOf(
  site: SiteRow,
  plugin: Plugin,
  runs: { measureRun: RunRow | undefined; backupRun: RunRow | undefined },
  goodBackup: boolean,
): IntakeFacts {
  return {
    paired: site.paired_at !== null,
    plugin,
    inventory: site.inventory_at !== null,
    measured: site.measured_at !== null,
    goodBackup,
    ...(runs.measureRun === undefined ? {} : { measureRun: runs.measureRun }),
    ...(runs.backupRun === undefined ? {} : { backupRun: runs.backupRun }),
  };
}

async function newestRun(db: Db, subject: string, saga: string, since: Date | null): Promise<RunRow | undefined> {
  if (since === null) return undefined;
  const [run] = await listRuns(db, { subject, saga, limit: 1 });
  return run !== undefined && run.created_at >= since ? run : undefined;
}

async function shownStep(
  db: Db,
  step: { name: IntakeStep; state: IntakeView['steps'][number]['state'] },
  run: RunRow | undefined,
): Promise<IntakeView['steps'][number]> {
  const live = run?.state === 'running' ? await readProgress(db, run.id) : undefined;
  const progress = RunProgress.safeParse(live?.progress);
  return {
    ...step,
    run: run?.id ?? null,
    progress: progress.success ? progress.data : null,
    error: RunError.nullable()
      .catch(null)
      .parse(run?.error ?? null),
  };
}

/** Of all that a site said of itself, what a person wants to see first. */
function inventoryOf(records: unknown): IntakeView['inventory'] {
  if (!Array.isArray(records)) return null;
  const all: Record<string, unknown>[] = records.filter((each): each is Record<string, unknown> => isRecord(each));
  const count = (kind: string): number => all.filter((each) => each['kind'] === kind).length;
  return { plugins: count('plugin'), themes: count('theme') };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
