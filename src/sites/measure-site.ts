import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { clearAlarm, raiseAlarm } from '../platform/alarms/index.ts';
import type { Platform } from '../platform/platform.ts';
import { defineSaga, startSaga, type StartedSaga } from '../platform/saga/index.ts';
import { connectToSite, notPaired } from './connect-to-site.ts';
import { getSite, getSiteById, siteSubject } from './find-site.ts';
import { judgeSize, type SizeVerdict } from './rules/size-limit.ts';
import { saveInventory, updateSite } from './store.ts';

export interface Measurement {
  files: number;
  filesBytes: number;
  tables: number;
  databaseBytes: number;
}

interface Sum {
  cursor: unknown;
  /** Answers so far, also those that attempts before this one got. */
  answers: number;
  files: number;
  bytes: number;
}

/** Walks the installation and adds up sizes. Its own subject: it only reads, so backups need not wait for it. */
export const measureSaga = defineSaga<{ siteId: string }, Measurement & { verdict: SizeVerdict }>({
  name: 'measure-site',
  subject: ({ siteId }) => `measure:${siteId}`,
  run: async (run, { siteId }, platform) => {
    const client = await connectToSite(platform, siteId, { signal: run.signal });
    try {
      run.progress({ step: 'inventory' });
      const inventory = await run.step('inventory', () => client.inventory());
      await saveInventory(platform.db, siteId, inventory, platform.clock.now());
      const tables = await run.step('tables', async () => {
        const list = await client.database.tables();
        return { count: list.length, bytes: list.reduce((sum, table) => sum + (table.bytes ?? 0), 0) };
      });
      let files = 0;
      let filesBytes = 0;
      for (const root of await run.step('roots', () => client.files.roots())) {
        const sum = await run.step(`walk-${root.id}`, async () => {
          const name = `walk-${root.id}`;
          const so = (await run.lastCheckpoint<Sum>(name)) ?? { cursor: undefined, answers: 0, files: 0, bytes: 0 };
          const { cursor, answers } = so;
          const pages = client.files.list({ root: root.id, answers, ...(cursor == null ? {} : { cursor }) });
          for await (const page of pages) {
            so.answers++;
            for (const folder of page.folders) {
              for (const entry of folder.entries) {
                if (entry.type !== 'f') continue;
                so.files++;
                so.bytes += entry.size;
              }
            }
            so.cursor = page.next;
            run.progress({ step: 'files', filesDone: files + so.files, bytesDone: filesBytes + so.bytes });
            if (page.next !== null) await run.checkpoint(name, so);
          }
          return { files: so.files, bytes: so.bytes };
        });
        files += sum.files;
        filesBytes += sum.bytes;
      }
      const measured = { files, filesBytes, tables: tables.count, databaseBytes: tables.bytes };
      return { ...measured, verdict: await recordMeasurement(platform, siteId, measured) };
    } finally {
      client.close();
    }
  },
});

/** Starts to measure a site; the run's result is the measurement. */
export async function measureSite(platform: Platform, actor: Actor, reference: string): Promise<StartedSaga> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, reference);
  if (!site.paired_at) throw notPaired(site);
  const started = await startSaga(platform, measureSaga, { siteId: site.id }, { requestedBy: actor.name });
  const deed = { action: 'site-measured', subject: siteSubject(site.id), details: { runId: started.runId } };
  await recordAudit(platform.db, actor, { ...deed, at: platform.clock.now() });
  return started;
}

/** Keeps what a site says of its core, plugins, themes and server. */
export async function recordInventory(platform: Platform, siteId: string, records: unknown[]): Promise<void> {
  await saveInventory(platform.db, siteId, records, platform.clock.now());
}

/** Keeps a measurement (a backup makes one in passing) and raises or clears the alarm of P14. */
export async function recordMeasurement(
  platform: Platform,
  siteId: string,
  measured: Measurement,
): Promise<SizeVerdict> {
  const site = await getSiteById(platform.db, siteId);
  const { filesBytes, databaseBytes } = measured;
  const verdict = judgeSize({ filesBytes, databaseBytes, limitBytes: site.limit_bytes });
  const at = platform.clock.now();
  const subject = siteSubject(siteId);
  await platform.db.transaction().execute(async (trx) => {
    await updateSite(trx, siteId, {
      files: measured.files,
      files_bytes: filesBytes,
      database_bytes: databaseBytes,
      tables: measured.tables,
      measured_at: at,
    });
    for (const [code, state] of [
      ['site-size-near', 'near'],
      ['site-quote-needed', 'quote-needed'],
    ] as const) {
      if (verdict.state === state) await raiseAlarm(trx, { code, subject, facts: { ...verdict }, at });
      else await clearAlarm(trx, { code, subject, at });
    }
  });
  return verdict;
}
