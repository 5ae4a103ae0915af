import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryName } from '../../src/connector/index.ts';
import { packPayload, signedText } from '../../src/connector/sign-request.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { takeFingerprint } from '../harness/fingerprints.ts';
import { startPluginSite, type PluginSite, type RawAnswer } from './plugin-site.ts';

// Truth 7: ten thousand bad requests over all three entries: none accepted, no PHP message, nothing written.

const TOTAL = 10_000;
const entries: EntryName[] = ['direct', 'rest', 'ajax'];
const codes = new Set(
  'unpaired signature-missing malformed version wrong-site wrong-key clock signature site-moved claim replayed paired-already pairing-code needs-wordpress'.split(
    ' ',
  ),
);

interface Bad {
  kind: string;
  target: string;
  body: Buffer;
  headers?: Record<string, string>;
  method?: string;
}

/** Numbers that look random and are the same in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const oddValues: unknown[] = [
  null,
  true,
  false,
  '',
  0,
  -1,
  1.5,
  1e300,
  '1',
  [],
  {},
  ['x'],
  { a: 1 },
  'x'.repeat(500),
  '0'.repeat(16),
  '../..',
  "' OR 1=1 --",
  '<script>',
  '\u0000',
  'é',
  2 ** 53,
  Number.MAX_VALUE,
];
const traversals = [
  '../wp-config.php',
  '/etc/passwd',
  'a/../../b',
  '..',
  '.',
  'a//b',
  'a/',
  '%2e%2e/x',
  'wp-content/../../etc/passwd',
  '\u0000',
  'x\u0000.php',
  '%00',
  '%2Fetc%2Fpasswd',
  'php://filter/resource=wp-config.php',
  'C:\\x',
  '~/.ssh',
  'a\nb',
  'wp-content/nachtwacht-state/state.php',
  'wp-content/nachtwacht-site-1/x',
  'file:///etc/passwd',
  '',
  'x'.repeat(5000),
];

let plugin: PluginSite;
/** Requests that were accepted once, to be replayed. */
const spent: Bad[] = [];

beforeAll(async () => {
  plugin = await startPluginSite({});
  for (const entry of entries) {
    for (let i = 0; i < 40; i++) {
      const target = plugin.target(entry);
      const { auth, payload } = plugin.sign(target, 'status', {}, 5);
      const headers = { 'x-nachtwacht-auth': auth };
      if (!isAccepted(await plugin.send(target, payload, headers))) throw new Error('a right request was refused');
      spent.push({ kind: 'replayed', target, body: payload, headers });
    }
  }
});

afterAll(async () => {
  await plugin.site.stop();
});

function isAccepted(answer: RawAnswer): boolean {
  return answer.body.includes('NW1-BEGIN-');
}

/** One bad request of each kind in turn. */
function makeBad(i: number, pick: (below: number) => number, stranger: KeyObject): Bad {
  // WordPress takes ten times as long as the rescue entry: seven of ten requests go there.
  const entry = entries[pick(10) < 7 ? 0 : 1 + pick(2)] ?? 'direct';
  const target = plugin.target(entry);
  const { privateKey, siteId, keyId } = plugin.pairing.credentials;
  const command = ['status', 'files.read', 'stage.commit', 'load.swap', 'unpair', 'db.rows'][pick(6)] ?? 'status';
  const payload = Buffer.concat(
    packPayload(command, {
      run: 'a'.repeat(32),
      reads: [{ root: 'root', p: traversals[pick(traversals.length)], o: 0, n: 9 }],
    }),
  );
  const time = Math.floor(systemClock.now().getTime() / 1000);
  const nonce = randomBytes(16).toString('hex');
  const right = { v: 1, site: siteId, key: keyId, ts: time, nonce, claim: 5 };
  const signed = (
    change: object = {},
    by = privateKey,
    path = target,
    body: Buffer = payload,
  ): Record<string, unknown> => {
    const auth = { ...right, ...change };
    const payloadHash = createHash('sha256').update(body).digest('hex');
    const text = signedText({
      target: path,
      payloadHash,
      time: auth.ts,
      nonce: auth.nonce,
      siteId: auth.site,
      keyId: auth.key,
      claim: auth.claim,
    });
    return { ...auth, sig: sign(null, Buffer.from(text), by).toString('base64') };
  };
  const code = (auth: unknown): string => Buffer.from(JSON.stringify(auth)).toString('base64url');
  const withAuth = (kind: string, header: string, body: Buffer = payload, path = target): Bad =>
    // Half of them in a header, half in front of the body.
    pick(2) === 0 && !/[^\x20-\x7e]/.test(header)
      ? { kind, target: path, body, headers: { 'x-nachtwacht-auth': header } }
      : { kind, target: path, body: Buffer.concat([Buffer.from(`NW1 ${header}\n`), body]) };
  const flip = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    const at = pick(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << pick(8));
    return copy;
  };
  const fields = ['v', 'site', 'key', 'ts', 'nonce', 'claim', 'sig'];
  const field = fields[pick(fields.length)] ?? 'v';
  const makers: (() => Bad)[] = [
    () => ({ kind: 'unsigned', target, body: payload }),
    () => ({ kind: 'unsigned, empty', target, body: Buffer.alloc(0) }),
    () => ({ kind: 'noise', target, body: randomBytes(pick(3000)) }),
    () => withAuth('noise as auth', randomBytes(pick(300)).toString('base64url')),
    () => withAuth('auth that is not base64', `${code(signed())}=${String.fromCharCode(33 + pick(14))}`),
    () => withAuth('another key', code(signed({}, stranger))),
    () => withAuth('another key and its name', code(signed({ key: randomBytes(8).toString('hex') }, stranger))),
    () => withAuth('another site', code(signed({ site: 'site-2' }))),
    () => withAuth('version', code({ ...signed(), v: 2 + pick(9) })),
    () => withAuth('old', code(signed({ ts: time - 310 - pick(100_000) }))),
    () => withAuth('from the future', code(signed({ ts: time + 310 + pick(100_000) }))),
    () => withAuth('lower claim', code(signed({ claim: pick(5) }))),
    () => withAuth('claim changed', code({ ...signed(), claim: 6 + pick(1000) })),
    () => withAuth('nonce changed', code({ ...signed(), nonce: randomBytes(16).toString('hex') })),
    () => withAuth('body changed', code(signed()), flip(payload)),
    () => withAuth('body longer', code(signed()), Buffer.concat([payload, randomBytes(1 + pick(20))])),
    () => withAuth('body shorter', code(signed()), payload.subarray(0, pick(payload.length))),
    () => withAuth('path changed', code(signed()), payload, `${target}&x=${pick(1000)}`),
    () => withAuth('another entry', code(signed({}, privateKey, plugin.target('direct')))),
    () =>
      withAuth(
        'signature changed',
        code({ ...signed(), sig: flip(Buffer.from(String(signed()['sig']), 'base64')).toString('base64') }),
      ),
    () =>
      withAuth('signature of another length', code({ ...signed(), sig: randomBytes(pick(130)).toString('base64') })),
    () => withAuth('key of another length', code({ ...signed(), key: 'a'.repeat(pick(40)) })),
    () => withAuth('type confused', code({ ...signed(), [field]: oddValues[pick(oddValues.length)] })),
    () =>
      withAuth('field missing', code(Object.fromEntries(Object.entries(signed()).filter(([name]) => name !== field)))),
    () => withAuth('field too many', code({ ...signed(), admin: true })),
    () => withAuth('auth is no object', code(oddValues[pick(oddValues.length)])),
    () => withAuth('huge auth', code({ ...signed(), site: 'a'.repeat(1500 + pick(2500)) })),
    () => ({ kind: 'huge body', target, body: Buffer.alloc(200_000 + pick(i % 500 === 0 ? 4_000_000 : 100_000), 65) }),
    () => ({ ...(spent[pick(spent.length)] ?? { kind: '', target, body: payload }), kind: 'replayed' }),
    () => ({ kind: 'pairing guess', target, body: Buffer.concat(packPayload('pair', pairing(time, pick))) }),
    () => ({
      kind: 'signed in Authorization only',
      target,
      body: payload,
      headers: { authorization: `NW1 ${code(signed())}` },
    }),
    () => ({
      kind: 'another method',
      target: plugin.target('direct'),
      body: payload,
      method: ['GET', 'PUT', 'DELETE', 'OPTIONS'][pick(4)] ?? 'GET',
      headers: { 'x-nachtwacht-auth': code(signed()) },
    }),
  ];
  const maker = makers[i % makers.length];
  if (maker === undefined) throw new Error('no maker');
  return maker();
}

function pairing(ts: number, pick: (below: number) => number): object {
  const offer: Record<string, unknown> = {
    site: 'site-1',
    url: 'https://platform.example',
    platform: 'Me',
    public_key: randomBytes(32).toString('base64'),
    ts,
    nonce: randomBytes(16).toString('hex'),
    proof: randomBytes(32).toString('hex'),
  };
  const names = Object.keys(offer);
  if (pick(2) === 0) offer[names[pick(names.length)] ?? 'site'] = oddValues[pick(oddValues.length)];
  return offer;
}

/** Everything the plugin keeps: files with their times (but for the state's own folder: names and bytes), and its rows. */
async function ownState(): Promise<Record<string, string>> {
  const root = join(plugin.site.dir, 'wp-content/nachtwacht-state');
  const all: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name);
    const { mtimeMs } = await stat(full);
    all[full] = entry.isFile()
      ? `${mtimeMs} ${createHash('sha256')
          .update(await readFile(full))
          .digest('hex')}`
      : `${mtimeMs}`;
  }
  for (const table of ['wp_nachtwacht_nonces', "wp_options WHERE option_name LIKE 'nachtwacht%'"]) {
    all[table] = JSON.stringify(await plugin.site.db.sql(`SELECT * FROM ${table}`));
  }
  return all;
}

async function sendAll(
  bad: readonly Bad[],
  judge: (one: Bad, answer: RawAnswer) => string | undefined,
): Promise<string[]> {
  const wrong: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let one = bad[next++]; one !== undefined; one = bad[next++]) {
      const answer = await plugin.send(one.target, one.body, one.headers, one.method);
      const problem = judge(one, answer);
      if (problem !== undefined) wrong.push(`${one.kind} at ${one.target}: ${problem}`);
    }
  };
  await Promise.all([1, 2, 3, 4].map(worker));
  return wrong;
}

describe('bad requests', () => {
  it(`${TOTAL} of them: none accepted, no PHP message, nothing written`, { timeout: 600_000 }, async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const pick = numbers(20_261_123);
    await plugin.messages();
    const before = { site: await takeFingerprint(plugin.site), own: await ownState() };
    const kinds = new Map<string, number>();
    let done = 0;
    while (done < TOTAL) {
      const batch = Array.from({ length: 500 }, (_, i) => makeBad(done + i, pick, stranger));
      for (const { kind } of batch) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const wrong = await sendAll(batch, (one, answer) => {
        if (isAccepted(answer)) return 'accepted';
        // The web server itself refuses what is too long for it.
        if (one.kind.startsWith('huge') && [400, 413].includes(answer.status)) return undefined;
        if (answer.status !== 403) return `status ${answer.status}: ${answer.body.toString('latin1', 0, 200)}`;
        if (one.method !== undefined) return answer.body.length === 0 ? undefined : 'a body for another method';
        const { code, nachtwacht } = JSON.parse(answer.body.toString()) as { code: string; nachtwacht: number };
        if (nachtwacht !== 1 || !codes.has(code)) return `refused with ${code}`;
        return one.kind === 'replayed' && code !== 'replayed' ? `replay refused with ${code}` : undefined;
      });
      expect(wrong).toEqual([]);
      done += batch.length;
    }
    expect(kinds.size).toBeGreaterThan(30);
    expect(await plugin.messages()).toBe('');
    const after = { site: await takeFingerprint(plugin.site), own: await ownState() };
    expect(after.own).toEqual(before.own);
    expect([...after.site.files]).toEqual([...before.site.files]);
    expect([...after.site.times]).toEqual([...before.site.times]);
    expect([...after.site.tables]).toEqual([...before.site.tables]);
  });

  it('well-signed requests with bad arguments change nothing and say why', { timeout: 300_000 }, async () => {
    await plugin.messages();
    const before = await takeFingerprint(plugin.site);
    const run = randomBytes(16).toString('hex');
    const commands: [string, object][] = [];
    for (const p of [...traversals, ...oddValues]) {
      const file = {
        root: 'root',
        p,
        o: 0,
        n: 0,
        size: 0,
        sha256: createHash('sha256').digest('hex'),
        mode: 420,
        mtime: 0,
        type: 'f',
      };
      commands.push(
        ['files.read', { reads: [{ root: 'root', p, o: 0, n: 10 }] }],
        ['files.read', { reads: [{ root: p, p: 'index.php', o: 0, n: 10 }] }],
        ['files.hash', { reads: [{ root: 'root', p }] }],
        ['files.list', { root: p }],
        ['files.list', { root: 'root', cursor: p ?? 'x' }],
        ['stage.open', { run: p, bytes: 0 }],
        ['stage.put', { run, files: [file] }],
        ['stage.plan', { run, ops: [{ op: 'put', root: 'root', p, type: 'f', mode: 420 }], more: true }],
        ['stage.plan', { run, ops: [{ op: p, root: 'root', p: 'x' }], more: true }],
        ['db.rows', { reads: [{ table: p }] }],
        ['db.rows', { reads: [{ table: 'wp_posts', lo: [{ t: p }] }] }],
        ['db.sums', { tables: [{ name: p, bounds: [] }] }],
        ['db.sums', { tables: [{ name: 'wp_options', bounds: [p] }] }],
        ['db.groups', { reads: [{ table: 'wp_posts', width: p }] }],
        ['db.tables', { prefix: p, session: p ?? 'x' }],
        ['load.open', { run, tables: [{ name: p, create: p }] }],
        ['load.swap', { run: p, drop: ['wp_posts'], after: [] }],
        [String(p), {}],
      );
    }
    commands.push(
      ['files.read', { reads: 'x' }],
      ['files.read', {}],
      ['db.rows', { reads: [[]] }],
      ['status', { mode: ['z'] }],
    );
    const wrong: string[] = [];
    for (const [command, args] of commands) {
      const target = plugin.target('direct');
      const { auth, payload } = plugin.sign(target, command, args, 5);
      const answer = await plugin.send(target, payload, { 'x-nachtwacht-auth': auth });
      const text = answer.body.toString('latin1');
      const said = `${command} ${JSON.stringify(args).slice(0, 200)}: ${answer.status} ${text.slice(0, 300)}`;
      if (/root:x:0|DB_PASSWORD|BEGIN OPENSSH/.test(text)) wrong.push(`leaked: ${said}`);
      if (answer.status !== 200 || !/"ok":(?:true|false)/.test(text)) wrong.push(`no end: ${said}`);
      if (text.includes('"code":"internal"')) wrong.push(`internal: ${said}`);
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(await plugin.messages()).toBe('');
    const after = await takeFingerprint(plugin.site);
    expect([...after.files]).toEqual([...before.files]);
    expect([...after.tables]).toEqual([...before.tables]);
  });

  it('five wrong guesses use a pairing code up', async () => {
    const client = plugin.client('rest', 6);
    await client.unpair();
    const code = await plugin.site.makePairingCode();
    expect(code).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/);
    const tries = async (): Promise<string> => {
      const { privateKey: _, ...fields } = {
        privateKey: '',
        ...pairing(Math.floor(systemClock.now().getTime() / 1000), () => 1),
      };
      const answer = await plugin.send(plugin.target('rest'), Buffer.concat(packPayload('pair', fields)));
      return (JSON.parse(answer.body.toString()) as { code: string }).code;
    };
    const left = async (): Promise<string | null | undefined> =>
      (
        await plugin.site.db.sql("SELECT option_value FROM wp_options WHERE option_name = 'nachtwacht_connector_code'")
      )[0]?.[0];
    for (let n = 1; n <= 4; n++) {
      expect(await tries()).toBe('pairing-code');
      expect(await left()).toContain(`"tries":${5 - n}`);
    }
    expect(await tries()).toBe('pairing-code');
    expect(await left()).toBeUndefined();
    expect(await tries()).toBe('pairing-code');
    // Unpaired does nothing, also for who had the key.
    for (const entry of entries) {
      const target = plugin.target(entry);
      const { auth, payload } = plugin.sign(target, 'status', {}, 9);
      const answer = await plugin.send(target, payload, { 'x-nachtwacht-auth': auth });
      expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([403, 'unpaired']);
    }
    expect(await plugin.messages()).toBe('');
  });
});
