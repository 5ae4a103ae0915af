import { countMoments, lastGoodBackups, lastProofs, listMoments } from '../backups/index.ts';
import { countDuties, dailyWindow, hourlyWindow, isOverdue } from '../duties/index.ts';
import type { Actor } from '../identity/index.ts';
import { monthOf } from '../incidents/index.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { judgeSize, siteSubject } from '../sites/index.ts';
import type { MySite, MySiteInFull } from './contract.ts';
import { getOwnSite, ownCustomer } from './own-site.ts';
import { judgeCare, monthInNumbers, nextDue } from './rules/my-site.ts';
import { shownToCustomer } from './shown-request.ts';
import { showMyWatch } from './show-my-watch.ts';
import { listOwnSites, listRequests, type OwnSiteRow } from './store.ts';

/** The sites of the customer who looks, by address. */
export async function showMySites(platform: Platform, actor: Actor): Promise<MySite[]> {
  const rows = await listOwnSites(platform.db, ownCustomer(actor));
  return shownSites(platform, rows, (await readHouse(platform)).timeZone);
}

/** One of his sites with all that was promised and the proof of it; `site-not-found` when it is not his. */
export async function showMySite(platform: Platform, actor: Actor, siteId: string): Promise<MySiteInFull> {
  const { db, clock } = platform;
  const row = await getOwnSite(db, actor, siteId);
  const { timeZone } = await readHouse(platform);
  const [site] = await shownSites(platform, [row], timeZone);
  if (!site) throw new Error('a site that was found is shown');
  const month = monthOf(timeZone, clock.now());
  const { due, kept, late, missed } = monthInNumbers(await countDuties(db, siteSubject(row.id), month));
  const moments = await countMoments(db, row.id);
  const requests = await listRequests(db, { customerId: ownCustomer(actor), siteId: row.id, limit: 20 });
  return {
    ...site,
    careSince: row.created_at.toISOString(),
    timeZone,
    month: { begins: month.from.toISOString(), due, kept, late, missed },
    moments: { count: moments.count, oldest: moments.oldest?.toISOString() ?? null },
    watch: await showMyWatch(platform, row, timeZone),
    size: sizeOf(row),
    requests: requests.map(shownToCustomer),
  };
}

/** Moments and sizes only; newest first. */
export async function showMyMoments(
  platform: Platform,
  actor: Actor,
  input: { site: string; limit: number },
): Promise<{ at: string; bytes: number; usable: boolean }[]> {
  const site = await getOwnSite(platform.db, actor, input.site);
  const moments = await listMoments(platform.db, site.id, { limit: input.limit });
  return moments.map(({ at, bytes, usable }) => ({ at: at.toISOString(), bytes, usable }));
}

async function shownSites(platform: Platform, rows: readonly OwnSiteRow[], timeZone: string): Promise<MySite[]> {
  const now = platform.clock.now();
  const ids = rows.map((row) => row.id);
  const [backups, proofs] = await Promise.all([lastGoodBackups(platform.db, ids), lastProofs(platform.db, ids)]);
  return rows.map((row) => {
    const { at: last, paused } = backups.get(row.id) ?? { at: null, paused: false };
    const proof = proofs.get(row.id);
    const verdict = judgeCare({
      paired: row.paired_at !== null,
      paused,
      lastGoodBackup: last?.getTime(),
      overdue: row.open_duties.some((duty) => isOverdue(now, duty)),
      out: row.out,
      restoring: row.restoring,
      requestWaits: row.request_waits,
    });
    return {
      id: row.id,
      url: row.url,
      plan: row.plan,
      ...verdict,
      lastBackupAt: last?.toISOString() ?? null,
      nextBackupBy: row.paired_at === null || paused ? null : nextBackup(row.plan, last, now, timeZone).toISOString(),
      lastProof: proof
        ? { kind: proof.kind, at: proof.at.toISOString(), takenAt: proof.takenAt?.toISOString() ?? null }
        : null,
    };
  });
}

function nextBackup(plan: 'daily' | 'hourly', last: Date | null, now: Date, timeZone: string): Date {
  const windowOf = plan === 'hourly' ? hourlyWindow : dailyWindow;
  const window = windowOf(now, timeZone);
  return nextDue(last, window, windowOf(window.closesAt, timeZone));
}

function sizeOf(row: OwnSiteRow): MySiteInFull['size'] {
  if (row.measured_at === null) return null;
  const { totalBytes, limitBytes, state } = judgeSize({
    filesBytes: row.files_bytes ?? 0,
    databaseBytes: row.database_bytes ?? 0,
    limitBytes: row.limit_bytes,
  });
  return { totalBytes, limitBytes, state };
}
