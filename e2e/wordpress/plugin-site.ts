import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pairSite, SiteClient, type Pairing } from '../../src/connector/index.ts';
import { packPayload, signRequest, type EntryName } from '../../src/connector/sign-request.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { getKeeper } from '../harness/keeper.ts';
import { startSite } from '../harness/start-site.ts';
import type { SiteOptions, TestSite } from '../harness/test-site.ts';

export interface RawAnswer {
  status: number;
  body: Buffer;
  headers: NodeJS.Dict<string | string[]>;
}

/** A real site with our plugin, paired, every PHP message logged; for tests that speak to the plugin itself. */
export interface PluginSite {
  site: TestSite;
  pairing: Pairing;
  /** A client that uses one entry only. */
  client(entry: EntryName, claim?: number): SiteClient;
  /** What PHP has logged since the last call. */
  messages(): Promise<string>;
  /** Path and query of an entry with a fresh `nw`. */
  target(entry: EntryName): string;
  /** Bytes as they are to the site's web server. */
  send(target: string, body: Buffer, headers?: Record<string, string>, method?: string): Promise<RawAnswer>;
  /** Auth object (base64url) and payload of a well-signed request. */
  sign(target: string, command: string, args: object, claim?: number): { auth: string; payload: Buffer; nonce: string };
}

const transport = { allowPrivateAddresses: true };

/** Starts a site whose PHP logs everything (E_ALL) to a file of its own, and pairs it unless told otherwise. */
export async function startPluginSite(options: SiteOptions = {}, siteId = 'site-1'): Promise<PluginSite> {
  const folder = await (await getKeeper()).makeFolder('log');
  const log = join(folder, 'php-errors.log');
  await chmod(folder, 0o755);
  await writeFile(log, '');
  await chmod(log, 0o666);
  const phpSettings = { error_log: log, error_reporting: '32767', ...options.phpSettings };
  const site = await startSite({ ...options, phpSettings });
  const pairing = await pair(site, siteId);
  let read = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  return {
    site,
    pairing,
    client: (entry, claim = 1) =>
      new SiteClient({
        credentials: { ...pairing.credentials, entries: only(pairing, entry) },
        claim,
        clock: systemClock,
        transport,
      }),
    messages: async () => {
      const text = await readFile(log, 'utf8');
      const fresh = text.slice(read);
      read = text.length;
      return fresh;
    },
    target: (entry) => {
      const url = new URL(pairing.credentials.entries[entry] ?? '');
      url.searchParams.set('nw', randomBytes(8).toString('hex'));
      return url.pathname + url.search;
    },
    send: (target, body, headers = {}, method = 'POST') =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(site.url);
        const outgoing = request({
          agent,
          hostname,
          port,
          path: target,
          method,
          headers: { ...sent, 'content-length': body.length, ...headers },
        });
        outgoing.on('error', reject);
        outgoing.on('response', (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts), headers: answer.headers }),
          );
        });
        outgoing.end(body);
      }),
    sign: (target, command, args, claim = 1) => {
      const payload = Buffer.concat(packPayload(command, args));
      const time = Math.floor(systemClock.now().getTime() / 1000);
      const credentials = pairing.credentials;
      return { ...signRequest({ credentials, target, payload: [payload], time, claim }), payload };
    },
  };
}

const sent = { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' };

function only(pairing: Pairing, entry: EntryName): Partial<Record<EntryName, string>> {
  const address = pairing.credentials.entries[entry];
  return address === undefined ? {} : { [entry]: address };
}

/** Pairs by the code of the settings page. */
export async function pair(site: TestSite, siteId: string): Promise<Pairing> {
  const code = await site.makePairingCode();
  const { basicAuth } = site.options;
  const more = basicAuth === undefined ? {} : { basicAuth };
  return await pairSite({ siteId, url: site.url, code, platform: 'Proef', clock: systemClock, transport, ...more });
}
