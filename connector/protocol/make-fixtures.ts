// Writes the fixtures beside it. An implementation of its own (plain node:crypto and node:zlib), so that neither the
// plugin nor the platform's client is tested against itself. Run: node connector/protocol/make-fixtures.ts
// oxlint-disable typescript/no-unsafe-type-assertion, typescript/no-base-to-string, typescript/no-redundant-type-constituents -- it writes what it made itself
import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const crc32Hex = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, '0');
const here = (name: string): string => new URL(`./${name}.json`, import.meta.url).pathname;
function save(name: string, value: Json): void {
  writeFileSync(here(name), `${JSON.stringify(value, null, 1)}\n`);
}
function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n >>> 0);
  return bytes;
}

// --- auth ---------------------------------------------------------------------------------------------------------
const seed = createHash('sha256').update('nachtwacht fixture key').digest();
const otherSeed = createHash('sha256').update('nachtwacht other key').digest();
const keyOf = (raw: Buffer) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), raw]),
    format: 'der',
    type: 'pkcs8',
  });
const privateKey = keyOf(seed);
const otherKey = keyOf(otherSeed);
const rawPublic = (key: typeof privateKey): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
const publicKey = rawPublic(privateKey);
const now = 1_763_900_000;
const site = 'site_01-fixture';
const key = sha256(publicKey).slice(0, 16);
const uri = '/wp-content/plugins/nachtwacht-connector/rescue.php?nw=00112233445566ff';
const nonce = '000102030405060708090a0b0c0d0e0f';

function payloadOf(cmd: string, args: Json, blob = Buffer.alloc(0), deflated = false): Buffer {
  const json = Buffer.from(JSON.stringify({ cmd, args }));
  if (!deflated) return Buffer.concat([u32(json.length), json, blob]);
  const small = deflateSync(json);
  return Buffer.concat([u32((small.length | 0x80000000) >>> 0), small, blob]);
}
interface Auth {
  v: Json;
  site: Json;
  key: Json;
  ts: Json;
  nonce: Json;
  claim: Json;
  [more: string]: Json;
}
const right: Auth = { v: 1, site, key, ts: now, nonce, claim: 7 };
function signedText(auth: Auth, path: string, payload: Buffer): string {
  const tail = [auth.ts, auth.nonce, auth.site, auth.key, auth.claim].map((field) => String(field));
  return ['NACHTWACHT1', 'POST', path, sha256(payload), ...tail].join('\n');
}
function headerOf(auth: Auth, path: string, payload: Buffer, by = privateKey): string {
  const sig = sign(null, Buffer.from(signedText(auth, path, payload)), by).toString('base64');
  return Buffer.from(JSON.stringify({ ...auth, sig })).toString('base64url');
}
const payload = payloadOf('status', { mode: 'p' });
const withBlob = payloadOf('stage.put', { run: 'a'.repeat(32), files: [] }, Buffer.from([0, 1, 2, 250, 255]));
const small = payloadOf('db.sums', { tables: [{ name: 'wp_posts', bounds: [] }] }, Buffer.alloc(0), true);

const accepted = [
  { name: 'status', payload, auth: right, path: uri },
  { name: 'with a blob', payload: withBlob, auth: { ...right, claim: 0 }, path: uri },
  { name: 'deflated args', payload: small, auth: { ...right, claim: 2 ** 53 - 1 }, path: uri },
  { name: 'rest address', payload, auth: right, path: '/?rest_route=/nachtwacht/v1/do&nw=ffeeddccbbaa9988' },
  { name: 'oldest clock allowed', payload, auth: { ...right, ts: now - 300 }, path: uri },
  { name: 'newest clock allowed', payload, auth: { ...right, ts: now + 300 }, path: uri },
].map(({ name, payload: body, auth, path }) => ({
  name,
  uri: path,
  payload: b64(body),
  payload_sha256: sha256(body),
  auth,
  signed_text: signedText(auth, path, body),
  header: headerOf(auth, path, body),
  body: b64(Buffer.concat([Buffer.from(`NW1 ${headerOf(auth, path, body)}\n`), body])),
}));

const raw = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const goodSig = sign(null, Buffer.from(signedText(right, uri, payload)), privateKey);
const withSig = (change: { [field: string]: Json }): string => raw({ ...right, sig: b64(goodSig), ...change });
function without(field: string): string {
  const auth: { [field: string]: Json } = { ...right, sig: b64(goodSig) };
  delete auth[field];
  return raw(auth);
}
const refused: { name: string; code: string; header: string; uri?: string; payload?: string; now?: number }[] = [
  { name: 'empty header', code: 'signature-missing', header: '' },
  { name: 'not base64url', code: 'malformed', header: 'a+b/c=' },
  { name: 'base64 with padding', code: 'malformed', header: `${headerOf(right, uri, payload)}==` },
  { name: 'not JSON', code: 'malformed', header: Buffer.from('hello').toString('base64url') },
  ...([null, true, 1, 'x', [], [1], {}] as Json[]).map((value) => ({
    name: `JSON ${JSON.stringify(value)}`,
    code: 'malformed',
    header: raw(value),
  })),
  ...['v', 'site', 'key', 'ts', 'nonce', 'claim', 'sig'].flatMap((field) => [
    { name: `${field} missing`, code: 'malformed', header: without(field) },
    ...([null, true, false, '', [], {}, -1, 1.5, '1'] as Json[])
      .filter((value) => !(field === 'site' && value === '1'))
      .map((value) => ({
        name: `${field} = ${JSON.stringify(value)}`,
        code: 'malformed',
        header: withSig({ [field]: value }),
      })),
  ]),
  { name: 'unknown field', code: 'malformed', header: withSig({ extra: 1 }) },
  { name: 'ts as float', code: 'malformed', header: rawText(`"ts":${now}`, `"ts":${now}.0`) },
  { name: 'claim beyond 2^53', code: 'malformed', header: withSig({ claim: 2 ** 53 }) },
  { name: 'sig too short', code: 'malformed', header: withSig({ sig: b64(goodSig.subarray(1)) }) },
  { name: 'sig too long', code: 'malformed', header: withSig({ sig: b64(Buffer.concat([goodSig, Buffer.of(0)])) }) },
  { name: 'key in upper case', code: 'malformed', header: withSig({ key: key.toUpperCase().replace(/^./, 'A') }) },
  { name: 'nonce with a new line', code: 'malformed', header: withSig({ nonce: `${nonce.slice(1)}\n` }) },
  { name: 'site with a new line', code: 'malformed', header: withSig({ site: `${site}\n` }) },
  { name: 'site of 65 characters', code: 'malformed', header: withSig({ site: 'a'.repeat(65) }) },
  { name: 'header beyond 2048 characters', code: 'malformed', header: withSig({ site: 'a'.repeat(3000) }) },
  { name: 'version 2', code: 'version', header: headerOf({ ...right, v: 2 }, uri, payload) },
  { name: 'another site', code: 'wrong-site', header: headerOf({ ...right, site: 'other' }, uri, payload) },
  { name: 'another key id', code: 'wrong-key', header: headerOf({ ...right, key: '0'.repeat(16) }, uri, payload) },
  { name: 'too old', code: 'clock', header: headerOf({ ...right, ts: now - 301 }, uri, payload) },
  { name: 'too new', code: 'clock', header: headerOf({ ...right, ts: now + 301 }, uri, payload) },
  { name: 'signed by another key', code: 'signature', header: headerOf(right, uri, payload, otherKey) },
  { name: 'signature of zeros', code: 'signature', header: withSig({ sig: b64(Buffer.alloc(64)) }) },
  { name: 'claim changed after signing', code: 'signature', header: withSig({ claim: 8 }) },
  { name: 'ts changed after signing', code: 'signature', header: withSig({ ts: now + 1 }) },
  { name: 'nonce changed after signing', code: 'signature', header: withSig({ nonce: 'f'.repeat(32) }) },
  { name: 'path changed', code: 'signature', header: headerOf(right, uri, payload), uri: `${uri}&x=1` },
  {
    name: 'body changed',
    code: 'signature',
    header: headerOf(right, uri, payload),
    payload: b64(Buffer.concat([payload, Buffer.of(0)])),
  },
];
function rawText(from: string, to: string): string {
  const text = JSON.stringify({ ...right, sig: b64(goodSig) });
  return Buffer.from(text.replace(from, to)).toString('base64url');
}
save('auth', {
  about: 'state + request -> accepted, or refused with the code. Bytes are base64. now, uri, payload hold unless a case has its own.',
  seed: seed.toString('hex'),
  state: { site, public_key: b64(publicKey), key },
  now,
  uri,
  payload: b64(payload),
  accepted: accepted as unknown as Json,
  refused: refused as unknown as Json,
});

// --- frames -------------------------------------------------------------------------------------------------------
type Frame = [string, Buffer];
const frame = ([type, bytes]: Frame): Buffer => Buffer.concat([Buffer.from(type), u32(bytes.length), bytes]);
const record = (value: Json): Frame => ['J', Buffer.from(JSON.stringify(value))];
function stream(frames: Frame[], end: { [field: string]: Json } = {}, checksum?: string): Buffer {
  const body = Buffer.concat(frames.map(frame));
  const all = { ok: true, time: now + 0.25, crc32: checksum ?? crc32Hex(body), frames: frames.length, ms: 12, peak: 2097152 };
  return Buffer.concat([body, frame(['E', Buffer.from(JSON.stringify({ ...all, ...end }))])]);
}
function lines(bytes: Buffer): Buffer {
  // Every line is base64 of its own, at most 8192 characters; the first is short here to show that lines may differ.
  const out: string[] = [];
  for (let at = 0, step = 7; at < bytes.length; at += step, step = 6144) out.push(b64(bytes.subarray(at, at + step)));
  return Buffer.from(`${out.join('\n')}\n.\n`);
}
function answer(mode: string, bytes: Buffer): Buffer {
  const inner = mode === 'z' || mode === 'y' ? deflateSync(bytes) : bytes;
  const outer = mode === 'b' || mode === 'y' ? lines(inner) : inner;
  return Buffer.concat([Buffer.from(`NW1-BEGIN-${nonce}-${mode}\n`), outer]);
}
const frames: Frame[] = [
  record({ i: 0, size: 5, mtime: 1, ctime: 2, n: 5, eof: true }),
  ['D', Buffer.from([0, 10, 13, 255, 46])],
  ['P', Buffer.from('   ')],
  record({ 'naïve': '€ "quoted"', list: [1, 2.5, null, true] }),
  ['D', Buffer.alloc(9000, 7)],
];
const whole = stream(frames, { next: null });
const failed = stream([], { ok: false, code: 'no-table', message: 'There is no table wp_x.', retry: false });
const noises: [string, Buffer, Buffer][] = [
  ['clean', Buffer.alloc(0), Buffer.alloc(0)],
  ['BOM before', Buffer.from('\uFEFF'), Buffer.alloc(0)],
  ['notices before, HTML after', Buffer.from('<br />\n<b>Notice</b>: x NW1-BEGIN- nearly\n'), Buffer.from('\n<!-- cached -->')],
];
const list = (all: Frame[]): Json => all.map(([type, bytes]) => ({ type, payload: b64(bytes) }));
save('frames', {
  about: 'body (base64) as the client reads it -> frames before E and the E record; `bad` must all be rejected.',
  nonce,
  good: ['p', 'z', 'b', 'y'].flatMap((mode) =>
    noises.map(([name, before, after]) => ({
      name: `${mode}: ${name}`,
      mode,
      body: b64(Buffer.concat([before, answer(mode, whole), after])),
      frames: list(frames),
      end: JSON.parse(whole.subarray(whole.lastIndexOf('{"ok"')).toString()) as Json,
    })),
  ),
  failed: { body: b64(answer('p', failed)), frames: [], end: JSON.parse(failed.subarray(5).toString()) as Json },
  bad: [
    { name: 'no marker', body: b64('<html>challenge</html>') },
    { name: 'another nonce', body: b64(answer('p', whole).toString('latin1').replace(nonce, 'f'.repeat(32)).slice(0, 60)) },
    { name: 'unknown mode', body: b64(Buffer.from(`NW1-BEGIN-${nonce}-q\n`)) },
    { name: 'cut before E', body: b64(answer('p', Buffer.concat(frames.map(frame)))) },
    { name: 'cut inside a frame', body: b64(answer('p', whole).subarray(0, 120)) },
    { name: 'wrong crc32', body: b64(answer('p', stream(frames, {}, '0'.repeat(8)))) },
    { name: 'wrong frame count', body: b64(answer('p', stream(frames, { frames: 4 }))) },
    { name: 'unknown frame type', body: b64(answer('p', stream([['X', Buffer.from('{}')]]))) },
    { name: 'D beyond 1 MiB', body: b64(Buffer.concat([answer('p', Buffer.alloc(0)), Buffer.from('D'), u32(1048577)])) },
    { name: 'zlib stream cut', body: b64(answer('z', whole).subarray(0, -6)) },
    { name: 'zlib stream broken', body: b64(Buffer.concat([Buffer.from(`NW1-BEGIN-${nonce}-z\n`), Buffer.alloc(40, 1)])) },
    { name: 'base64 without its last line', body: b64(answer('b', whole).subarray(0, -2).toString().split('\n').slice(0, 1).join('\n')) },
  ],
});

// --- paths --------------------------------------------------------------------------------------------------------
const hex = (text: string): string => Buffer.from(text).toString('hex');
save('paths', {
  about: 'names: bytes (hex) <-> wire form. good: wire paths that decode to bytes (hex) and encode back. bad: wire paths refused with bad-path.',
  names: [
    { bytes: hex('index.php'), wire: 'index.php' },
    { bytes: hex('één map'), wire: 'één map' },
    { bytes: hex('😀.jpg'), wire: '😀.jpg' },
    { bytes: hex('100%.txt'), wire: '100%25.txt' },
    { bytes: hex('%41'), wire: '%2541' },
    { bytes: '610a62', wire: 'a%0Ab' },
    { bytes: '61007f62'.replace('00', '01'), wire: 'a%01%7Fb' },
    { bytes: 'e96e', wire: '%E9n' },
    { bytes: 'c3a9c3', wire: 'é%C3' },
    { bytes: 'eda080', wire: '%ED%A0%80' },
    { bytes: 'c0ae', wire: '%C0%AE' },
    { bytes: 'f4908080', wire: '%F4%90%80%80' },
    { bytes: 'e282', wire: '%E2%82' },
    { bytes: 'e28261', wire: '%E2%82a' },
    { bytes: 'efbfbe', wire: '\uFFFE' },
    { bytes: hex('...'), wire: '...' },
    { bytes: hex('-rf'), wire: '-rf' },
    { bytes: hex('a\\b'), wire: 'a\\b' },
  ],
  good: [
    { wire: '', bytes: '' },
    { wire: 'wp-content/uploads/2026/é.jpg', bytes: hex('wp-content/uploads/2026/é.jpg') },
    { wire: 'a/%E9/..b', bytes: '612fe92f2e2e62' },
  ],
  bad: ['/', '/etc/passwd', 'a/', 'a//b', '.', '..', './a', 'a/..', 'a/../b', 'a/./b', '../a', '%2e%2e/a', '%2E%2E/a', '%41', 'a%', 'a%4', 'a%zz',
    'a%2Fb', '%00', 'a%00b', 'a%0ab', '%c3', '%C3%A9', 'a\u0000b', 'a\nb', 'a\u007Fb', `${'a/'.repeat(2048)}b`],
});

// --- rows and sums ------------------------------------------------------------------------------------------------
type Cell = Buffer | null;
function varint(n: number): Buffer {
  const out: number[] = [];
  let left = n;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    out.push(left > 0 ? low + 128 : low);
  } while (left > 0);
  return Buffer.from(out);
}
const rowBytes = (row: Cell[]): Buffer =>
  Buffer.concat(row.map((cell) => (cell === null ? Buffer.of(0) : Buffer.concat([varint(cell.length + 1), cell]))));
function rowHash(row: Cell[]): bigint {
  const lengths = row.map((cell) => (cell === null ? 'N' : String(cell.length))).join(',');
  const present = row.filter((cell) => cell !== null).flatMap((cell) => [Buffer.from(','), cell]);
  const text = Buffer.concat([Buffer.from(lengths), ...present]);
  return createHash('sha1').update(text).digest().readBigUInt64BE(0);
}
const cells = (...row: (string | null)[]): Cell[] => row.map((cell) => (cell === null ? null : Buffer.from(cell, 'latin1')));
const rows: { name: string; row: Cell[] }[] = [
  { name: 'number and text', row: cells('1', 'Hello') },
  { name: 'null and empty differ', row: cells(null, '') },
  { name: 'all null', row: cells(null, null, null) },
  { name: 'all 256 bytes', row: [Buffer.from(Array.from({ length: 256 }, (_, i) => i))] },
  { name: '126 bytes (one length byte)', row: [Buffer.alloc(126, 65)] },
  { name: '127 bytes (two length bytes)', row: [Buffer.alloc(127, 65)] },
  { name: '16383 bytes (three length bytes)', row: [Buffer.alloc(16383, 66)] },
  { name: 'commas and N', row: cells('N', ',', 'N,1', null) },
  { name: 'the same text cut elsewhere', row: cells('N,', '', 'N,1', null) },
  { name: 'zero date, negative, double', row: cells('0000-00-00 00:00:00', '-9223372036854775808', '1.7976931348623157e308') },
];
const asJson = (row: Cell[]): Json => row.map((cell) => (cell === null ? null : b64(cell)));
save('rows', {
  about: 'cells (null or base64) <-> row bytes (base64). stream: all rows one after the other. bad: bytes that are not whole rows of `columns`.',
  good: rows.map(({ name, row }) => ({ name, cells: asJson(row), bytes: b64(rowBytes(row)) })),
  bad: [
    { name: 'cut in a length', columns: 1, bytes: b64(Buffer.of(0x80)) },
    { name: 'cut in a value', columns: 1, bytes: b64(Buffer.of(6, 65, 66)) },
    { name: 'cut between columns', columns: 2, bytes: b64(Buffer.of(2, 65)) },
    { name: 'length beyond 2^53', columns: 1, bytes: b64(Buffer.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)) },
  ],
});
const hash16 = (n: bigint): string => n.toString(16).padStart(16, '0');
const table = rows.map(({ row }) => row);
const sets: { name: string; rows: Cell[][] }[] = [
  { name: 'no rows', rows: [] },
  ...rows.map(({ name, row }) => ({ name, rows: [row] })),
  { name: 'all rows', rows: table },
  { name: 'equal rows', rows: [cells('1', 'x'), cells('1', 'x')] },
];
save('sums', {
  about: 'rows (cells null or base64) -> per row hash; count, xor (keyed tables) and sum modulo 2^64 (tables without a key).',
  sets: sets.map(({ name, rows: all }) => {
    const hashes = all.map(rowHash);
    return {
      name,
      rows: all.map(asJson),
      hashes: hashes.map(hash16),
      count: all.length,
      xor: hash16(hashes.reduce((a, b) => a ^ b, 0n)),
      sum: hash16(BigInt.asUintN(64, hashes.reduce((a, b) => a + b, 0n))),
    };
  }),
});

// --- pairing ------------------------------------------------------------------------------------------------------
const code = '0123456789ABCDEFGHJK';
const offer: { [field: string]: string | number } = {
  site,
  url: 'https://shop.example',
  platform: 'Nachtwacht van Bureau Müller',
  public_key: b64(publicKey),
  ts: now,
  nonce,
};
const fields = ['site', 'url', 'platform', 'public_key', 'ts', 'nonce'].map((field) => String(offer[field]));
const home = 'https://www.shop.example';
const mac = (head: string, parts: string[]): string =>
  createHmac('sha256', code).update([head, ...parts].join('\n')).digest('hex');
save('pairing', {
  about: 'code + offer -> proof (of the platform) and answer_proof (of the site, with its home URL). spellings all mean the same code.',
  code,
  spellings: ['01234-56789-ABCDE-FGHJK', '01234 56789 abcde fghjk', 'oi234-56789-abcde-fghjk', 'OL234-56789-ABCDE-FGHJK'],
  not_codes: ['', '01234-56789-ABCDE-FGHJ', '01234-56789-ABCDE-FGHJKM', '01234-56789-ABCDE-FGHJU', '01234-56789-ABCDE-FGHJ!'],
  now,
  offer,
  proof_text: ['NACHTWACHT1-PAIR', ...fields].join('\n'),
  proof: mac('NACHTWACHT1-PAIR', fields),
  home,
  answer_text: ['NACHTWACHT1-PAIRED', ...fields, home].join('\n'),
  answer_proof: mac('NACHTWACHT1-PAIRED', [...fields, home]),
});

// --- health -------------------------------------------------------------------------------------------------------
const text = (value: string): string => `s:${Buffer.byteLength(value)}:"${value}"`;
const hook = (name: string, args = 'a:0:{}'): string =>
  `${text(name)};a:1:{${text('40cd750bba9870f18aada2478b24840a')};a:3:{${text('schedule')};${text('hourly')};${text('args')};${args}${text('interval')};i:3600;}}`;
const cronOf = (times: [number, string][]): string =>
  `a:${times.length + 1}:{${times.map(([time, hooks]) => `i:${time};a:1:{${hooks}}`).join('')}${text('version')};i:2;}`;
const healthAnswer = {
  entry: 'direct',
  wordpress: false,
  database: { ok: true, ms: 1.4 },
  disk: { free: 52_000_000_000, total: 80_000_000_000 },
  fatals: { count: 3, last: now - 60, message: 'Uncaught Error: Call to undefined function nope()', where: 'plugin:shop', log: 2 },
  recovery: { paused: 0, mailed: null },
  cron: { overdue: 2, oldest: 4000, disabled: null },
  public: true,
  home: 'https://bakkerij.nl',
  siteurl: 'https://bakkerij.nl/wp',
  maintenance: null,
  opcache: { on: true, full: false, used: 0.61 },
};
save('health', {
  now,
  messages: [
    ['Uncaught Error: Call to undefined function nope() in /home/klant/www/wp-content/plugins/shop/a.php:12\nStack trace:\n#0 secret', 'Uncaught Error: Call to undefined function nope() in a.php:12'],
    ['Allowed memory size of 134217728 bytes exhausted (tried to allocate 65536 bytes)', 'Allowed memory size of 134217728 bytes exhausted (tried to allocate 65536 bytes)'],
    ["Uncaught PDOException: password 'this is a very long quoted text that may be a secret of theirs' for jan@bakkerij.nl", "Uncaught PDOException: password '...' for ..."],
    ['token sk_live_51H8f7sK2eZvKYlo2C0 failed', 'token ... failed'],
    ['Failed opening C:\\sites\\klant\\index.php', 'Failed opening index.php'],
    ['caf\u00e9\u0000', 'caf?'],
  ],
  places: [
    ['/srv/www/wp-content/plugins/woocommerce/includes/a.php', 'plugin:woocommerce'],
    ['/srv/www/wp-content/plugins/hello.php', 'plugin:hello'],
    ['C:\\www\\wp-content\\themes\\storefront\\functions.php', 'theme:storefront'],
    ['/srv/www/wp-content/mu-plugins/x.php', 'mu-plugin'],
    ['/srv/www/wp-includes/load.php', 'core'],
    ['/srv/www/wp-config.php', 'core'],
    ['/srv/other/x.php', ''],
  ],
  crons: [
    { name: 'nothing', text: 'a:0:{}', overdue: 0, oldest: 0 },
    { name: 'one late, one to come', text: cronOf([[now - 90, hook('wp_version_check')], [now + 600, hook('wp_update_plugins')]]), overdue: 1, oldest: 90 },
    { name: 'times in arguments do not count', text: cronOf([[now + 60, hook('publish', `a:2:{i:0;i:${now - 5000};i:1;a:1:{i:0;i:${now - 9000};}}`)]]), overdue: 0, oldest: 0 },
    { name: 'damaged', text: cronOf([[now - 10, hook('a')], [now - 5, hook('b')]]).slice(0, -40), overdue: 2, oldest: 10 },
  ],
  logs: [
    { text: 'no times\n', since: 0, fatals: 0 },
    { text: `[${stamp(now - 100)}] PHP Fatal error:  Uncaught x in /a\n[${stamp(now - 50)}] PHP Warning:  y\n[${stamp(now - 10)}] PHP Parse error:  z\n`, since: now - 60, fatals: 1 },
  ],
  answers: [
    { name: 'all there', end: healthAnswer, good: true },
    { name: 'database gone', end: { ...healthAnswer, database: { ok: false, ms: null, errno: 2002 }, recovery: null, cron: null, public: null, home: null, siteurl: null }, good: true },
    { name: 'a host that tells nothing', end: { ...healthAnswer, disk: null, opcache: null, fatals: { count: 0, last: null, message: '', where: '', log: null } }, good: true },
    { name: 'no database', end: { ...healthAnswer, database: null }, good: false },
    { name: 'text for a number', end: { ...healthAnswer, cron: { overdue: '2', oldest: 0, disabled: null } }, good: false },
    { name: 'message without end', end: { ...healthAnswer, fatals: { ...healthAnswer.fatals, message: 'x'.repeat(5000) } }, good: false },
  ],
});
/** As PHP writes it before a line of its log. */
function stamp(seconds: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(seconds * 1000).toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} UTC`;
}
