// What Debian's restic adds to a repository of its own for a folder: the measure for ours.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getKeeper } from '../e2e/harness/keeper.ts';
import { newestRestic } from '../e2e/harness/restic-binaries.ts';

const run = promisify(execFile);

/** A fresh repository; `backup` backs the folder up and gives the bytes by which the repository's data grew. */
export async function resticAdds(folder: string): Promise<{ backup(): Promise<number> }> {
  const restic = (await newestRestic()).path;
  const repository = join(await (await getKeeper()).makeFastFolder('restic'), 'repository');
  const environment = {
    ...process.env,
    RESTIC_PASSWORD: 'bench',
    RESTIC_REPOSITORY: repository,
    RESTIC_CACHE_DIR: `${repository}-cache`,
  };
  await run(restic, ['init'], { env: environment });
  const size = async (): Promise<number> =>
    Number((await run('du', ['-sb', join(repository, 'data')])).stdout.split('\t')[0]);
  return {
    async backup() {
      const before = await size();
      await run(restic, ['backup', '--quiet', '--exclude', 'nachtwacht-*', folder], {
        env: environment,
        maxBuffer: 1e8,
      });
      return (await size()) - before;
    },
  };
}
