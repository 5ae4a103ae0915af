import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { doneRun } from '../e2e/harness/cared-site.ts';
import { compareFingerprints, takeFingerprint } from '../e2e/harness/fingerprints.ts';
import { addRows, addUploads, changeRows } from '../e2e/harness/load.ts';
import { requestRestore, type RestoreEvidence } from '../src/backups/restore/index.ts';
import { actor, careForSite, type Measured } from './_ground.ts';
import type { Bench, Figure } from './bench.ts';

/** The issue names no figure for a restore: these goals hold what was reached, so that it does not get worse. */
export const bench: Bench = {
  says:
    'a real WordPress site of 5,000 uploads and 200,000 rows put back: after one folder, after 1 % of the rows, and after ' +
    'all uploads and the largest table are gone; compared byte for byte and row for row each time.',
  goals: [
    { figure: 'differences', most: 0 },
    { figure: 'one folder time', most: 30 },
    { figure: 'some rows time', most: 30 },
    { figure: 'all gone time', most: 120 },
    { figure: 'some rows moved', most: 20 },
  ],
  async run(tell) {
    const cared = await careForSite({});
    const { site, siteId, platform } = cared;
    try {
      await addUploads(site, 5000, { medianBytes: 20_000 });
      const table = await addRows(site, 200_000);
      tell('  backup ...');
      const { result: made } = await cared.backup();
      const wanted = await takeFingerprint(site);
      const figures: Figure[] = [
        { name: 'files', value: made.figures.files, unit: 'files' },
        { name: 'rows', value: made.figures.rows, unit: 'rows' },
        { name: 'site', value: (made.figures.fileBytes + made.figures.databaseBytes) / 1e6, unit: 'MB' },
      ];
      let differences = 0;
      const putBack = async (name: string, damage: () => Promise<unknown>): Promise<void> => {
        await damage();
        tell(`  restore after: ${name} ...`);
        const done = await cared.measure(async () => {
          const { runId } = await requestRestore(platform, actor, { site: siteId, snapshot: made.snapshotId });
          return doneRun<RestoreEvidence>(platform, runId, 1_800_000);
        });
        differences += (await compareFingerprints(wanted, await takeFingerprint(site))).length;
        figures.push(...tellOf(name, done));
      };
      const uploads = join(site.dir, 'wp-content/uploads/load-1');
      await putBack('one folder', () => rm(join(uploads, '003'), { recursive: true }));
      await putBack('some rows', () => changeRows(site, 2000));
      await putBack('all gone', async () => {
        await rm(uploads, { recursive: true });
        await site.db.sql(`DROP TABLE ${table}`);
      });
      return [...figures, { name: 'differences', value: differences, unit: 'differences' }];
    } finally {
      await cared.stop();
    }
  },
};

function tellOf(name: string, done: Measured<RestoreEvidence>): Figure[] {
  return [
    { name: `${name} time`, value: done.wallSeconds, unit: 's' },
    { name: `${name} CPU`, value: done.cpuSeconds, unit: 'CPU s' },
    { name: `${name} files`, value: done.result.files, unit: 'files' },
    { name: `${name} moved`, value: (done.result.bytes + done.result.rowBytes) / 1e6, unit: 'MB' },
  ];
}
