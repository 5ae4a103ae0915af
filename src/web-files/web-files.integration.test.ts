// The real server on a real port, with a folder as `scripts/build-web.ts` makes it.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, startHttp, type HttpServer } from '../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { openWebFiles } from './index.ts';

const script = 'export const watchman = "walks his round";\n'.repeat(100);
const page =
  '<!doctype html><html><head><script type="application/json" id="branding"></script></head><body></body></html>';

let folder: string;
let platform: TestPlatform;
let http: HttpServer;

async function build(into: string, html = page): Promise<void> {
  await mkdir(path.join(into, 'assets'), { recursive: true });
  await writeFile(path.join(into, 'index.html'), html);
  await writeFile(path.join(into, 'assets/index-abc.js'), script);
  await writeFile(path.join(into, 'assets/index-abc.js.br'), brotliCompressSync(script));
  await writeFile(path.join(into, 'assets/index-abc.js.gz'), gzipSync(script));
  await writeFile(path.join(into, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(into, 'sources.stamp'), 'secret of the build');
}

/** Raw, so that the path goes out as it is written and the body is not decompressed. */
function ask(at: string, headers: Record<string, string> = {}, method = 'GET') {
  const { hostname, port } = new URL(http.url);
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }>(
    (resolve, reject) => {
      const asked = request({ hostname, port, path: at, method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      });
      asked.on('error', reject);
      asked.end();
    },
  );
}
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'nachtwacht-web-'));
  await build(path.join(folder, 'web'));
  await writeFile(path.join(folder, 'outside.js'), 'outside');
  platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0' } });
  const accent = { light: '#005a8a', dark: '#4ab0e8', lightWash: '#d4ecf7', darkWash: '#0f222c' };
  const branding = async () => ({ name: 'Studio <Noorderlicht>', accent, logo: null });
  const web = await openWebFiles(path.join(folder, 'web'), branding);
  const api = { handle: async () => undefined, describe: async () => ({}) };
  const app = createApp(platform, { api, authenticate: async () => undefined, ...(web && { web }) });
  http = await startHttp(platform, app);
});
afterAll(async () => {
  await http.stop(1000);
  await platform.close();
  await rm(folder, { recursive: true });
});

describe('a hashed file', () => {
  test('is kept for ever, in the smallest form that is taken', async () => {
    const { status, headers, body } = await ask('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    });
    expect(brotliDecompressSync(body).toString()).toBe(script);
    const plain = await ask('/assets/index-abc.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.toString()).toBe(script);
  });

  test('is not sent again to who has it, and HEAD has its headers alone', async () => {
    const first = await ask('/assets/index-abc.js');
    const again = await ask('/assets/index-abc.js', { 'if-none-match': String(first.headers['etag']) });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
    const head = await ask('/assets/index-abc.js', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(String(script.length));
    expect(head.body.length).toBe(0);
  });

  test('of another version is not found, not a page', async () => {
    const { status, headers } = await ask('/assets/index-old.js', browser);
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('json');
  });
});

describe('the page', () => {
  test('answers every path that a browser opens, never stored, with the branding and a policy', async () => {
    for (const at of ['/', '/sites/bakkerij.nl', '/people?x=1', '/../../etc/passwd']) {
      const { status, headers, body } = await ask(at, browser);
      expect(status, at).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(body.toString()).toContain('"name":"Studio \\u003cNoorderlicht>"');
      expect(body.toString()).toContain('#005a8a');
    }
  });

  test('does not answer the API, what is no GET, and what asks for no page', async () => {
    for (const at of ['/api/nothing', '/connector/other.zip', '/branding/none', '/metrics/x']) {
      expect((await ask(at, browser)).body.toString(), at).not.toContain('<!doctype');
    }
    expect((await ask('/sites/x', { accept: 'application/json' })).status).toBe(404);
    expect((await ask('/sites/x', browser, 'POST')).status).toBe(404);
  });
});

test('no path leads out of the folder or to what is no page of it', async () => {
  const paths = [
    '/assets/../../outside.js',
    '/..%2foutside.js',
    '/assets/%2e%2e/%2e%2e/outside.js',
    '/assets/..%5c..%5coutside.js',
    '//outside.js',
    '/%00',
    '/%zz',
    '/sources.stamp',
    '/assets/index-abc.js.br',
  ];
  for (const at of paths) {
    const { body, status } = await ask(at);
    expect(status, at).toBeGreaterThanOrEqual(400);
    expect(body.toString(), at).not.toMatch(/outside$|secret of the build/);
  }
});

test('nothing built is no web; a page without the place for the branding is refused', async () => {
  const none = async () => ({ name: 'x', accent: null, logo: null });
  expect(await openWebFiles(path.join(folder, 'nothing'), none)).toBeUndefined();
  await build(path.join(folder, 'broken'), '<!doctype html>');
  await expect(openWebFiles(path.join(folder, 'broken'), none)).rejects.toMatchObject({ code: 'web-build-broken' });
});
