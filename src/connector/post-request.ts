import http from 'node:http';
import https from 'node:https';
import type { OnReadOpts, Socket } from 'node:net';
import { ConnectorError } from './errors.ts';
import type { ByteSource } from './frame-reader.ts';
import { ResponseBody } from './response-body.ts';
import { publicLookup, vetHost } from './vet-address.ts';

export interface TransportOptions {
  /** Call private, loopback and link-local addresses too (sites inside one's own network, tests). Default false. */
  allowPrivateAddresses?: boolean;
  /** Default: says who we are. Some firewalls want another. */
  userAgent?: string;
  /** Extra certificate authorities, PEM. */
  ca?: string;
  connectTimeoutMs?: number;
}

export interface PostInput {
  url: URL;
  headers: Record<string, string>;
  body: readonly Buffer[];
  /** From now to the last byte of the answer; Infinity for a session that stays open. */
  totalTimeoutMs: number;
  /** Longest silence. */
  idleTimeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface PostAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: ByteSource;
  /** Reads a little of what is left so that the connection can be used again, else closes it. */
  close(): void;
}

/** Bytes on the wire as far as HTTP goes: start lines, headers and bodies, before inflating; TLS and TCP not. */
export interface Traffic {
  up: number;
  down: number;
  requests: number;
}

const USER_AGENT = 'Nachtwacht/1 (backup and care of this site; set up by its owner)';
const SOCKET_READ = 256 * 1024;
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL)/;

/** Sends POST requests over kept connections. One for each site. */
export class Transport {
  readonly traffic: Traffic = { up: 0, down: 0, requests: 0 };
  readonly #agents: { http: http.Agent; https: https.Agent };
  readonly #options: TransportOptions;

  constructor(options: TransportOptions = {}) {
    this.#options = options;
    const shared = {
      keepAlive: true,
      maxSockets: 6,
      keepAliveMsecs: 5000,
      scheduling: 'lifo',
      onread: readIntoOne(),
    } as const;
    this.#agents = {
      http: new http.Agent(shared),
      https: new https.Agent({ ...shared, ...(options.ca === undefined ? {} : { ca: options.ca }) }),
    };
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  /** Resolves at the answer's head; redirects are not followed here. Throws ConnectorError of the transport group. */
  post(input: PostInput): Promise<PostAnswer> {
    const { url } = input;
    const isPrivateAllowed = this.#options.allowPrivateAddresses === true;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ConnectorError('address-refused');
    if (!isPrivateAllowed) vetHost(url.hostname);
    const length = input.body.reduce((sum, part) => sum + part.length, 0);
    const headers: Record<string, string> = {
      'User-Agent': this.#options.userAgent ?? USER_AGENT,
      Accept: 'application/octet-stream, */*;q=0.1',
      'Accept-Encoding': 'identity',
      ...input.headers,
      'Content-Length': String(length),
    };
    return new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const request = (secure ? https : http).request(url, {
        method: 'POST',
        agent: secure ? this.#agents.https : this.#agents.http,
        headers,
        ...(isPrivateAllowed ? {} : { lookup: publicLookup }),
        maxHeaderSize: 64 * 1024,
        timeout: input.idleTimeoutMs,
      });
      this.traffic.requests += 1;
      this.traffic.up +=
        length + headLength(`POST ${url.pathname}${url.search} HTTP/1.1`, Object.entries(headers).flat());
      const fail = (error: Error): void => {
        request.destroy(error);
      };
      const total =
        input.totalTimeoutMs === Infinity
          ? undefined
          : setTimeout(() => fail(new ConnectorError('too-slow')), input.totalTimeoutMs);
      const connect = setTimeout(() => fail(new ConnectorError('timeout')), this.#options.connectTimeoutMs ?? 20_000);
      const onAbort = (): void => fail(abortReason(input.signal));
      const cleanUp = (): void => {
        clearTimeout(total);
        clearTimeout(connect);
        input.signal?.removeEventListener('abort', onAbort);
      };
      if (input.signal?.aborted === true) onAbort();
      input.signal?.addEventListener('abort', onAbort, { once: true });
      request.on('timeout', () => fail(new ConnectorError('timeout')));
      request.on('socket', (socket) => {
        if (!socket.connecting) clearTimeout(connect);
        else socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(connect));
      });
      let failure: Error | undefined;
      request.on('error', (error) => {
        failure = toConnectorError(error);
        cleanUp();
        reject(failure);
      });
      request.on('close', cleanUp);
      request.on('response', (response) => {
        this.traffic.down += headLength(
          `HTTP/1.1 ${response.statusCode} ${response.statusMessage}`,
          response.rawHeaders,
        );
        const body = new ResponseBody(response, {
          onBytes: (bytes) => (this.traffic.down += bytes),
          explain: (error) => {
            // When the request was destroyed with a reason, that reason counts, not the 'aborted' it led to.
            const known = toConnectorError(failure ?? error);
            const isCut = known instanceof ConnectorError && known.code === 'unreachable';
            return isCut ? new ConnectorError('answer-cut', { cause: error }) : known;
          },
        });
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          close: () => {
            cleanUp();
            body.drain((isWhole) => {
              if (!isWhole) request.destroy();
            });
          },
        });
      });
      for (const part of input.body) request.write(part);
      request.end();
    });
  }
}

/**
 * Lets all sockets read into one piece of memory instead of a new one for each read. The HTTP parser copies what it
 * passes on, and does so before the next read.
 */
function readIntoOne(): OnReadOpts {
  return {
    buffer: Buffer.allocUnsafeSlow(SOCKET_READ),
    callback(this: Socket, length: number, memory: Uint8Array) {
      this.emit('data', Buffer.from(memory.buffer, memory.byteOffset, length));
      return true;
    },
  };
}

function headLength(start: string, headers: string[]): number {
  return headers.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, Buffer.byteLength(start) + 4);
}

function abortReason(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Error('aborted');
}

function toConnectorError(error: Error & { code?: unknown }): Error {
  if (error instanceof ConnectorError || error.name === 'AbortError') return error;
  // The reason of `AbortSignal.timeout`, whose code is a number.
  if (error.name === 'TimeoutError') return new ConnectorError('timeout', { cause: error });
  const { code } = error;
  if (typeof code !== 'string' || code === '') return error;
  if (CERTIFICATE.test(code))
    return new ConnectorError('certificate-invalid', { cause: error, details: { reason: code } });
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new ConnectorError('answer-cut', { cause: error, details: { reason: code } });
  }
  if (code === 'ETIMEDOUT') return new ConnectorError('timeout', { cause: error });
  if (code.startsWith('E') || code.startsWith('HPE_')) {
    return new ConnectorError('unreachable', { cause: error, details: { reason: code } });
  }
  return error;
}
