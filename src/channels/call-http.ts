import http from 'node:http';
import https from 'node:https';
import { systemCodeOf } from '../platform/errors.ts';
import { saidBy, SendError } from './sender.ts';

export interface HttpCall {
  url: URL;
  method: 'POST' | 'GET';
  headers?: Record<string, string>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  body: string;
}

const longestAnswer = 100_000;

/**
 * One request on a connection of its own, without following redirects (credentials go where they were given for, and
 * nowhere else). Rejects with a SendError that knows whether the request was on its way when it failed: node's `fetch`
 * does not say.
 */
export function callHttp(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { url, method, body } = call;
    if (signal.aborted) return reject(new SendError('timeout'));
    // From here on the gateway may have read it.
    let isUnderWay = false;
    const fail = (error: SendError): void => {
      request.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(new SendError('timeout', { mayHaveGone: isUnderWay }));
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const headers = { 'user-agent': 'Nachtwacht', ...length, ...call.headers };
    const request = (url.protocol === 'https:' ? https : http).request(url, { method, headers, agent: false });
    signal.addEventListener('abort', onAbort, { once: true });
    request.once('socket', (socket) => {
      const begin = (): void => {
        isUnderWay = true;
        request.end(body);
      };
      // Nothing is written before the other end is there, and over TLS before it has shown who it is.
      if (!socket.connecting) begin();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', begin);
    });
    request.once('error', (error) => {
      if (isUnderWay)
        return fail(new SendError('broken-off', { mayHaveGone: true, said: systemCodeOf(error) ?? null }));
      const code = systemCodeOf(error) ?? error.message;
      fail(new SendError(isCertificate(code) ? 'certificate' : 'unreachable', { said: saidBy(code) }));
    });
    request.once('close', () => signal.removeEventListener('abort', onAbort));
    request.once('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        if (size <= longestAnswer) parts.push(part);
        // Enough to know what it said.
        else response.destroy();
      });
      response.once('error', () => fail(new SendError('broken-off', { mayHaveGone: true })));
      response.once('close', () => {
        if (!response.complete && size <= longestAnswer) {
          return fail(new SendError('broken-off', { mayHaveGone: true }));
        }
        return resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() });
      });
    });
  });
}

function isCertificate(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ALTNAME/.test(code);
}

/**
 * What a status that is no success means to every gateway alike. 429 and 503 say 'not now'; of another 5xx nobody knows
 * what it did before it failed.
 */
export function troubleOfStatus(status: number, said: string): SendError {
  if (status === 429 || status === 503) return new SendError('busy', { said: `${status} ${said}` });
  if (status === 401 || status === 403) return new SendError('wrong-credentials', { said: `${status} ${said}` });
  if (status >= 500) return new SendError('broken-off', { mayHaveGone: true, said: `${status} ${said}` });
  if (status >= 400) return new SendError('refused', { said: `${status} ${said}` });
  return new SendError('not-understood', { said: `${status} ${said}`, mayHaveGone: status >= 200 && status < 300 });
}
