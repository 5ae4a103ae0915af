import { addRows, addUploads } from '../e2e/harness/load.ts';
import { fullDumpBytes } from './_changed-bytes.ts';
import { careForSite, megabytes, wire } from './_ground.ts';
import type { Bench } from './bench.ts';

/** Truth 4 of the first issue: 20,000 files and 500,000 rows of which nothing changed. */
export const bench: Bench = {
  says: 'second backup of a real WordPress site of 20,000 files and 500,000 rows, nothing changed. Beside it, a full dump as the peers make it.',
  goals: [
    { figure: 'files', least: 20_000 },
    { figure: 'rows', least: 500_000 },
    { figure: 'unchanged moved', most: 3 },
    { figure: 'unchanged time', most: 10 },
  ],
  async run(tell) {
    const cared = await careForSite({});
    try {
      await addUploads(cared.site, 20_000, { medianBytes: 8000 });
      await addRows(cared.site, 500_000);
      tell('  first backup ...');
      const first = await cared.backup();
      tell('  second backup ...');
      const second = await cared.backup();
      return [
        { name: 'files', value: second.result.figures.files, unit: 'files' },
        { name: 'rows', value: second.result.figures.rows, unit: 'rows' },
        ...wire('first', first),
        ...wire('unchanged', second),
        { name: 'full dump as peers do', value: megabytes(await fullDumpBytes(cared.site)), unit: 'MB' },
      ];
    } finally {
      await cared.stop();
    }
  },
};
