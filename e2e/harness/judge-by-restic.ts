import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportKey } from '../../src/backups/export-key.ts';
import { systemActor } from '../../src/identity/index.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { resticBinaries, runRestic } from './restic-binaries.ts';
import type { TestSite } from './test-site.ts';

const run = promisify(execFile);

/** Where a site's repository is and how it opens, by its exported key alone. `cache`: a folder for restic's own. */
export async function exportedPlace(platform: Platform, siteId: string, cache: string) {
  const key = await exportKey(platform, systemActor('test'), siteId);
  const environment = Object.fromEntries(key.environment.map((one) => [one.name, one.value]));
  return { location: key.repository, password: environment['RESTIC_PASSWORD'] ?? '', environment, cache };
}

/**
 * What a person without Nachtwacht sees: with the exported key, Debian's oldest and newest restic read all data and
 * check it, then each puts the latest snapshot into a folder that is compared with the live site. Answers what `diff`
 * says, empty when every file is equal.
 */
export async function judgeByRestic(platform: Platform, siteId: string, site: TestSite): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'nw-judge-'));
  try {
    const place = await exportedPlace(platform, siteId, join(scratch, 'cache'));
    const found: string[] = [];
    for (const binary of await resticBinaries()) {
      await runRestic(binary, place, ['check', '--read-data']);
      const target = join(scratch, binary.version);
      await runRestic(binary, place, ['restore', 'latest', '--target', target]);
      const args = ['-r', '--no-dereference', '--exclude=nachtwacht-state', site.dir, join(target, 'files/root')];
      const differences = await run('diff', args, { maxBuffer: 1e8 }).then(
        () => '',
        (error: { stdout?: string }) => (error.stdout ?? 'diff failed').slice(0, 2000),
      );
      if (!found.includes(differences)) found.push(differences);
      await rm(target, { recursive: true, force: true });
    }
    return found.join('');
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
