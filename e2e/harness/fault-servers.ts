// Real sites that can be broken in every way the watch must see: own loopback address, own HTTPS server, own name in a
// DNS server of the test. Each stays a listening socket until it is broken, and is whole again after `heal`.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { makeCertificateFor, type Certificate } from './certificates.ts';
import { startDnsServer, type TestDns } from './dns-server.ts';
import { freePort } from './free-port.ts';

/** The twelve kinds of the issue ('The watch and the guard', truth 1). */
export const outageKinds = [
  'refused',
  'reset',
  'dns-gone',
  'dns-silent',
  'tls-expired',
  'tls-wrong-host',
  'status-500',
  'status-503',
  'white-page',
  'database-error',
  'too-slow',
  'foreign-redirect',
] as const;

/** Other ways to answer badly: what they do to a checker must be nothing. */
export const hostileKinds = [
  'silent-tcp',
  'garbage',
  'endless-header',
  'endless-body',
  'slow-drip',
  'gzip-bomb',
  'broken-gzip',
  'cut-off',
  'redirect-loop',
  'private-redirect',
  'maintenance',
  'critical-error',
  'other-page',
] as const;

export type FaultKind = (typeof outageKinds)[number] | (typeof hostileKinds)[number];

export interface FaultSite {
  readonly host: string;
  /** `https://HOST:PORT/` */
  readonly url: string;
  readonly address: string;
  /** Text on its page while it is well. */
  readonly keyword: string;
  /** Requests that reached it. */
  readonly requests: number;
  readonly fault: FaultKind | null;
  break(kind: FaultKind): Promise<void>;
  heal(): Promise<void>;
}

export interface FaultSites {
  readonly dns: TestDns;
  readonly port: number;
  readonly sites: readonly FaultSite[];
  /** A site of a stranger that answers well; `foreign-redirect` leads there. */
  readonly foreign: FaultSite;
  /** Path of the authority: NODE_EXTRA_CA_CERTS of child processes. */
  readonly authority: string;
  stop(): Promise<void>;
}

export interface FaultSitesOptions {
  count: number;
  /** Of the names in DNS, seconds; default 1. */
  ttl?: number;
  /** A /24 network of its own for each: sites of one network that fail together are one incident. */
  isSpread?: boolean;
  /** http: instead of https:, for quick tests of many. */
  isPlain?: boolean;
  /** Whole page while well; `{host}` and `{keyword}` are filled in. */
  page?: string;
}

const usualPage = `<!doctype html><html lang="nl"><head><title>{host}</title>
<meta name="generator" content="WordPress 6.8.1"></head><body><h1>Welkom bij {host}</h1>
<p>${'Vers van de dag, elke dag. '.repeat(40)}</p><footer><p>{keyword}</p></footer></body></html>`;

/** An error page as WordPress makes it (wp_die). */
const deadPage = (title: string, text: string): string =>
  `<!DOCTYPE html><html lang="en-US"><head><title>${title}</title><style>html{background:#f1f1f1}</style></head>
<body id="error-page"><div class="wp-die-message">${text}</div></body></html>`;

/** Starts `count` sites `site-1.shops.test`, ... and the DNS server that knows them. */
export async function startFaultSites(options: FaultSitesOptions): Promise<FaultSites> {
  const dns = await startDnsServer();
  const port = await freePort();
  const secrets = options.isPlain === true ? undefined : await makeSecrets();
  const first = randomInt(16, 240);
  const addressOf = (no: number): string =>
    options.isSpread === true ? `127.${first + (no >> 8)}.${no & 255}.1` : `127.${first}.${no >> 8}.${no & 255}`;
  const open = (host: string, no: number): Promise<Site> =>
    openSite({ host, address: addressOf(no), port, dns, secrets, options });
  const foreign = await open('casino.elsewhere.test', 1);
  const sites: Site[] = [];
  for (let no = 1; no <= options.count; no++) sites.push(await open(`site-${no}.shops.test`, no + 1));
  return {
    dns,
    port,
    sites,
    foreign,
    authority: secrets?.well.authority ?? '',
    stop: async () => {
      await Promise.all([...sites, foreign].map((site) => site.stop()));
      await dns.stop();
    },
  };
}

interface Secrets {
  well: Certificate;
  contexts: Record<'well' | 'expired' | 'stranger', { cert: Buffer; key: Buffer }>;
}

async function makeSecrets(): Promise<Secrets> {
  const names = ['*.shops.test', '*.elsewhere.test'];
  const read = async ({ certificate, key }: Certificate) => ({
    cert: await readFile(certificate),
    key: await readFile(key),
  });
  const well = await makeCertificateFor(names);
  return {
    well,
    contexts: {
      well: await read(well),
      expired: await read(await makeCertificateFor(names, { expired: true })),
      stranger: await read(await makeCertificateFor(['somebody.else.test'])),
    },
  };
}

interface Site extends FaultSite {
  stop(): Promise<void>;
}

interface SiteFacts {
  host: string;
  address: string;
  port: number;
  dns: TestDns;
  secrets: Secrets | undefined;
  options: FaultSitesOptions;
}

async function openSite({ host, address, port, dns, secrets, options }: SiteFacts): Promise<Site> {
  const scheme = secrets ? 'https' : 'http';
  const keyword = `Bakkerij ${host} sinds lang`;
  const page = (options.page ?? usualPage).replaceAll('{host}', host).replaceAll('{keyword}', keyword);
  let fault: FaultKind | null = null;
  let requests = 0;
  const answer: http.RequestListener = (request, response) => {
    requests += 1;
    serve(fault, { request, response, page, home: `${scheme}://${host}:${port}`, scheme, port });
  };
  const inner = secrets ? https.createServer(secrets.contexts.well, answer) : http.createServer(answer);
  // Time-outs of Node's server would break what is meant to hang.
  inner.requestTimeout = 0;
  inner.headersTimeout = 0;
  const held = new Set<net.Socket>();
  const outer = net.createServer((socket) => {
    held.add(socket);
    socket.on('close', () => held.delete(socket));
    socket.on('error', () => undefined);
    if (fault === 'reset') socket.resetAndDestroy();
    else if (fault === 'garbage') socket.end('SSH-2.0-OpenSSH_9.6\r\n'.repeat(40));
    else if (fault !== 'silent-tcp') inner.emit('connection', socket);
  });
  inner.on('tlsClientError', () => undefined);
  const listen = async (): Promise<void> => {
    outer.listen(port, address);
    await once(outer, 'listening');
  };
  const close = async (): Promise<void> => {
    if (!outer.listening) return;
    const closed = once(outer, 'close');
    outer.close();
    for (const socket of held) socket.destroy();
    await closed;
  };
  const point = (): void => dns.point(host, address, options.ttl ?? 1);
  const useCertificate = (which: keyof Secrets['contexts']): void => {
    if (secrets && inner instanceof https.Server) inner.setSecureContext(secrets.contexts[which]);
  };
  await listen();
  point();
  const heal = async (): Promise<void> => {
    fault = null;
    point();
    useCertificate('well');
    if (!outer.listening) await listen();
  };
  return {
    host,
    url: `${scheme}://${host}:${port}/`,
    address,
    keyword,
    get requests() {
      return requests;
    },
    get fault() {
      return fault;
    },
    break: async (kind) => {
      await heal();
      fault = kind;
      if (kind === 'refused') await close();
      if (kind === 'dns-gone') dns.set(host, { kind: 'gone' });
      if (kind === 'dns-silent') dns.set(host, { kind: 'silent' });
      if (kind === 'tls-expired') useCertificate('expired');
      if (kind === 'tls-wrong-host') useCertificate('stranger');
    },
    heal,
    stop: close,
  };
}

interface Serving {
  request: http.IncomingMessage;
  response: http.ServerResponse;
  page: string;
  home: string;
  scheme: string;
  port: number;
}

const html = { 'content-type': 'text/html; charset=utf-8' };

/** Answers one request as the fault has it. */
function serve(fault: FaultKind | null, { request, response, page, home, scheme, port }: Serving): void {
  const send = (status: number, text: string | Buffer, headers: http.OutgoingHttpHeaders = {}): void =>
    void response.writeHead(status, { ...html, connection: 'close', ...headers }).end(text);
  const socket = response.socket;
  switch (fault) {
    case 'status-500':
      return send(500, '<html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>');
    case 'status-503':
      return send(503, '<html><body><h1>Service Unavailable</h1></body></html>', { 'retry-after': '30' });
    case 'white-page':
      return send(200, '');
    case 'database-error':
      return send(200, deadPage('Database Error', '<h1>Error establishing a database connection</h1>'));
    case 'critical-error':
      return send(500, deadPage('WordPress &rsaquo; Error', '<p>There has been a critical error on this website.</p>'));
    case 'maintenance':
      return send(
        503,
        deadPage('Maintenance', 'Briefly unavailable for scheduled maintenance. Check back in a minute.'),
      );
    case 'other-page':
      return send(
        200,
        `<html><head><title>Index of /</title></head><body>${'<a href="x">x</a>'.repeat(50)}</body></html>`,
      );
    case 'too-slow':
      return;
    case 'foreign-redirect':
      return send(302, '', { location: `${scheme}://casino.elsewhere.test:${port}/` });
    case 'private-redirect':
      return send(302, '', { location: `${scheme}://169.254.169.254/latest/meta-data/` });
    case 'redirect-loop':
      return send(302, '', { location: request.url === '/' ? `${home}/a` : `${home}/` });
    case 'slow-drip':
      response.writeHead(200, html);
      return every(50, response, () => response.write('<p>'));
    case 'endless-body':
      response.writeHead(200, html);
      return pour(response, Buffer.alloc(64 * 1024, '<p>page without end</p>\n'));
    case 'endless-header':
      socket?.write('HTTP/1.1 200 OK\r\n');
      return pour(socket, Buffer.from(`X-Fill: ${'x'.repeat(4000)}\r\n`.repeat(4)));
    case 'gzip-bomb':
      return send(200, bomb(), { 'content-encoding': 'gzip' });
    case 'broken-gzip':
      return send(200, Buffer.from('this is no gzip at all'), { 'content-encoding': 'gzip' });
    case 'cut-off':
      response.writeHead(200, { ...html, 'content-length': '100000' });
      response.write(page.slice(0, 200), () => socket?.destroy());
      return;
    default:
      return send(200, page);
  }
}

/** 256 MB of nothing in 260 kB: a gzip file may be many, one after the other (RFC 1952, 2.2), so it is made at once. */
let bombBytes: Buffer | undefined;
function bomb(): Buffer {
  const part = (): Buffer => gzipSync(Buffer.alloc(1024 * 1024), { level: 9 });
  bombBytes ??= Buffer.concat(Array.from<Buffer>({ length: 256 }).fill(part()));
  return bombBytes;
}

function every(ms: number, stream: NodeJS.WritableStream, work: () => void): void {
  const timer = setInterval(work, ms);
  stream.on('close', () => clearInterval(timer));
  stream.on('error', () => clearInterval(timer));
}

/** Writes without end, as fast as it is read. */
function pour(stream: NodeJS.WritableStream | null, bytes: Buffer): void {
  let isOpen = true;
  const end = (): void => {
    isOpen = false;
  };
  stream?.on('close', end);
  stream?.on('error', end);
  const more = (): void => {
    if (isOpen && stream !== null) stream.write(bytes, () => setImmediate(more));
  };
  more();
}
