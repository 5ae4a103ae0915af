import { afterEach, describe, expect, it } from 'vitest';
import { breakages, breakSite, visibleDamage } from './breakages.ts';
import { compareVersions, listCores } from './cores.ts';
import { compareFingerprints, takeFingerprint } from './fingerprints.ts';
import { addRows, addUploads, changeRows, changeUploads } from './load.ts';
import { isRoot } from './machine.ts';
import { startSite } from './start-site.ts';
import type { SiteOptions, TestSite } from './test-site.ts';

const sites: TestSite[] = [];

async function start(options: SiteOptions): Promise<TestSite> {
  const site = await startSite({ connector: false, ...options });
  sites.push(site);
  return site;
}

afterEach(async () => {
  for (const site of sites.splice(0)) await site.stop();
});

const matrix: SiteOptions[] = [
  { server: 'nginx', php: 'native', core: 'newest' },
  { server: 'apache', php: '8.2', core: 'native', dbHost: 'tcp' },
  { server: 'nginx', php: '7.4', core: 'oldest' },
  { server: 'apache', php: '7.4', core: 'oldest', tablePrefix: 'site_' },
  { server: 'apache', php: '8.4', core: 'newest' },
  // A network needs port 80.
  ...(isRoot
    ? ([
        { server: 'nginx', php: 'native', core: 'newest', multisite: true },
        { server: 'apache', php: 'native', core: 'native', multisite: true },
      ] satisfies SiteOptions[])
    : []),
];

describe('real WordPress sites', () => {
  it.each(matrix)('come up: $server, PHP $php, WordPress $core, network: $multisite', async (options) => {
    const site = await start(options);
    await site.mustWork('/');
    await site.mustWork('/?p=1');
    if (options.multisite === true) await site.mustWork('/tweede/');
    const cookie = await site.signIn();
    expect((await site.visit('/wp-admin/', { cookie })).body).toContain('wp-admin-bar');
    const [php, version] = (await site.runPhp("echo PHP_VERSION, ' ', get_bloginfo('version');")).split(' ');
    expect(php?.startsWith(site.php.version)).toBe(true);
    expect(version).toBe(site.core.version);
    expect(['native', site.php.version]).toContain(options.php);
  });

  it.each(['nginx', 'apache'] as const)('speak HTTPS: %s', async (server) => {
    const site = await start({ server, https: true });
    await site.mustWork('/?p=1');
    expect(site.url).toMatch(/^https:/);
    expect((await fetch(site.url)).status).toBe(200);
    const option = await site.runPhp("echo get_option('siteurl'), ' ', is_ssl() ? 'ssl' : 'plain';");
    expect(option).toBe(`${site.url} ssl`);
    expect((await site.visit('/wp-admin/', { cookie: await site.signIn() })).status).toBe(200);
  });

  it('lets nothing out to the Internet', async () => {
    const site = await start({});
    const code =
      "$r = wp_remote_get('https://api.wordpress.org/'); echo is_wp_error($r) ? $r->get_error_code() : 'out';";
    expect(await site.runPhp(code)).toBe('rig_no_outside');
  });

  it('has cores from old to new', async () => {
    const cores = await listCores();
    expect(cores.length).toBeGreaterThan(2);
    expect(compareVersions(cores[0]?.version ?? '', cores.at(-1)?.version ?? '')).toBeLessThan(0);
  });
});

describe('awkward hosts', () => {
  it.each(['nginx', 'apache'] as const)('%s: basic auth in front, stripped headers, noise, limits', async (server) => {
    const basicAuth = { user: 'staging', password: 'geheim' };
    const site = await start({
      server,
      basicAuth,
      stripHeaders: ['X-Nachtwacht-Auth'],
      bodyNoise: '\ufeffNotice: ruis\n',
      memoryLimit: '64M',
      maxExecutionTime: 10,
    });
    const probe = "<?php echo json_encode([$_SERVER, ini_get('memory_limit'), ini_get('max_execution_time')]);";
    await site.writeFile('probe.php', probe);
    expect((await fetch(`${site.url}/probe.php`)).status).toBe(401);
    const authorization = `Basic ${Buffer.from('staging:geheim').toString('base64')}`;
    const answer = await fetch(`${site.url}/probe.php`, {
      headers: { authorization, 'X-Nachtwacht-Auth': 'one', 'X-Other': 'two' },
    });
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(answer.status).toBe(200);
    expect(text.startsWith('\ufeffNotice: ruis\n')).toBe(true);
    const seen: unknown = JSON.parse(text.slice(text.indexOf('[')));
    expect(seen).toEqual([expect.objectContaining({ HTTP_X_OTHER: 'two', HTTP_HOST: site.host }), '64M', '10']);
    expect(text).not.toContain('HTTP_X_NACHTWACHT_AUTH');
    await site.mustWork('/');
  });

  it('survives a killed PHP worker and a restarted PHP', async () => {
    const site = await start({ fpmChildren: 2 });
    await site.writeFile('slow.php', '<?php sleep(20); echo "done";');
    const slow = fetch(`${site.url}/slow.php`).then(
      (answer) => answer.status,
      () => 0,
    );
    await expect.poll(async () => (await site.fpm.busyWorkers()).length, { timeout: 5000 }).toBe(1);
    await site.fpm.killWorker();
    expect(await slow).not.toBe(200);
    await site.mustWork('/');
    await site.fpm.restart();
    await site.mustWork('/');
  });
});

describe('damage and its traces', () => {
  it('is told file by file and row by row, and an untouched site compares equal', async () => {
    const site = await start({});
    await addUploads(site, 40);
    const table = await addRows(site, 5000);
    const before = await takeFingerprint(site);
    expect(await compareFingerprints(before, await takeFingerprint(site), { times: true })).toEqual([]);
    const files = await changeUploads(site, 4);
    const rows = await changeRows(site, 50, { scattered: true });
    expect(files.files).toBe(4);
    expect(rows.rows).toBe(50);
    const told = await compareFingerprints(before, await takeFingerprint(site));
    expect(told.filter((line) => line.startsWith('file '))).toHaveLength(4);
    expect(told).toContain(`table ${table}: 5000 rows, now 5000`);
    expect(told.filter((line) => line.startsWith('  + INSERT'))).toHaveLength(3);
  });

  it.each(breakages)('%s breaks the site', async (how) => {
    const site = await start({});
    await addUploads(site, 3);
    const before = await takeFingerprint(site);
    await breakSite(site, how);
    const told = await compareFingerprints(before, await takeFingerprint(site));
    expect(told.length).toBeGreaterThan(0);
    // A post of its own: with its table gone the front page still answers, only empty.
    const works = await site.mustWork('/?p=1').then(
      () => true,
      () => false,
    );
    expect(works).toBe(!visibleDamage[how]);
  });
});
