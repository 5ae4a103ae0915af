// What `watch` looks at: nginx with TLS on 32 loopback addresses (one address and port has too few ports for so many
// fresh connections), and names in a DNS server that lead to them.
import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePackages } from '../e2e/harness/apt.ts';
import { makeCertificateFor } from '../e2e/harness/certificates.ts';
import { freePort } from '../e2e/harness/free-port.ts';
import { getKeeper } from '../e2e/harness/keeper.ts';
import { accepts, findProgram, isRoot, siteUser } from '../e2e/harness/machine.ts';
import { onCore } from './_cpu.ts';

export const keyword = 'Bakkerij Zonneschijn sinds lang';
export const zone = 'bench.test';

export interface WatchedServers {
  addresses: readonly string[];
  port: number;
  /** Path of the authority's certificate. */
  authority: string;
  stop(): Promise<void>;
}

/** 2 KB with the keyword at its end, as the peers were measured with. */
const page = `<!doctype html><html><head><title>Bench</title><meta name="generator" content="WordPress 6.8.1"></head>
<body>${'<p>Vers van de dag.</p>'.repeat(85)}<footer><p>${keyword}</p></footer></body></html>`;

/** Starts nginx on the second core. */
export async function startWatchedServers(): Promise<WatchedServers> {
  await ensurePackages(['nginx', 'openssl']);
  const network = `127.${randomInt(16, 250)}.${randomInt(1, 250)}`;
  const addresses = Array.from({ length: 32 }, (_, at) => `${network}.${at + 1}`);
  const { certificate, key, authority } = await makeCertificateFor([`*.${zone}`, ...addresses]);
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('watched');
  await mkdir(join(folder, 'html'));
  await writeFile(join(folder, 'html/index.html'), page);
  const port = await freePort();
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    join(folder, 'nginx.conf'),
    `${isRoot ? `user ${siteUser().name};` : ''}
worker_processes 1;
worker_rlimit_nofile 16000;
pid ${join(folder, 'pid')};
error_log ${join(folder, 'error.log')} crit;
events { worker_connections 12000; }
http {
  types { text/html html; }
  access_log off;
  ${temp.map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')}
  ssl_certificate ${certificate};
  ssl_certificate_key ${key};
  ssl_session_cache off;
  ssl_session_tickets off;
  server {
    ${addresses.map((address) => `listen ${address}:${port} ssl backlog=4096;`).join(' ')}
    root ${join(folder, 'html')};
  }
}
`,
  );
  const daemon = await keeper.startDaemon({
    name: 'watched',
    ...onCore(1, findProgram('nginx') ?? 'nginx', [
      '-c',
      join(folder, 'nginx.conf'),
      '-p',
      folder,
      '-g',
      'daemon off;',
    ]),
    ready: () => accepts({ host: addresses[0] ?? '', port }),
  });
  return { addresses, port, authority, stop: () => daemon.stop() };
}
