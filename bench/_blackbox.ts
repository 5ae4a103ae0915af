import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { ensurePackages } from '../e2e/harness/apt.ts';
import { freePort } from '../e2e/harness/free-port.ts';
import { getKeeper } from '../e2e/harness/keeper.ts';
import { accepts, findProgram } from '../e2e/harness/machine.ts';
import { cpuSecondsOf, onCore } from './_cpu.ts';

export interface Blackbox {
  readonly cpuSeconds: number;
  /** Asks for so many checks, as Prometheus does: one request each, over kept connections. How many succeeded. */
  burst(task: { urls: readonly string[]; checks: number; atOnce: number }): Promise<{ up: number }>;
  stop(): Promise<void>;
}

/** Debian's prometheus-blackbox-exporter on the first core: a GET, the certificate verified, the keyword looked for. */
export async function startBlackbox(authority: string, keyword: string): Promise<Blackbox> {
  await ensurePackages(['blackbox']);
  const keeper = await getKeeper();
  const folder = await keeper.makeFolder('blackbox');
  const port = await freePort();
  const config = join(folder, 'blackbox.yml');
  await writeFile(
    config,
    `modules:
  keyword:
    prober: http
    timeout: 10s
    http:
      method: GET
      preferred_ip_protocol: ip4
      fail_if_not_ssl: true
      fail_if_body_not_matches_regexp: ['${keyword}']
      tls_config: { ca_file: ${authority} }
`,
  );
  const daemon = await keeper.startDaemon({
    name: 'blackbox',
    ...onCore(0, findProgram('prometheus-blackbox-exporter') ?? '', [
      `--config.file=${config}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ]),
    ready: () => accepts({ host: '127.0.0.1', port }),
  });
  const agent = new http.Agent({ keepAlive: true });
  const probe = (url: string): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const path = `/probe?module=keyword&target=${encodeURIComponent(url)}`;
      const request = http.get({ host: '127.0.0.1', port, path, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(/^probe_success 1$/m.test(Buffer.concat(chunks).toString())));
      });
      request.on('error', reject);
    });
  return {
    get cpuSeconds() {
      return cpuSecondsOf(daemon.pid);
    },
    burst: async ({ urls, checks, atOnce }) => {
      let begun = 0;
      let up = 0;
      const run = async (): Promise<void> => {
        while (begun < checks) if (await probe(urls[begun++ % urls.length] ?? '')) up += 1;
      };
      await Promise.all(Array.from({ length: atOnce }, run));
      return { up };
    },
    stop: async () => {
      agent.destroy();
      await daemon.stop();
    },
  };
}
