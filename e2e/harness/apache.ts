import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePackages } from './apt.ts';
import { getKeeper } from './keeper.ts';
import { accepts, findProgram, isRoot, siteUser } from './machine.ts';
import { passwordLine } from './web-server.ts';
import type { WebServer, WebServerOptions } from './web-server.ts';

const modules = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
  'auth_basic',
  'dir',
  'mime',
  'headers',
  'env',
  'setenvif',
  'rewrite',
  'proxy',
  'proxy_fcgi',
  'ratelimit',
  'reqtimeout',
  'ssl',
  'socache_shmcb',
];

/**
 * Apache for one site, everything of it in its own folder. PHP by proxy_fcgi, as Debian sets it up: `Authorization` does not
 * reach PHP. .htaccess files work, as on shared hosts.
 */
export async function startApache(options: WebServerOptions): Promise<WebServer> {
  await ensurePackages(['apache']);
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('apache');
  const accessLog = join(folder, 'access.log');
  const errorLog = join(folder, 'error.log');
  if (options.basicAuth !== undefined)
    await writeFile(join(folder, 'passwords'), passwordLine(options.basicAuth.user, options.basicAuth.password));
  const config = join(folder, 'apache.conf');
  await writeFile(config, apacheConfig(options, folder));
  const daemon = await keeper.startDaemon({
    name: 'apache',
    command: findProgram('apache2') ?? 'apache2',
    args: ['-f', config, '-DFOREGROUND'],
    ready: () => accepts({ host: options.address, port: options.port }),
  });
  return { accessLog, errorLog, stop: () => daemon.stop() };
}

function apacheConfig(options: WebServerOptions, folder: string): string {
  const library = '/usr/lib/apache2/modules';
  const load = modules
    .filter((name) => existsSync(join(library, `mod_${name}.so`)))
    .map((name) => `LoadModule ${name}_module ${library}/mod_${name}.so`);
  const user = siteUser().name;
  const auth =
    options.basicAuth === undefined
      ? 'Require all granted'
      : `AuthType Basic\n  AuthName "staging"\n  AuthUserFile ${join(folder, 'passwords')}\n  Require valid-user`;
  // WordPress's own rules, for one site and for a network in subfolders.
  const rewrite =
    options.multisite === true
      ? `RewriteRule ^index\\.php$ - [L]
  RewriteRule ^([_0-9a-zA-Z-]+/)?wp-admin$ $1wp-admin/ [R=301,L]
  RewriteCond %{REQUEST_FILENAME} -f [OR]
  RewriteCond %{REQUEST_FILENAME} -d
  RewriteRule ^ - [L]
  RewriteRule ^([_0-9a-zA-Z-]+/)?(wp-(content|admin|includes).*) $2 [L]
  RewriteRule ^([_0-9a-zA-Z-]+/)?(.*\\.php)$ $2 [L]
  RewriteRule . index.php [L]`
      : `RewriteRule ^index\\.php$ - [L]
  RewriteCond %{REQUEST_FILENAME} !-f
  RewriteCond %{REQUEST_FILENAME} !-d
  RewriteRule . /index.php [L]`;
  const rate =
    options.bytesPerSecond === undefined
      ? ''
      : `SetOutputFilter RATE_LIMIT\n  SetEnv rate-limit ${Math.max(1, Math.round(options.bytesPerSecond / 1024))}`;
  return `
ServerRoot ${folder}
ServerName ${options.address}
DefaultRuntimeDir ${folder}
PidFile ${join(folder, 'apache.pid')}
Listen ${options.address}:${options.port}
${load.join('\n')}
${isRoot ? `User ${user}\nGroup ${user}` : ''}
Mutex pthread
ServerLimit 2
StartServers 1
ThreadsPerChild 16
MaxRequestWorkers 32
ErrorLog ${join(folder, 'error.log')}
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog ${join(folder, 'access.log')} common
TypesConfig /etc/mime.types
Timeout ${options.proxySeconds ?? 120}
ProxyTimeout ${options.proxySeconds ?? 120}
LimitRequestBody ${(options.maxBodyMb ?? 64) * 1024 * 1024}
${(options.stripHeaders ?? []).map((name) => `RequestHeader unset ${name} early`).join('\n')}
${
  options.tls === undefined
    ? ''
    : `SSLEngine on\nSSLCertificateFile ${options.tls.certificate}\nSSLCertificateKeyFile ${options.tls.key}`
}
DocumentRoot ${options.root}
DirectoryIndex index.php index.html
<Directory />
  Require all denied
</Directory>
<Directory ${options.root}>
  AllowOverride All
  Options FollowSymLinks
  ${auth}
  ${rate}
  RewriteEngine On
  ${rewrite}
</Directory>
<FilesMatch "\\.php$">
  <If "-f %{REQUEST_FILENAME}">
    SetHandler "proxy:unix:${options.socket}|fcgi://localhost"
  </If>
</FilesMatch>
`;
}
