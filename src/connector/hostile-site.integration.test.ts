import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { ConnectorError, keyIdOf, SiteClient, type SiteCredentials } from './index.ts';

// A site that answers whatever a test wants. Nothing of it may be believed, and nothing may grow without bound.

type Handler = (request: IncomingMessage, response: ServerResponse, nonce: string) => void;

let server: Server;
let origin: string;
let handler: Handler;
let requests = 0;
const clients: SiteClient[] = [];
const { privateKey } = generateKeyPairSync('ed25519');

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    request.resume();
    response.on('error', () => undefined);
    const auth = String(request.headers['x-nachtwacht-auth'] ?? '');
    const { nonce } = auth === '' ? { nonce: '' } : JSON.parse(Buffer.from(auth, 'base64url').toString());
    request.on('end', () => handler(request, response, nonce));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  server.closeAllConnections();
  requests = 0;
});

afterAll(() => server.close());

const noWaiting = { ...systemClock, sleep: async () => undefined };

function connect(entries?: SiteCredentials['entries'], allowPrivateAddresses = true): SiteClient {
  const client = new SiteClient({
    credentials: {
      siteId: 'hostile',
      url: origin,
      entries: entries ?? { direct: `${origin}/rescue.php` },
      privateKey,
      keyId: keyIdOf(privateKey),
    },
    claim: 1,
    clock: noWaiting,
    transport: { allowPrivateAddresses },
  });
  clients.push(client);
  return client;
}

function frame(type: string, payload: Buffer | string | object, length?: number): Buffer {
  const bytes = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(length ?? bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function answerOf(nonce: string, frames: Buffer[], end: object = {}): Buffer {
  const all = Buffer.concat(frames);
  const last = frame('E', {
    ok: true,
    time: systemClock.now().getTime() / 1000,
    crc32: crc32(all).toString(16).padStart(8, '0'),
    frames: frames.length,
    ms: 1,
    peak: 1,
    next: null,
    ...end,
  });
  return Buffer.concat([Buffer.from(`NW1-BEGIN-${nonce}-p\n`), all, last]);
}

/** Answers every request with these frames. */
function says(frames: (Buffer | object)[], end: object = {}): void {
  handler = (_request, response, nonce) => {
    response.end(
      answerOf(
        nonce,
        frames.map((one) => (Buffer.isBuffer(one) ? one : frame('J', one))),
        end,
      ),
    );
  };
}

/** The code that the call fails with; the process may not have grown by more than `mb`. */
async function failure(work: Promise<unknown>, mb = 150): Promise<string> {
  const before = process.memoryUsage().rss;
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(mb);
  if (outcome === undefined) return 'nothing failed';
  if (!(outcome instanceof ConnectorError)) throw new Error('not an error of ours', { cause: outcome });
  return outcome.message === '' || outcome.nextStep === '' ? 'an error without words' : outcome.code;
}

async function drain(pages: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

function endlessly(response: ServerResponse, chunk: Buffer): void {
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

test('an endless answer', async () => {
  handler = (_request, response, nonce) => {
    response.write(`NW1-BEGIN-${nonce}-p\n${frame('J', {}).toString('latin1')}`);
    endlessly(response, frame('D', Buffer.alloc(1024 * 1024)));
  };
  expect(await failure(connect().call('status', {}))).toBe('answer-too-large');
  expect(requests).toBe(1);
});

test('endless noise before the answer', async () => {
  handler = (_request, response) => endlessly(response, Buffer.from('<p>Notice: something</p>\n'.repeat(400)));
  expect(await failure(connect().call('status', {}))).toBe('not-our-answer');
});

test('endless padding', async () => {
  handler = (_request, response, nonce) => {
    response.write(`NW1-BEGIN-${nonce}-p\n`);
    endlessly(response, frame('P', Buffer.alloc(1000)));
  };
  expect(await failure(connect().call('status', {}))).toBe('answer-too-large');
});

test('frames without bytes, very many', async () => {
  handler = (_request, response, nonce) => {
    response.write(`NW1-BEGIN-${nonce}-p\n${frame('J', {}).toString('latin1')}`);
    endlessly(response, Buffer.concat(Array.from({ length: 1000 }, () => frame('D', ''))));
  };
  expect(await failure(connect().call('x', {}, { maxAnswerBytes: 1e9 }))).toBe('answer-too-large');
});

test('an answer that drips, and one that does not come', async () => {
  handler = (_request, response, nonce) => {
    response.write(`NW1-BEGIN-${nonce}-p\n`);
    const drip = setInterval(() => response.write(frame('P', ' ')), 20);
    response.on('close', () => clearInterval(drip));
  };
  expect(await failure(drain(connect().stream('x', {}, { totalTimeoutMs: 400 })))).toBe('too-slow');
  handler = () => undefined;
  expect(await failure(drain(connect().stream('x', {}, { idleTimeoutMs: 300 })))).toBe('timeout');
  expect(await failure(drain(connect().stream('x', {}, { signal: AbortSignal.timeout(300) })))).toBe('timeout');
  const patience = AbortSignal.any([new AbortController().signal, AbortSignal.timeout(300)]);
  expect(await failure(connect().call('x', {}, { signal: patience, retries: 0 }))).toBe('timeout');
});

test.each([
  ['a length beyond the answer', (n: string) => [`NW1-BEGIN-${n}-p\n`, frame('J', '{}', 50)], 'answer-cut'],
  [
    'a length of four gigabytes',
    (n: string) => [`NW1-BEGIN-${n}-p\n`, frame('D', 'x', 0xffff_ffff)],
    'answer-too-large',
  ],
  ['a large end frame', (n: string) => [`NW1-BEGIN-${n}-p\n`, frame('E', 'x', 0x7fff_ffff)], 'answer-too-large'],
  [
    'a data frame above 1 MiB',
    (n: string) => [`NW1-BEGIN-${n}-p\n`, frame('D', Buffer.alloc(1024 * 1024 + 1))],
    'answer-too-large',
  ],
  ['no end', (n: string) => [`NW1-BEGIN-${n}-p\n`, frame('J', {})], 'answer-cut'],
  ['a wrong checksum', (n: string) => [answerOf(n, [frame('J', {})], { crc32: '0'.repeat(8) })], 'answer-corrupt'],
  ['a checksum that is no text', (n: string) => [answerOf(n, [], { crc32: null })], 'answer-corrupt'],
  ['an end that is a list', (n: string) => [`NW1-BEGIN-${n}-p\n`, frame('E', [1])], 'answer-corrupt'],
  ['a time that is no number', (n: string) => [answerOf(n, [], { time: '9e999' })], 'answer-corrupt'],
  ['data before its record', (n: string) => [answerOf(n, [frame('D', 'x')])], 'answer-invalid'],
  ['broken JSON', (n: string) => [answerOf(n, [frame('J', '{"a":')])], 'answer-corrupt'],
  ['the nonce of another request', () => [answerOf('0'.repeat(32), [])], 'not-our-answer'],
  ['an unknown frame', (n: string) => [answerOf(n, [frame('Q', 'x')])], 'answer-corrupt'],
] as [string, (nonce: string) => (string | Buffer)[], string][])('%s', async (_name, parts, code) => {
  handler = (_request, response, nonce) => {
    response.end(Buffer.concat(parts(nonce).map((part) => (typeof part === 'string' ? Buffer.from(part) : part))));
  };
  expect(await failure(connect().call('x', {}, { maxAnswerBytes: 8e6 }))).toBe(code);
});

test('a bomb of zeros, deflated', async () => {
  handler = (_request, response, nonce) => {
    response.write(`NW1-BEGIN-${nonce}-z\n`);
    const zeros = frame('D', Buffer.alloc(1024 * 1024));
    async function* endless(): AsyncGenerator<Buffer> {
      yield frame('J', {});
      while (!response.destroyed) yield zeros;
    }
    Readable.from(endless()).pipe(createDeflate()).pipe(response);
  };
  expect(await failure(connect().call('x', {}, { maxAnswerBytes: 32e6 }))).toBe('answer-too-large');
});

test('a bomb in Content-Encoding, and gzip in gzip in gzip', async () => {
  handler = (_request, response) => {
    response.setHeader('Content-Encoding', 'gzip');
    async function* endless(): AsyncGenerator<Buffer> {
      while (!response.destroyed) yield Buffer.alloc(1024 * 1024);
    }
    Readable.from(endless()).pipe(createGzip()).pipe(response);
  };
  expect(await failure(connect().call('x', {}))).toBe('not-our-answer');
  handler = (_request, response, nonce) => {
    response.setHeader('Content-Encoding', 'gzip, gzip');
    response.end(gzipSync(gzipSync(gzipSync(answerOf(nonce, [])))));
  };
  await expect(connect().call('x', {})).resolves.toMatchObject({ end: { ok: true } });
});

test('JSON that would take a hundred times its length', async () => {
  says([Buffer.from('x')]);
  handler = (_request, response, nonce) => response.end(answerOf(nonce, [frame('J', `[${'[],'.repeat(2_000_000)}0]`)]));
  expect(await failure(connect().call('x', {}, { maxAnswerBytes: 32e6 }), 700)).toBe('nothing failed');
  handler = (_request, response, nonce) => response.end(answerOf(nonce, [frame('J', '['.repeat(7_000_000))]));
  expect(await failure(connect().call('x', {}, { maxAnswerBytes: 32e6 }), 400)).toBe('answer-corrupt');
  handler = (_request, response, nonce) => {
    response.end(answerOf(nonce, [frame('J', `"${'x'.repeat(5e6)}"`), frame('J', `"${'x'.repeat(5e6)}"`)]));
  };
  expect(await failure(connect().call('x', {}, { maxAnswerBytes: 32e6 }), 400)).toBe('answer-too-large');
});

test.each([
  '../etc/passwd',
  '/etc/passwd',
  'a/../../b',
  'a//b',
  'a/.',
  '%2E%2E/x',
  'a%2Fb',
  'a%00b',
  'a%0',
  'a%41',
  'a\u0000b',
  'a\nb',
  '\ud800',
])('a path that leaves its folder or is not canonical: %j', async (path) => {
  says([{ d: path, e: [] }]);
  expect(await failure(drain(connect().files.list({ root: 'root' })))).toBe('bad-path');
  says([{ d: '', e: [[path, 'f', 1, 1, 1, 0o644]] }]);
  expect(await failure(drain(connect().files.list({ root: 'root' })))).toBe('bad-path');
});

test.each([
  ['an empty name', ['', 'f', 1, 1, 1, 420]],
  ['a dot', ['.', 'd', 1, 1, 1, 420]],
  ['two dots', ['..', 'd', 1, 1, 1, 420]],
] as const)('a name that is %s', async (_name, entry) => {
  says([{ d: '', e: [entry] }]);
  expect(await failure(drain(connect().files.list({ root: 'root' })))).toBe('bad-path');
});

test.each([
  ['a negative size', ['a', 'f', -1, 1, 1, 420]],
  ['a size beyond numbers', ['a', 'f', 1e300, 1, 1, 420]],
  ['a size that is text', ['a', 'f', '1', 1, 1, 420]],
  ['a type that is not known', ['a', 'x', 1, 1, 1, 420]],
  ['a mode beyond modes', ['a', 'f', 1, 1, 1, 2 ** 40]],
  ['a name that is a list', [['a'], 'f', 1, 1, 1, 420]],
  ['too few facts', ['a', 'f']],
] as const)('an entry with %s', async (_name, entry) => {
  says([{ d: '', e: [entry] }]);
  expect(await failure(drain(connect().files.list({ root: 'root' })))).toBe('answer-invalid');
});

test('a list that does not come to its end', async () => {
  says([{ d: '', e: [] }], { next: { at: 'a' } });
  expect(await failure(drain(connect().files.list({ root: 'root' })))).toBe('answer-invalid');
  says([], { next: { at: 'a' } });
  expect(await failure(drain(connect().files.list({ root: 'root' })))).toBe('answer-invalid');
});

test.each([
  ['more bytes than asked', [{ i: 0, n: 9, eof: true }, frame('D', '123456789')]],
  ['another count than its bytes', [{ i: 0, n: 3, eof: true }, frame('D', 'ab')]],
  ['an index that was not asked', [{ i: 7, n: 1, eof: true }, frame('D', 'a')]],
  ['nothing', []],
  ['a read twice', [{ i: 1, n: 1, eof: true }, frame('D', 'a'), { i: 0, n: 1, eof: true }, frame('D', 'a')]],
] as [string, (object | Buffer)[]][])('a read with %s', async (_name, frames) => {
  says(frames);
  const reads = [
    { root: 'root', p: 'a', o: 0, n: 4 },
    { root: 'root', p: 'b', o: 0, n: 4 },
  ];
  expect(await failure(drain(connect().files.read(reads)))).toBe('answer-invalid');
});

test.each([
  ['sums of another table', () => says([{ i: 3, from: 0, sums: [] }]), 'sums'],
  [
    'more sums than ranges',
    () => says([{ i: 0, from: 0, sums: Array.from({ length: 9 }, () => [1, '0'.repeat(16)]) }]),
    'sums',
  ],
  ['sums that do not go on', () => says([{ i: 0, from: 0, sums: [] }], { next: { table: 0, range: 0 } }), 'sums'],
  ['a sum that is none', () => says([{ i: 0, from: 0, sums: [[1, 'x']] }]), 'sums'],
  ['rows of a read that was not asked', () => says([{ i: 5, cols: ['a'], end: true }]), 'rows'],
  ['a cursor that stands still', () => says([{ i: 0, cols: ['a'] }], { next: { i: 0, after: [{ t: '1' }] } }), 'rows'],
  ['a read left out', () => says([{ i: 1, cols: ['a'], end: true }]), 'rows'],
  ['groups of a read that was not asked', () => says([{ i: 9, groups: [] }]), 'groups'],
  ['no groups', () => says([]), 'groups'],
  ['a table twice', () => says([tableRecord('a'), tableRecord('a')]), 'tables'],
  ['a table without columns', () => says([{ ...tableRecord('a'), columns: 7 }]), 'tables'],
] as [string, () => void, 'sums' | 'rows' | 'groups' | 'tables'][])('%s', async (_name, prepare, what) => {
  prepare();
  const { database } = connect();
  const work = {
    sums: () => database.sums([{ name: 't', bounds: [[{ t: '1' }]] }]),
    rows: () => drain(database.rows([{ table: 't' }, { table: 'u' }])),
    groups: () => database.groups([{ table: 't', width: 4 }]),
    tables: () => database.tables(),
  }[what];
  expect(await failure(work())).toBe('answer-invalid');
});

function tableRecord(name: string): object {
  return {
    name,
    kind: 'table',
    columns: [{ n: 'a', t: 'int', null: false, how: 'num' }],
    key: ['a'],
    create: 'CREATE',
  };
}

test('more objects of a schema than anybody has', async () => {
  const triggers = (count: number) => Array.from({ length: count }, (_, i) => ({ kind: 'trigger', name: `t${i}` }));
  says(triggers(5000));
  expect(await connect().database.schema()).toHaveLength(5000);
  says(triggers(5001));
  expect(await failure(connect().database.schema())).toBe('answer-invalid');
});

test.each([
  ['very many parts', Array.from({ length: 2001 }, () => ({ kind: 'plugin' })), 'answer-invalid'],
  ['a text without end', [{ kind: 'plugin', name: 'x'.repeat(2001) }], 'answer-invalid'],
  ['a list without end', [{ kind: 'php', extensions: Array.from({ length: 1001 }, () => 'x') }], 'answer-invalid'],
  ['facts in facts', [{ kind: 'core', constants: { WP_DEBUG: [true] } }], 'answer-invalid'],
  ['megabytes in fields', manyFields(1100), 'answer-too-large'],
])('an inventory of %s', async (_name, records, code) => {
  says(records);
  expect(await failure(connect({ rest: `${origin}/rest` }).inventory())).toBe(code);
});

/** One part with so many facts of a kilobyte. */
function manyFields(count: number): object[] {
  const facts = Array.from({ length: count }, (_, i): [string, string] => [`f${i}`, 'x'.repeat(1000)]);
  return [{ kind: 'plugin', ...Object.fromEntries(facts) }];
}

test('an inventory as the plugin gives it', async () => {
  const records = [
    { kind: 'core', version: '6.8', multisite: false, constants: { WP_DEBUG: true, FS_METHOD: null } },
    { kind: 'php', version: '8.4', extensions: ['json', 'curl'] },
    { kind: 'theme', file: 'x', name: 'X', parent: null, active: true },
  ];
  says(records);
  expect(await connect({ rest: `${origin}/rest` }).inventory()).toEqual(records);
});

test('of a refusal only what is known of it is kept', async () => {
  says([], {
    ok: false,
    code: 'swap-failed',
    message: 'No room.\u0000',
    rolled_back: true,
    free: 12,
    stuck: ['a', { b: 1 }, 'c\u0000'],
    errno: { nested: ['x'.repeat(1000)] },
    have: 'x'.repeat(5000),
    junk: 'x'.repeat(50_000),
    command: 'another',
  });
  const error = await connect()
    .call('stage.commit', {})
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'swap-failed', retryable: false });
  expect(error instanceof ConnectorError && error.details).toEqual({
    command: 'stage.commit',
    entry: 'direct',
    siteSays: 'No room.',
    time: expect.any(Number),
    rolled_back: true,
    free: 12,
    stuck: 'a, c',
    have: 'x'.repeat(500),
  });
});

test('redirects: circles, other hosts, and back to plain http', async () => {
  const redirect = (location: string): void => {
    handler = (_request, response) => response.writeHead(302, { Location: location }).end();
  };
  redirect('/rescue.php');
  expect(await failure(connect().call('x', {}))).toBe('redirect-loop');
  expect(requests).toBeLessThan(10);
  for (const location of [
    'http://example.org/',
    'http://127.0.0.1:1/',
    '//evil.example/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://[',
  ]) {
    redirect(location);
    expect(await failure(connect().call('x', {}))).toBe('redirected-elsewhere');
  }
});

test('headers without end', async () => {
  handler = (_request, response) => {
    for (let i = 0; i < 1500; i++) response.setHeader(`x-${i}`, 'x'.repeat(100));
    response.end();
  };
  expect(await failure(connect().call('x', {}))).toBe('unreachable');
});

test('the words of a site are only words', async () => {
  handler = (_request, response) => {
    response.writeHead(500).end('<script>alert(1)</script><b>\u001b[31mkapot\u0000\u202e</b>'.repeat(50));
  };
  const error = await connect()
    .call('x', {}, { retries: 0 })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'site-error', retryable: true });
  const words = error instanceof ConnectorError ? String(error.details['siteSays']) : '';
  expect(words).toContain('kapot');
  expect(words).not.toMatch(/[<>\p{Cc}\p{Cf}]/u);
  expect(words.length).toBeLessThanOrEqual(500);
});

test('a private address is not called', async () => {
  says([]);
  expect(await failure(connect(undefined, false).call('x', {}))).toBe('address-refused');
  const port = new URL(origin).port;
  for (const host of [
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f.1',
    '2130706433',
    '169.254.169.254',
    '10.0.0.1',
  ]) {
    const client = connect({ direct: `http://${host}:${port}/rescue.php` }, false);
    expect(await failure(client.call('x', {}))).toBe('address-refused');
  }
  expect(requests).toBe(0);
});

test('a status that is not one, and another protocol', async () => {
  says([], { protocol: 1, plugin: {}, php: '8', limits: {} });
  expect(await failure(connect().status())).toBe('answer-invalid');
  says([], { protocol: 2, plugin: '9', php: '8', limits: {} });
  expect(await failure(connect().status())).toBe('version');
});

test('a stream cut in the middle of deflate is no answer', async () => {
  handler = (_request, response, nonce) => {
    const body = deflateSync(answerOf(nonce, [frame('J', {}), frame('D', Buffer.alloc(5000, 7))]).subarray(45));
    response.end(Buffer.concat([Buffer.from(`NW1-BEGIN-${nonce}-z\n`), body.subarray(0, body.length - 20)]));
  };
  expect(await failure(connect().call('x', {}))).toBe('answer-cut');
  expect(requests).toBe(5);
});
