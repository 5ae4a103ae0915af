import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../../src/platform/test-platform.ts';
import { breakSite } from '../harness/breakages.ts';
import { careFor } from '../harness/cared-site.ts';
import { compareFingerprints, takeFingerprint, type Fingerprint } from '../harness/fingerprints.ts';
import { addUploads } from '../harness/load.ts';
import { startSite } from '../harness/start-site.ts';
import type { TestSite } from '../harness/test-site.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

// The commands as a person types them, against `nachtwacht serve` as a process of its own.
describe('nachtwacht restore', () => {
  let platform: TestPlatform;
  let site: TestSite;
  let server: ChildProcess;
  let good: Fingerprint;

  const environment = () => ({
    PATH: process.env['PATH'],
    DATABASE_URL: platform.databaseUrl,
    NACHTWACHT_DATA: platform.config.dataFolder,
    NACHTWACHT_ALLOW_PRIVATE: '1',
    NACHTWACHT_PORT: '0',
    NACHTWACHT_LOG: 'error',
    // The watch is a visitor, and WordPress writes into its own tables when one comes.
    NACHTWACHT_ROLES: 'web,worker',
    LANG: 'en_GB.UTF-8',
  });
  const nachtwacht = async (...args: string[]): Promise<string> => {
    const { NACHTWACHT_PORT: _port, ...rest } = environment();
    const { stdout, stderr } = await run(process.execPath, [join(root, 'src/cli/main.ts'), ...args], { env: rest });
    return stdout + stderr;
  };

  beforeAll(async () => {
    platform = await openTestPlatform();
    site = await startSite({});
    await addUploads(site, 30);
    await careFor(platform, site);
    server = spawn(process.execPath, [join(root, 'src/main.ts'), 'serve'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(server.stdout!, 'data');
    await nachtwacht('backup', site.host);
    good = await takeFingerprint(site);
    await breakSite(site, 'uploads-emptied');
  });

  afterAll(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await site?.stop();
    await platform?.close();
  });

  it('shows beforehand what will change, in both languages, and changes nothing', async () => {
    const shown = await nachtwacht('restore', site.host, '--dry-run', '--files', 'wp-content/uploads');
    expect(shown).toContain('30 files come back:');
    expect(shown).toContain('The database is not touched.');
    expect(await nachtwacht('restore', site.host, '--dry-run', '--lang', 'nl')).toContain('30 bestanden komen terug:');
    expect(await compareFingerprints(good, await takeFingerprint(site))).not.toEqual([]);
  });

  it('does nothing without a yes where nobody can be asked', async () => {
    await expect(nachtwacht('restore', site.host)).rejects.toMatchObject({ code: 2 });
  });

  it('gives the snapshot as a zip and in a folder', async () => {
    const zip = join(platform.config.dataFolder, 'site.zip');
    await nachtwacht('restore', site.host, '--download', zip);
    expect((await readFile(zip)).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    const folder = join(platform.config.dataFolder, 'beside');
    await nachtwacht('restore', site.host, '--to-folder', folder);
    expect((await stat(join(folder, 'files/root/wp-config.php'))).isFile()).toBe(true);
    expect(await readFile(join(folder, 'database/load.sql'), 'utf8')).toContain('source tables/');
  });

  it('restores, and undoes that', async () => {
    const broken = await takeFingerprint(site);
    const done = await nachtwacht('restore', site.host, '--yes');
    expect(done).toContain('Restored in');
    expect(done).toContain('small job');
    expect(await compareFingerprints(good, await takeFingerprint(site))).toEqual([]);
    await nachtwacht('restore', 'undo', site.host);
    expect(await compareFingerprints(broken, await takeFingerprint(site))).toEqual([]);
    expect(await nachtwacht('restore', 'list', site.host)).toContain('onto the site');
  });

  it('tells the difference of two snapshots, and restores one on trial', async () => {
    const listed = JSON.parse(await nachtwacht('snapshots', site.host, '--json')) as { id: string; takenAt: string }[];
    const byTime = listed.toSorted((a, b) => a.takenAt.localeCompare(b.takenAt));
    expect(await nachtwacht('diff', site.host, byTime[0]!.id, byTime[1]!.id)).toContain('30 files that were not there');
    expect(await nachtwacht('trial-restore', site.host)).toContain('loaded and equal to the snapshot');
  });
});
