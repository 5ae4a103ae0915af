// The HTTP layer itself, over real sockets: cookies and forgery, headers, hosts, proxies, what is logged.
import http from 'node:http';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { openTestPlatform, type TestPlatform } from '../test-platform.ts';
import { createApp, startHttp, type FileHandler, type HttpServer, type RequestFacts } from './server.ts';

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** As fetch, but any header may be said, `host` too. */
function ask(base: string, path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    request.on('error', reject);
    request.end(method === 'GET' ? undefined : '{}');
  });
}

const secret = 'the-secret-of-a-link';
const lines: string[] = [];
const seen: { facts: RequestFacts; client: string | null; forwarded: string | null }[] = [];
const open: { server: HttpServer; platform: TestPlatform }[] = [];

async function start(environment: Record<string, string> = {}, web?: FileHandler): Promise<string> {
  const platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0', ...environment } });
  const into = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const app = createApp(
    { ...platform, log: createLog('debug', into) },
    {
      api: {
        handle: (_request, actor, facts) => {
          seen.push({ facts, client: null, forwarded: null });
          return Promise.resolve(Response.json({ actor }));
        },
        describe: (url) => Promise.resolve({ url }),
      },
      authenticate: (token) => Promise.resolve(token === 'good' ? 'token' : undefined),
      authenticateSession: (request) =>
        Promise.resolve(request.headers.get('cookie') === 'session=good' ? 'person' : undefined),
      auth: (request, facts) => {
        const { headers } = request;
        seen.push({ facts, client: headers.get('x-nachtwacht-client'), forwarded: headers.get('x-forwarded-for') });
        if (request.url.includes('fail')) throw new Error('the sign-in failed', { cause: new Error('inner') });
        return Promise.resolve(new Response('signed in', { headers: { 'set-cookie': 'a=b' } }));
      },
      ...(web ? { web } : {}),
    },
  );
  const server = await startHttp(platform, app);
  open.push({ server, platform });
  return server.url;
}

let plain: string;
let behind: string;
beforeAll(async () => {
  plain = await start(
    {},
    {
      answer: (request) =>
        Promise.resolve(
          new URL(request.url).pathname === '/none'
            ? undefined
            : new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
        ),
    },
  );
  behind = await start({
    NACHTWACHT_URL: 'https://wacht.bureau.nl',
    NACHTWACHT_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8',
  });
});
afterAll(async () => {
  for (const { server, platform } of open) {
    await server.stop(500);
    await platform.close();
  }
});

describe('the cookie', () => {
  const cookie = { cookie: 'session=good' };
  const ours = () => ({ ...cookie, origin: plain, 'x-nachtwacht': '1' });

  test('of our own page is the person', async () => {
    expect(await ask(plain, '/api/x', 'POST', ours())).toMatchObject({ status: 200, body: '{"actor":"person"}' });
    expect(await ask(plain, '/api/x', 'GET', cookie)).toMatchObject({ status: 200, body: '{"actor":"person"}' });
  });
  test('of another page is refused before anybody reads the request', async () => {
    const before = seen.length;
    for (const headers of [
      cookie,
      { ...ours(), origin: 'https://evil.nl' },
      { ...ours(), origin: 'null' },
      { ...cookie, origin: plain },
      { ...ours(), 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await ask(plain, '/api/x', 'POST', headers);
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ data: { code: 'csrf-refused', kind: 'not-allowed' } });
    }
    expect((await ask(plain, '/api/x', 'GET', { ...cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(seen.length).toBe(before);
  });
  test('that is not valid, or none at all, is not signed in', async () => {
    expect((await ask(plain, '/api/x', 'POST', { ...ours(), cookie: 'session=bad' })).status).toBe(401);
    expect((await ask(plain, '/api/x', 'POST', { origin: plain, 'x-nachtwacht': '1' })).status).toBe(401);
  });
  test('does not help a wrong token', async () => {
    expect((await ask(plain, '/api/x', 'POST', { ...ours(), authorization: 'Bearer bad' })).status).toBe(401);
    expect((await ask(plain, '/api/x', 'POST', { authorization: 'Bearer good' })).body).toBe('{"actor":"token"}');
  });
  test('cannot be planted by a sign-in that another page sends', async () => {
    expect((await ask(plain, '/api/auth/sign-in', 'POST', { origin: 'https://evil.nl' })).status).toBe(403);
    expect((await ask(plain, '/api/auth/sign-in', 'POST', { origin: plain })).status).toBe(200);
  });
});

describe('headers of every answer', () => {
  test('of a page: no inline code, no frames, nothing from elsewhere', async () => {
    const { headers } = await ask(plain, '/');
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toContain('unsafe');
    for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()') as string,
    });
  });
  test('of data: may do nothing as a page, is kept nowhere; errors too', async () => {
    for (const path of ['/api/x', '/openapi.json', '/healthz', '/api/auth/fail']) {
      const { headers } = await ask(plain, path, 'GET', { authorization: 'Bearer good' });
      expect(headers['content-security-policy'], path).toMatch(/^default-src 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control'], path).toBe(path.startsWith('/api/') ? 'no-store' : undefined);
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
  test('HSTS only where people use TLS', async () => {
    expect((await ask(plain, '/')).headers['strict-transport-security']).toBeUndefined();
    const secure = await ask(plain, '/', 'GET', { 'x-forwarded-proto': 'https' });
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
    const { headers } = await ask(behind, '/', 'GET', { host: 'wacht.bureau.nl' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
  test('a request id comes from a proxy of ours or is made here', async () => {
    const given = { 'x-request-id': 'from-the-proxy-1' };
    expect((await ask(plain, '/', 'GET', given)).headers['x-request-id']).toBe('from-the-proxy-1');
    const odd = await ask(plain, '/', 'GET', { 'x-request-id': 'a b<script>' });
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
  test('an unknown path is a page of the web, or nothing', async () => {
    expect((await ask(plain, '/sites/x')).body).toBe('<!doctype html>');
    expect((await ask(plain, '/none')).status).toBe(404);
    expect((await ask(plain, '/api', 'GET')).status).toBe(401);
    expect((await ask(plain, '/', 'POST')).status).toBe(404);
  });
});

describe('another host', () => {
  test('is refused, so no link, redirect or description carries its name', async () => {
    for (const host of ['evil.nl', 'wacht.bureau.nl.evil.nl', '203.0.113.1']) {
      for (const path of ['/', '/openapi.json', '/api/x', '/api/auth/sign-in']) {
        const answer = await ask(behind, path, 'GET', { host, authorization: 'Bearer good' });
        expect(answer.status, `${host}${path}`).toBe(400);
        expect(answer.body).toContain('host-refused');
        expect(answer.body).not.toContain(host);
      }
    }
    expect((await ask(behind, '/healthz', 'GET', { host: 'probe.internal' })).status).toBe(200);
  });
  test('named by the proxy is not looked at', async () => {
    const answer = await ask(behind, '/openapi.json', 'GET', {
      host: 'wacht.bureau.nl',
      'x-forwarded-host': 'evil.nl',
    });
    expect(JSON.parse(answer.body)).toEqual({ url: 'https://wacht.bureau.nl' });
  });
});

describe('behind a proxy', () => {
  test('the client is who the proxy saw, and sign-in sees nothing that the client wrote about itself', async () => {
    await ask(behind, '/api/auth/sign-in', 'POST', {
      host: 'wacht.bureau.nl',
      origin: 'https://wacht.bureau.nl',
      'x-forwarded-for': '198.51.100.1, 203.0.113.7, 10.0.0.3',
      'x-forwarded-proto': 'https',
      'x-real-ip': '198.51.100.1',
      'x-nachtwacht-client': '198.51.100.1',
    });
    expect(seen.at(-1)).toMatchObject({
      client: '203.0.113.7',
      forwarded: null,
      facts: { address: '203.0.113.7', isSecure: true, scheme: 'https' },
    });
  });
});

describe('the log', () => {
  test('has request ids, and neither cookies, tokens, queries nor the secret of a link', async () => {
    lines.length = 0;
    const id = 'logged-request-1';
    await ask(plain, `/api/auth/reset-password/${secret}?fail=1&token=${secret}`, 'GET', {
      'x-request-id': id,
      authorization: `Bearer ${secret}`,
      cookie: `session=${secret}`,
    });
    await ask(plain, `/api/x?token=${secret}`, 'GET', { authorization: 'Bearer good' });
    const all = lines.join('');
    expect(all).toContain(id);
    expect(all).toContain('request failed');
    expect(all).toContain('/api/auth/reset-password');
    expect(all).not.toContain(secret);
  });
});
