import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startApache } from './apache.ts';
import { makeCertificate } from './certificates.ts';
import { copyConnector } from './connector.ts';
import { chooseCore } from './cores.ts';
import { getKeeper } from './keeper.ts';
import { freeAddress, isRoot, siteUser } from './machine.ts';
import { sharedMariaDb } from './mariadb.ts';
import { startNginx } from './nginx.ts';
import { startFpm } from './php-fpm.ts';
import { findPhp } from './php.ts';
import { runWordPressPhp } from './run-php.ts';
import type { RunPhpOptions } from './run-php.ts';
import { installShop } from './shop.ts';
import type { SiteOptions, TestSite } from './test-site.ts';
import { judge, visit } from './visit.ts';
import { addToConfig, copyCore, own, phpScript, replaceFolder, writeConfig } from './wordpress.ts';

let made = 0;

/**
 * A real WordPress site: own folder, own database, own php-fpm and own web server, installed and answering when this
 * resolves. Under 5 s once downloads are cached. Everything ends with the process, however that ends.
 */
export async function startSite(options: SiteOptions = {}): Promise<TestSite> {
  made += 1;
  const keeper = await getKeeper();
  const home = options.onDisk === true ? await keeper.makeFolder('site') : await keeper.makeFastFolder('site');
  const dir = join(home, 'public');
  const tablePrefix = options.tablePrefix ?? 'wp_';
  const multisite = options.multisite === true;
  const secure = options.https === true;
  const usual = secure ? 443 : 80;
  const port = options.port ?? (multisite ? usual : secure ? 8443 : 8080);
  const address = options.address ?? (await freeAddress(port));
  const host = port === usual ? address : `${address}:${port}`;
  const tls = secure ? await makeCertificate(address) : undefined;
  const keyword = options.keyword ?? `baken-${process.pid}-${made}`;
  const admin = { user: 'beheer', password: 'proef-wachtwoord-7', email: 'beheer@example.org' };

  const [core, php, db] = await Promise.all([
    chooseCore(options.core ?? 'newest'),
    findPhp(options.php ?? 'native'),
    sharedMariaDb(options.onDisk).then((server) => server.createDatabase(`site_${process.pid}_${made}`)),
  ]);
  const starting = startFpm(php, await fpmOptions(options, home));
  await copyCore(core, dir);
  const extra = options.config ?? '';
  await writeConfig(dir, { db, dbHost: options.dbHost ?? 'socket', tablePrefix, core, phpVersion: php.version, extra });

  const run = (code: string, args?: unknown, more: Partial<RunPhpOptions> = {}): Promise<string> =>
    runWordPressPhp(php, code, { dir, host, secure, args, ...more });
  const title = options.title ?? `Proefsite ${keyword}`;
  await run(await phpScript('install-site'), { title, ...admin }, { installing: true });
  if (multisite) {
    await addToConfig(dir, "define( 'WP_ALLOW_MULTISITE', true );");
    await run(await phpScript('make-network'), { domain: address, email: admin.email, title });
    await addToConfig(dir, networkConstants(address));
    await run(`wpmu_create_blog('${address}', '/tweede/', 'Tweede ${keyword}', 1);`);
  }
  const fpm = await starting;
  const startWeb = options.server === 'apache' ? startApache : startNginx;
  const web = await startWeb({ ...options, root: dir, socket: fpm.socket, address, port, multisite, tls });

  const site: TestSite = {
    url: `${secure ? 'https' : 'http'}://${host}`,
    host,
    caFile: tls?.authority,
    dir,
    keyword,
    admin,
    core,
    php,
    fpm,
    web,
    db,
    tablePrefix,
    options,
    runPhp: (code, args) => run(code, args),
    visit: (path = '/', more = {}) =>
      visit(site.url, { path, ...(options.basicAuth === undefined ? {} : { basicAuth: options.basicAuth }), ...more }),
    mustWork: async (path = '/') => {
      const health = judge(await site.visit(path), keyword);
      if (!health.ok) throw new Error(`${site.url}${path}: ${health.why}`);
    },
    signIn: () => signIn(site),
    installPlugin: async (folder, name, activate = true) => {
      await replaceFolder(folder, join(dir, 'wp-content/plugins', name));
      if (activate) await activatePlugin(site, name);
    },
    installConnector: async () => {
      const target = join(dir, 'wp-content/plugins/nachtwacht');
      await rm(target, { recursive: true, force: true });
      await mkdir(target, { recursive: true });
      await copyConnector(target);
      await own(target);
      await activatePlugin(site, 'nachtwacht');
    },
    makePairingCode: async () => {
      const code = (await site.runPhp('echo nachtwacht_make_pairing_code();')).trim();
      if (code === '') throw new Error('nachtwacht_make_pairing_code() gave nothing');
      return code;
    },
    writeFile: async (path, content) => {
      const target = join(dir, path);
      const firstMade = await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
      await own(firstMade ?? target);
    },
    stop: async () => {
      await Promise.all([web.stop(), fpm.stop()]);
      await db.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
  if (options.connector !== false) await site.installConnector();
  if (options.shop !== undefined && options.shop !== false)
    await installShop(site, options.shop === true ? {} : options.shop);
  return site;
}

async function fpmOptions(options: SiteOptions, home: string): Promise<Parameters<typeof startFpm>[1]> {
  const user = siteUser();
  const uploads = join(home, 'tmp');
  await mkdir(uploads);
  if (isRoot) await chown(uploads, user.uid, user.gid);
  const settings: Record<string, string> = { upload_tmp_dir: uploads, sys_temp_dir: uploads };
  if (options.memoryLimit !== undefined) settings['memory_limit'] = options.memoryLimit;
  if (options.maxExecutionTime !== undefined) settings['max_execution_time'] = String(options.maxExecutionTime);
  if (options.bodyNoise !== undefined || options.slowMs !== undefined) {
    const first = join(home, 'first.php');
    const noise = Buffer.from(options.bodyNoise ?? '').toString('base64');
    await writeFile(first, `<?php usleep(${(options.slowMs ?? 0) * 1000}); echo base64_decode('${noise}');`);
    await chmod(first, 0o644);
    settings['auto_prepend_file'] = first;
  }
  return {
    settings: { ...settings, ...options.phpSettings },
    ...(options.terminateSeconds === undefined ? {} : { terminateSeconds: options.terminateSeconds }),
    ...(options.fpmChildren === undefined ? {} : { children: options.fpmChildren }),
  };
}

function networkConstants(domain: string): string {
  return [
    "define( 'MULTISITE', true );",
    "define( 'SUBDOMAIN_INSTALL', false );",
    `define( 'DOMAIN_CURRENT_SITE', '${domain}' );`,
    "define( 'PATH_CURRENT_SITE', '/' );",
    "define( 'SITE_ID_CURRENT_SITE', 1 );",
    "define( 'BLOG_ID_CURRENT_SITE', 1 );",
  ].join('\n');
}

async function activatePlugin(site: TestSite, name: string): Promise<void> {
  const code = `
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    wp_set_current_user(1);
    foreach (array_keys(get_plugins('/' . $args)) as $file) {
      $result = activate_plugin($args . '/' . $file, '', is_multisite());
      if (is_wp_error($result)) { file_put_contents('php://stderr', $result->get_error_message()); exit(1); }
      exit(0);
    }
    file_put_contents('php://stderr', 'no plugin in ' . $args); exit(1);`;
  await site.runPhp(code, name);
}

async function signIn(site: TestSite): Promise<string> {
  const auth = site.options.basicAuth;
  const answer = await fetch(`${site.url}/wp-login.php`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: 'wordpress_test_cookie=WP%20Cookie%20check',
      ...(auth === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` }),
    },
    body: new URLSearchParams({ log: site.admin.user, pwd: site.admin.password, testcookie: '1' }),
  });
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  if (!cookies.some((cookie) => cookie.startsWith('wordpress_logged_in_')))
    throw new Error(`sign-in at ${site.url} failed with status ${answer.status}`);
  return cookies.filter((cookie) => !cookie.endsWith('=')).join('; ');
}
