import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePackages } from './apt.ts';
import { getKeeper } from './keeper.ts';
import { accepts, findProgram, isRoot, siteUser } from './machine.ts';
import { passwordLine } from './web-server.ts';
import type { WebServer, WebServerOptions } from './web-server.ts';

/** nginx for one site, everything of it in its own folder. */
export async function startNginx(options: WebServerOptions): Promise<WebServer> {
  await ensurePackages(['nginx']);
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('nginx');
  await mkdir(join(folder, 'temp'));
  const accessLog = join(folder, 'access.log');
  const errorLog = join(folder, 'error.log');
  if (options.basicAuth !== undefined)
    await writeFile(join(folder, 'passwords'), passwordLine(options.basicAuth.user, options.basicAuth.password));
  const config = join(folder, 'nginx.conf');
  await writeFile(config, nginxConfig(options, folder));
  const daemon = await keeper.startDaemon({
    name: 'nginx',
    command: findProgram('nginx') ?? 'nginx',
    args: ['-c', config, '-p', folder, '-e', errorLog, '-g', 'daemon off;'],
    ready: () => accepts({ host: options.address, port: options.port }),
  });
  return { accessLog, errorLog, stop: () => daemon.stop() };
}

function nginxConfig(options: WebServerOptions, folder: string): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const mime = '/etc/nginx/mime.types';
  // Set and empty: nginx then leaves the header out altogether.
  const strip = (options.stripHeaders ?? []).map(
    (name) => `fastcgi_param HTTP_${name.toUpperCase().replaceAll('-', '_')} "" if_not_empty;`,
  );
  const auth =
    options.basicAuth === undefined ? '' : `auth_basic "staging"; auth_basic_user_file ${join(folder, 'passwords')};`;
  const tls =
    options.tls === undefined
      ? ''
      : `ssl_certificate ${options.tls.certificate}; ssl_certificate_key ${options.tls.key};`;
  // WordPress's own rules for a network in subfolders.
  const network = `
    if (!-e $request_filename) {
      rewrite /wp-admin$ $scheme://$http_host$uri/ permanent;
      rewrite ^(/[^/]+)?(/wp-.*) $2 last;
      rewrite ^(/[^/]+)?(/.*\\.php) $2 last;
    }`;
  return `
${isRoot ? `user ${siteUser().name};` : ''}
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')};
events { worker_connections 256; }
http {
  ${existsSync(mime) ? `include ${mime};` : ''}
  default_type application/octet-stream;
  access_log ${join(folder, 'access.log')};
  ${temp.map((name) => `${name}_temp_path ${join(folder, 'temp', name)};`).join('\n  ')}
  sendfile on;
  client_max_body_size ${options.maxBodyMb ?? 64}m;
  server {
    listen ${options.address}:${options.port}${options.tls === undefined ? '' : ' ssl'};
    server_name _;
    root ${options.root};
    index index.php index.html;
    ${tls}
    ${auth}
    ${options.bytesPerSecond === undefined ? '' : `limit_rate ${options.bytesPerSecond};`}
    ${options.multisite === true ? network : ''}
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ /\\. { deny all; }
    location ~ \\.php$ {
      try_files $uri =404;
      include /etc/nginx/fastcgi_params;
      # Debian's fastcgi_params gives $host, without the port, and WordPress would redirect to itself for ever.
      fastcgi_param HTTP_HOST $http_host;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      ${strip.join('\n      ')}
      fastcgi_read_timeout ${options.proxySeconds ?? 120}s;
      fastcgi_pass unix:${options.socket};
    }
  }
}
`;
}
