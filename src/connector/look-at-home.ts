import http from 'node:http';
import https from 'node:https';
import { ConnectorError } from './errors.ts';
import { Transport } from './post-request.ts';
import { publicLookup, vetHost } from './vet-address.ts';
import { explainAnswer } from './rules/explain-answer.ts';

export interface LookOptions {
  allowPrivateAddresses: boolean;
  signal?: AbortSignal | undefined;
  /** Of one request; default 10 s. */
  patienceMs?: number;
}

/** A home page as a visitor gets it, after redirects. */
export interface HomeLook {
  /** Where it was in the end. */
  url: string;
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Beginning of the page, at most 256 kB. */
  text: string;
}

const mostRedirects = 6;
const mostBytes = 256 * 1024;

/**
 * Gets a page the way a visitor does. Every address on the way is vetted as calls to sites are. Throws ConnectorError
 * (`unreachable` with `reason`, `timeout`, `certificate-invalid`, `address-refused`, `redirect-loop`).
 */
export async function lookAtHome(address: string, options: LookOptions): Promise<HomeLook> {
  const seen = new Set<string>();
  for (let url = new URL(address); seen.size <= mostRedirects;) {
    if (seen.has(url.href)) break;
    seen.add(url.href);
    const answer = await get(url, options);
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || location === undefined || !URL.canParse(location, url.href)) {
      return { url: url.href, ...answer };
    }
    url = new URL(location, url);
  }
  throw new ConnectorError('redirect-loop');
}

function get(url: URL, options: LookOptions): Promise<Omit<HomeLook, 'url'>> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ConnectorError('address-refused');
  if (!options.allowPrivateAddresses) vetHost(url.hostname);
  return new Promise((resolve, reject) => {
    const patienceMs = options.patienceMs ?? 10_000;
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      headers: { 'User-Agent': 'Mozilla/5.0 (compatible; Nachtwacht/1)', Accept: 'text/html,*/*;q=0.5' },
      ...(options.allowPrivateAddresses ? {} : { lookup: publicLookup }),
      timeout: patienceMs,
      signal: AbortSignal.any([AbortSignal.timeout(2 * patienceMs), ...(options.signal ? [options.signal] : [])]),
    });
    request.on('timeout', () => request.destroy(new ConnectorError('timeout')));
    request.on('error', (error: NodeJS.ErrnoException) => reject(explained(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = (): void => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= mostBytes) done();
      });
      response.on('end', done);
      response.on('error', done);
    });
    request.end();
  });
}

function explained(error: NodeJS.ErrnoException): Error {
  if (error instanceof ConnectorError) return error;
  const code = error.code ?? '';
  const details = { reason: code };
  if (/^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME)/.test(code))
    return new ConnectorError('certificate-invalid', { cause: error, details });
  if (code === 'ETIMEDOUT' || error.name === 'TimeoutError') return new ConnectorError('timeout', { cause: error });
  return new ConnectorError('unreachable', { cause: error, details });
}

/** Whether our plugin answers at a site: `ready` waits to be paired, `paired` belongs to somebody (perhaps us). */
export type PluginState = 'ready' | 'paired' | 'absent';

/** Asks without any key, as nobody: the plugin then says whether it is paired and does nothing. Never throws. */
export async function lookForPlugin(home: string, options: LookOptions): Promise<PluginState> {
  const transport = new Transport({ allowPrivateAddresses: options.allowPrivateAddresses });
  try {
    const base = new URL(home.endsWith('/') ? home : `${home}/`);
    for (const address of ['?rest_route=/nachtwacht/v1/do', 'wp-admin/admin-ajax.php?action=nachtwacht']) {
      const answer = await transport.post({
        url: new URL(address, base),
        headers: {},
        body: [],
        totalTimeoutMs: 10_000,
        idleTimeoutMs: 10_000,
        signal: options.signal,
      });
      const chunks: Buffer[] = [];
      for await (const chunk of answer.body) {
        chunks.push(chunk);
        if (chunks.length > 8) break;
      }
      answer.close();
      const text = Buffer.concat(chunks).toString('utf8');
      if (!text.includes('"nachtwacht":1')) continue;
      const { code } = explainAnswer({ status: answer.status, text, server: '', wantsPassword: false });
      return code === 'unpaired' ? 'ready' : 'paired';
    }
    return 'absent';
  } catch {
    return 'absent';
  } finally {
    transport.close();
  }
}
