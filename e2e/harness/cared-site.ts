import { backupSite, type BackupResult } from '../../src/backups/make-backup.ts';
import { addCustomer } from '../../src/customers/index.ts';
import { systemActor } from '../../src/identity/index.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { findRun, startSaga, type RunRow } from '../../src/platform/saga/index.ts';
import { addSite, pairWithSite } from '../../src/sites/index.ts';
import type { TestSite } from './test-site.ts';

const actor = systemActor('test');
let customers = 0;

/** Registers a real site with this platform and pairs it, as a person would. Gives its id. */
export async function careFor(platform: Platform, site: TestSite): Promise<string> {
  customers += 1;
  const customer = await addCustomer(platform, actor, { name: `Customer ${customers} of ${site.host}` });
  const { id } = await addSite(platform, actor, { url: site.url, customer: customer.id, allowHttp: true });
  const code = await site.makePairingCode();
  const { basicAuth } = site.options;
  await pairWithSite(platform, actor, { site: id, code, ...(basicAuth ? { basicAuth } : {}) });
  return id;
}

/** Waits until a run has ended, whoever works on it. */
export async function endOfRun(platform: Platform, runId: string, atMostMs = 280_000): Promise<RunRow> {
  const until = platform.clock.monotonicMs() + atMostMs;
  for (;;) {
    const row = await findRun(platform.db, runId);
    if (row !== undefined && row.state !== 'queued' && row.state !== 'running') return row;
    if (platform.clock.monotonicMs() > until) {
      throw new Error(`run ${row?.saga ?? runId} is still ${row?.state ?? 'unknown'}: ${JSON.stringify(row?.error)}`);
    }
    await platform.clock.sleep(50);
  }
}

/** As `endOfRun`, and throws its error unless it is done. */
export async function doneRun<Result>(platform: Platform, runId: string, atMostMs?: number): Promise<Result> {
  const row = await endOfRun(platform, runId, atMostMs);
  if (row.state !== 'done') throw new Error(`${row.saga} ${row.state}: ${JSON.stringify(row.error)}`);
  return row.result as Result;
}

/** Has a backup made, by whichever worker there is, and waits for it. */
export async function backUp(platform: Platform, siteId: string): Promise<BackupResult> {
  const { runId } = await startSaga(platform, backupSite, { siteId, reason: 'by-hand' }, { requestedBy: 'test' });
  return await doneRun<BackupResult>(platform, runId);
}
