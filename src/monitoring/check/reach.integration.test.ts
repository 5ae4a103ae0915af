import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { TlsOptions } from 'node:tls';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificateFor } from '../../../e2e/harness/certificates.ts';
import { startDnsServer, type TestDns } from '../../../e2e/harness/dns-server.ts';
import { systemClock } from '../../platform/clock.ts';
import { createChecker, type Checked, type Checker } from './index.ts';

const keyword = 'Bakkerij Jansen sinds lang';
const page = `<html><head><title>Brood</title></head><body>${'<p>Vers.</p>'.repeat(500)}<footer>${keyword}</footer></body></html>`;

let dns: TestDns;
let checker: Checker;
let secrets: { cert: Buffer; key: Buffer };
const servers: Server[] = [];

beforeAll(async () => {
  dns = await startDnsServer();
  const made = await makeCertificateFor(['*.shops.test', '127.0.0.1', '::1']);
  secrets = { cert: await readFile(made.certificate), key: await readFile(made.key) };
  dns.point('*.shops.test', '127.0.0.1', 60);
  dns.point('reference.test', '127.0.0.1', 60);
  checker = open({ allowPrivate: true });
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  checker.close();
  await dns.stop();
});

function open(options: { allowPrivate: boolean }): Checker {
  const { server } = dns;
  return createChecker({
    clock: systemClock,
    dnsServers: [server],
    dnsReferences: ['reference.test'],
    dnsPatienceMs: 600,
    ...options,
  });
}

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server.listen(0, host));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const plain = (answer: http.RequestListener): Promise<number> => listen(http.createServer(answer));
const secure = (options: TlsOptions, host?: string): Promise<number> =>
  listen(
    https.createServer({ ...secrets, ...options }, (_, response) => void response.end(page)),
    host,
  );
const look = (url: string, more: { maxBodyBytes?: number } = {}): Promise<Checked> =>
  checker.check({ url, keyword, ...more });

describe('servers of all kinds are reached', () => {
  test.each<[string, TlsOptions]>([
    ['TLS 1.3 with all curves', {}],
    ['TLS 1.3 without X25519', { ecdhCurve: 'P-256', minVersion: 'TLSv1.3' }],
    ['TLS 1.3 with P-384 only', { ecdhCurve: 'P-384', minVersion: 'TLSv1.3' }],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
    ['TLS 1.2 without X25519', { maxVersion: 'TLSv1.2', ecdhCurve: 'P-256' }],
    ['a session ticket is not taken', { sessionTimeout: 300 }],
  ])('%s', async (_name, options) => {
    const port = await secure(options);
    for (let turn = 0; turn < 2; turn++) {
      const checked = await look(`https://a.shops.test:${port}/`);
      expect(checked.outcome).toMatchObject({ kind: 'answer', status: 200, hasKeyword: true });
      expect(checked.certificate?.names).toContain('*.shops.test');
    }
  });

  test('addresses instead of names, IPv4 and IPv6, with a certificate for them', async () => {
    const port = await secure({});
    expect((await look(`https://127.0.0.1:${port}/`)).outcome).toMatchObject({ host: '127.0.0.1', hasKeyword: true });
    const other = await secure({}, '127.0.0.2');
    const code = { phase: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' };
    expect((await look(`https://127.0.0.2:${other}/`)).outcome).toMatchObject(code);
    // Not every machine has IPv6, not even a loopback address of it.
    const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
    const [listens, named] = hasIpv6 ? ['::1', '[::1]'] : ['127.0.0.1', '127.0.0.1'];
    const third = await secure({}, listens);
    expect((await look(`https://${named}:${third}/`)).outcome).toMatchObject({ host: named, hasKeyword: true });
  });

  test('a second address when the first does not answer', async () => {
    const port = await plain((_, response) => void response.end(page));
    dns.set('two.shops.test', { kind: 'address', v4: ['127.9.9.9', '127.0.0.1'], ttl: 0 });
    for (let turn = 0; turn < 4; turn++) {
      const checked = await look(`http://two.shops.test:${port}/`);
      expect(checked).toMatchObject({ address: '127.0.0.1', outcome: { hasKeyword: true } });
      expect(checked.phases.tlsMs).toBeNull();
    }
  });

  test('with headers that are not quite right', async () => {
    const port = await plain((request) => {
      request.socket.end(`HTTP/1.1 200 OK\r\nServer: x\u0001y\r\nX-Note: caf\u00e9\r\n\r\n${page}`);
    });
    expect((await look(`http://a.shops.test:${port}/`)).outcome).toMatchObject({ hasKeyword: true });
  });

  test('whose connection breaks after the page had its end', async () => {
    const port = await plain((request, response) => {
      response.writeHead(200, { 'content-length': String(page.length + 50) });
      response.write(page, () => request.socket.destroy());
    });
    expect((await look(`http://a.shops.test:${port}/`)).outcome).toMatchObject({ kind: 'answer', hasKeyword: true });
  });
});

describe('bodies', () => {
  test.each<[string, Buffer, number]>([
    ['gzip', gzipSync(page), page.length],
    ['x-gzip', gzipSync(page), page.length],
    ['br', brotliCompressSync(page), page.length],
    ['deflate', deflateSync(page), page.length],
    ['deflate', deflateRawSync(page), page.length],
    ['gzip, br', brotliCompressSync(gzipSync(page)), page.length],
    ['identity', Buffer.from(page), page.length],
  ])('%s is undone', async (encoding, body, bytes) => {
    const port = await plain((_, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body));
    const checked = await look(`http://a.shops.test:${port}/`);
    expect(checked.outcome).toMatchObject({ hasKeyword: true, bodyBytes: bytes });
    expect(checked.page).toMatchObject({ isCut: false, title: 'Brood' });
  });

  test('one that was packed and ends early gives what there is', async () => {
    const packed = gzipSync(page);
    const port = await plain(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, -8)),
    );
    expect((await look(`http://a.shops.test:${port}/`)).outcome).toMatchObject({ hasKeyword: true });
  });

  test('an unknown packing is no answer', async () => {
    const port = await plain((_, response) => void response.writeHead(200, { 'content-encoding': 'magic' }).end('x'));
    expect((await look(`http://a.shops.test:${port}/`)).outcome).toMatchObject({ code: 'ERR_CONTENT_ENCODING' });
  });

  test('what is past the limit is not read, and then a missing keyword means nothing', async () => {
    const port = await plain((_, response) => void response.end(page));
    const checked = await look(`http://a.shops.test:${port}/`, { maxBodyBytes: 1000 });
    expect(checked.outcome).toMatchObject({ bodyBytes: 1000, hasKeyword: null });
    expect(checked.page?.isCut).toBe(true);
  });

  test('in another charset are read in it', async () => {
    const port = await plain(
      (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' })
          .end(Buffer.from('<title>Café</title><p>Crème brûlée</p>', 'latin1')),
    );
    const checked = await checker.check({ url: `http://a.shops.test:${port}/`, keyword: 'Crème brûlée' });
    expect(checked.outcome).toMatchObject({ hasKeyword: true });
    expect(checked.page?.title).toBe('Café');
  });
});

describe('redirects', () => {
  test('are followed over schemes and hosts, the phases added up', async () => {
    const end = await secure({});
    const port = await plain(
      (_, response) => void response.writeHead(301, { location: `https://www.shops.test:${end}/` }).end(),
    );
    const checked = await look(`http://a.shops.test:${port}/`);
    expect(checked).toMatchObject({ redirects: 1, finalUrl: `https://www.shops.test:${end}/` });
    expect(checked.outcome).toMatchObject({ host: 'www.shops.test', hasKeyword: true });
  });

  test('that set a cookie and come back to the same address are no loop', async () => {
    const port = await plain((request, response) => {
      if (request.headers.cookie === 'seen=1') response.end(page);
      else response.writeHead(302, { location: '/', 'set-cookie': 'seen=1; Path=/' }).end();
    });
    expect(await look(`http://a.shops.test:${port}/`)).toMatchObject({ redirects: 1, outcome: { hasKeyword: true } });
  });

  test('more than five are a loop, five are not', async () => {
    const port = await plain((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(page);
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect((await look(`http://a.shops.test:${port}/5`)).outcome).toMatchObject({ hasKeyword: true });
    expect((await look(`http://a.shops.test:${port}/6`)).outcome).toMatchObject({ code: 'ERR_REDIRECT_LOOP' });
  });
});

describe('addresses that are not public', () => {
  test('are not connected to: neither a name that leads there, nor a literal, nor a redirect', async () => {
    let requests = 0;
    const port = await plain((_, response) => {
      requests += 1;
      response.end(page);
    });
    const strict = open({ allowPrivate: false });
    for (const host of ['a.shops.test', '127.0.0.1', '[::ffff:127.0.0.1]', '[::1]', 'localhost']) {
      const { outcome } = await strict.check({ url: `http://${host}:${port}/`, keyword });
      expect(outcome.kind).toBe('failure');
    }
    expect((await strict.check({ url: `http://a.shops.test:${port}/`, keyword })).outcome).toMatchObject({
      phase: 'connect',
      code: 'ERR_ADDRESS_PRIVATE',
    });
    expect(requests).toBe(0);
    // The page of the fire drill: of this house itself.
    const ours = await strict.check({ url: `http://127.0.0.1:${port}/`, keyword, isOurs: true });
    expect(ours.outcome).toMatchObject({ kind: 'answer', status: 200 });
    strict.close();
  });
});

describe('trouble of our own', () => {
  test('a dead resolver: a site that is known is looked at all the same, another cannot be told', async () => {
    const port = await plain((_, response) => void response.end(page));
    dns.point('known.shops.test', '127.0.0.1', 0);
    await look(`http://known.shops.test:${port}/`);
    dns.setDead(true);
    try {
      const known = await look(`http://known.shops.test:${port}/`);
      expect(known).toMatchObject({ addressFrom: 'last-known', outcome: { kind: 'answer', hasKeyword: true } });
      const never = await look(`http://never.shops.test:${port}/`);
      expect(never.outcome).toEqual({ kind: 'own', code: 'own-resolver' });
    } finally {
      dns.setDead(false);
    }
  });

  test('a check whose time is over before it is known whose silence it was calls nobody down', async () => {
    dns.setDead(true);
    try {
      const { server } = dns;
      const fresh = createChecker({
        clock: systemClock,
        allowPrivate: true,
        dnsServers: [server],
        dnsPatienceMs: 5000,
      });
      const { outcome } = await fresh.check({ url: 'http://b.shops.test/', keyword, timeoutMs: 300 });
      expect(outcome).toEqual({ kind: 'own', code: 'own-resolver' });
      fresh.close();
    } finally {
      dns.setDead(false);
    }
  });
});
