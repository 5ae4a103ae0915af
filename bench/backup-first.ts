import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getKeeper } from '../e2e/harness/keeper.ts';
import { addLargeFile, addRows, addUploads } from '../e2e/harness/load.ts';
import { newestRestic } from '../e2e/harness/restic-binaries.ts';
import { careForSite, megabytes, round } from './_ground.ts';
import type { Bench, Figure } from './bench.ts';

const run = promisify(execFile);

/** User and system seconds of `restic backup` of a folder into a fresh repository, on disk as ours is. */
async function resticCpu(folder: string): Promise<{ seconds: number; version: string }> {
  const restic = await newestRestic();
  const repository = join(await (await getKeeper()).makeFolder('restic'), 'repository');
  const environment = {
    ...process.env,
    RESTIC_PASSWORD: 'bench',
    RESTIC_REPOSITORY: repository,
    RESTIC_CACHE_DIR: `${repository}-cache`,
  };
  await run(restic.path, ['init'], { env: environment });
  const script = `TIMEFORMAT='%U %S'; time "$0" backup --quiet "$1"`;
  const { stderr } = await run('bash', ['-c', script, restic.path, folder], { env: environment });
  const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds: (user ?? 0) + (system ?? 0), version: restic.version };
}

/** On a machine that shares its cores one pair is off by up to a fifth either way. */
const PAIRS = 5;

/** CPU of the whole pipeline (HTTP, frames, hashing, sealing, packs) beside restic on the same files. */
async function cpu(tell: (line: string) => void): Promise<Figure[]> {
  const ratios: number[] = [];
  let figures: Figure[] = [];
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const cared = await careForSite({});
    try {
      await addUploads(cared.site, 20_000, { medianBytes: 10_000 });
      const restic = await resticCpu(cared.site.dir);
      const ours = await cared.backup();
      const ratio = ours.cpuSeconds / restic.seconds;
      ratios.push(ratio);
      tell(
        `  pair ${pair}: ours ${round(ours.cpuSeconds)} CPU s (whole pipeline, database included), restic ${restic.version} ${round(restic.seconds)} CPU s`,
      );
      figures = [
        { name: 'files', value: ours.result.figures.files, unit: 'files' },
        { name: 'bytes', value: megabytes(ours.result.figures.fileBytes), unit: 'MB' },
        { name: 'CPU ours', value: round(ours.cpuSeconds), unit: 'CPU s' },
        { name: 'CPU restic', value: round(restic.seconds), unit: 'CPU s' },
        { name: 'time ours', value: round(ours.wallSeconds), unit: 's' },
      ];
    } finally {
      await cared.stop();
    }
  }
  ratios.sort((a, b) => a - b);
  return [
    ...figures,
    { name: 'CPU ours over restic, median of pairs', value: round(ratios[(PAIRS - 1) / 2] ?? 0), unit: 'ratio' },
  ];
}

/** Peak memory of the worker over a 2 GB file and a table of 2 million rows. */
async function memory(tell: (line: string) => void): Promise<Figure[]> {
  const cared = await careForSite({ onDisk: true });
  try {
    await addLargeFile(cared.site, 'film.mp4', 2_000_000_000);
    await addRows(cared.site, 2_000_000);
    tell('  a 2 GB file and a table of 2,000,000 rows ...');
    const ground = cared.peakMemory();
    const ours = await cared.backup();
    return [
      { name: 'rows', value: ours.result.figures.rows, unit: 'rows' },
      { name: 'memory before', value: megabytes(ground), unit: 'MB' },
      { name: 'memory peak', value: megabytes(cared.peakMemory()), unit: 'MB' },
      { name: 'large time', value: round(ours.wallSeconds), unit: 's' },
    ];
  } finally {
    await cared.stop();
  }
}

/** Truth 5 of the first issue. Each part has a worker process of its own. */
export const bench: Bench = {
  says: 'first backup: CPU seconds of the whole worker process beside `restic backup` of the same 20,000 files, and its memory over a 2 GB file and a 2-million-row table.',
  goals: [
    { figure: 'CPU ours over restic, median of pairs', most: 0.95 },
    { figure: 'memory peak', most: 400 },
  ],
  async run(tell) {
    const large = await memory(tell);
    return [...large, ...(await cpu(tell))];
  },
};
