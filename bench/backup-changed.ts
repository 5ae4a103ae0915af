import { addRows, addUploads, changeRows, changeUploads } from '../e2e/harness/load.ts';
import { seedOrders } from '../e2e/harness/seed-orders.ts';
import { simulateHour } from '../e2e/harness/shop-hour.ts';
import { updateWooCommerce } from '../e2e/harness/shop.ts';
import { whyNoPackages } from '../e2e/harness/store-packages.ts';
import { changedKeys, changedRows, fullDumpBytes, rangeBytes, takeMoment } from './_changed-bytes.ts';
import { careForSite, megabytes, round, wire } from './_ground.ts';
import { resticAdds } from './_restic-adds.ts';
import type { Bench, Figure } from './bench.ts';

/**
 * 1 % of 20,000 files and 0.5 % of 500,000 rows. `changed` is what changed on the site: the files' bytes and the changed rows'
 * values as text, or the ranges that hold such a row; nothing that the backup says of itself is in it.
 */
async function plainSite(tell: (line: string) => void): Promise<Figure[]> {
  const cared = await careForSite({});
  try {
    await addUploads(cared.site, 20_000, { medianBytes: 8000 });
    const table = await addRows(cared.site, 500_000);
    tell('  20,000 files and 500,000 rows: first backup ...');
    const first = await cared.backup();
    const before = await takeMoment(cared.site);
    const files = await changeUploads(cared.site, 200);
    const rows = await changeRows(cared.site, 2500);
    const keys = await changedKeys(before, await takeMoment(cared.site), table);
    const ranges = await rangeBytes(cared, first.result.snapshotId, table, keys);
    tell('  1 % of the files and 0.5 % of the rows changed: second backup ...');
    const second = await cared.backup();
    const figures = second.result.figures;
    const changed = files.bytes + rows.bytes;
    const unchangedCost = await cared.backup();
    const moved = figures.wireUp + figures.wireDown;
    return [
      ...wire('1 %', second),
      { name: '1 % changed rows', value: keys.length, unit: 'rows' },
      { name: '1 % changed files and rows', value: megabytes(changed), unit: 'MB' },
      { name: '1 % changed files and ranges', value: megabytes(files.bytes + ranges), unit: 'MB' },
      { name: '1 % row bytes fetched', value: megabytes(figures.databaseBytesFetched), unit: 'MB' },
      { name: '1 % moved by changed', value: round(moved / changed), unit: 'ratio' },
      { name: '1 % moved by changed files and ranges', value: round(moved / (files.bytes + ranges)), unit: 'ratio' },
      {
        name: '1 % listing and sums alone',
        value: megabytes(unchangedCost.result.figures.wireUp + unchangedCost.result.figures.wireDown),
        unit: 'MB',
      },
      {
        name: '1 % full dump as peers do',
        value: megabytes((await fullDumpBytes(cared.site)) + files.bytes),
        unit: 'MB',
      },
    ];
  } finally {
    await cared.stop();
  }
}

/** One simulated hour of the real shop with 100,000 orders; then WooCommerce's update. */
async function shop(tell: (line: string) => void): Promise<Figure[]> {
  const cared = await careForSite({ shop: { version: '10.9.4' } });
  try {
    tell('  the shop: 100,000 orders into its tables ...');
    await seedOrders(cared.site, 100_000);
    tell('  first backup ...');
    await cared.backup();
    const before = await takeMoment(cared.site);
    tell('  one hour: 100 orders through the Store API, 500 stock changes, sessions, options, 5 uploads ...');
    const hour = await simulateHour(cared.site);
    const after = await takeMoment(cared.site);
    const second = await cared.backup();
    const rows = await changedRows(before, after);
    const changed = rows.bytes + hour.uploadBytes;
    const { wireUp, wireDown } = second.result.figures;
    const figures: Figure[] = [
      { name: 'shop rows', value: second.result.figures.rows, unit: 'rows' },
      { name: 'shop changed rows', value: rows.rows, unit: 'rows' },
      ...wire('shop hour', second),
      { name: 'shop hour changed rows and files', value: megabytes(changed), unit: 'MB' },
      { name: 'shop hour moved by changed', value: round((wireUp + wireDown) / changed), unit: 'ratio' },
      {
        name: 'shop hour full dump as peers do',
        value: megabytes((await fullDumpBytes(cared.site)) + hour.uploadBytes),
        unit: 'MB',
      },
    ];
    tell('  WooCommerce 10.9.4 -> 11.0.1 between two backups, beside restic backup of the same folder ...');
    const restic = await resticAdds(cared.site.dir);
    await restic.backup();
    await cared.backup();
    await updateWooCommerce(cared.site, '11.0.1');
    const update = await cared.backup();
    const added = await restic.backup();
    // The database grew too: only what the files added is compared, as restic sees no database.
    return [
      ...figures,
      ...wire('update', update),
      { name: 'update added by us', value: megabytes(update.result.figures.bytesStored), unit: 'MB' },
      { name: 'update added by restic', value: megabytes(added), unit: 'MB' },
      {
        name: 'update added by us over restic',
        value: round(update.result.figures.bytesStored / added),
        unit: 'ratio',
      },
    ];
  } finally {
    await cared.stop();
  }
}

/** Truth 4 of the first issue. */
export const bench: Bench = {
  says: 'what travels when little changed: 1 % of files and 0.5 % of rows; an hour of a real shop with 100,000 orders; an update of WooCommerce. Beside it, a full dump as the peers make it, and restic.',
  goals: [
    { figure: '1 % moved by changed', most: 1.2 },
    { figure: 'shop hour moved by changed', most: 3 },
    { figure: 'shop hour time', most: 10 },
    { figure: 'update added by us over restic', most: 1.1 },
  ],
  async run(tell) {
    const missing = whyNoPackages();
    const plain = await plainSite(tell);
    if (missing !== undefined) {
      tell(`  The shop is left out: ${missing}`);
      return plain;
    }
    return [...plain, ...(await shop(tell))];
  },
};
