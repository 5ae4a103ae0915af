// A site of one file and one table that speaks the plugin's protocol over HTTP: for what a host does with a snapshot
// session, and for a site that lies.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { encodeRows, exportPrivateKey, keyIdOf } from '../connector/index.ts';
import type { Platform } from '../platform/platform.ts';
import { savePairing } from '../sites/store.ts';

/** What the host does when it is asked for one snapshot of the database. */
export type SessionKind =
  | 'kept'
  | 'refused' // `no-session`
  | 'ended'; // opens it, and ends it when the first rows are asked for: `session-gone`

export interface ProtocolSite {
  url: string;
  session: SessionKind;
  lies: Lies;
  /** Every command that came, in order; `+session` when it was to run inside the snapshot. */
  readonly commands: string[];
  /** Says to the platform that this site is paired, with a key of its own. */
  pairWith(platform: Platform, siteId: string): Promise<void>;
  close(): void;
}

interface Asked {
  cmd: string;
  args: Record<string, unknown>;
}
export type Frames = [type: 'J' | 'D', payload: Buffer | object][];
interface Said {
  frames?: Frames;
  end?: object;
}
/** What it says instead, by command; `times` counts how often that was asked before. */
export type Lies = Partial<Record<string, (args: Record<string, unknown>, times: number) => Said>>;

/** Its only file, `index.php`, and when that was changed. */
export const FILE = Buffer.from('<?php // a site\n');
export const TIME = 1_700_000_000;
const ROWS: [id: string, name: string][] = [
  ['1', 'siteurl'],
  ['2', 'blogname'],
];

/** Starts it on a free port of this machine. */
export async function startProtocolSite(session: SessionKind, lies: Lies = {}): Promise<ProtocolSite> {
  const asked = new Map<string, number>();
  const commands: string[] = [];
  let open: { response: ServerResponse; sent: Buffer } | undefined;
  const endSession = (): void => {
    if (open) open.response.end(endFrame([open.sent]));
    open = undefined;
  };

  const answer = ({ cmd, args }: Asked, response: ServerResponse, nonce: string): void => {
    const times = asked.get(cmd) ?? 0;
    asked.set(cmd, times + 1);
    commands.push(args['session'] === undefined ? cmd : `${cmd}+session`);
    const marker = Buffer.from(`NW1-BEGIN-${nonce}-p\n`);
    const say = (frames: Frames, end: object = {}): void => {
      const sent = frames.map(([type, payload]) => frame(type, payload));
      response.end(Buffer.concat([marker, ...sent, endFrame(sent, end)]));
    };
    const refuse = (code: string): void => say([], { ok: false, code, message: '', retry: false });
    if (cmd === 'db.session.open') {
      if (site.session === 'refused') return refuse('no-session');
      open = { response, sent: frame('J', { session: 'one' }) };
      response.write(Buffer.concat([marker, open.sent]));
      return;
    }
    if (cmd === 'db.session.close') {
      endSession();
      return say([]);
    }
    if (cmd === 'db.rows' && site.session === 'ended') endSession();
    if (args['session'] !== undefined && open === undefined) return refuse('session-gone');
    const said = site.lies[cmd]?.(args, times) ?? answers[cmd];
    if (said === undefined) return refuse('no-such-command');
    say(said.frames ?? [], said.end);
  };

  const server = createServer((request, response) => {
    void readRequest(request).then(({ command, nonce }) => answer(command, response, nonce));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${bound.port}`;
  const site: ProtocolSite = {
    url,
    session,
    lies,
    commands,
    pairWith: async (platform, siteId) => {
      const { privateKey } = generateKeyPairSync('ed25519');
      await savePairing(platform.db, siteId, {
        privateKey: await platform.secrets.seal(`site:${siteId}:private-key`, exportPrivateKey(privateKey)),
        keyId: keyIdOf(privateKey),
        url,
        entries: { direct: `${url}/rescue.php` },
        wordpressVersion: '6.9',
        multisite: false,
        basicAuth: null,
        at: platform.clock.now(),
      });
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}

/** How it describes a table of two columns, `id` and `name`. */
export function tableRecord(name: string, key: string[]): object {
  const primary = key.length === 0 ? '' : `,\n  PRIMARY KEY (${key.map((one) => `\`${one}\``).join(',')})`;
  return {
    name,
    kind: 'table',
    engine: 'InnoDB',
    rows: ROWS.length,
    columns: [
      { n: 'id', t: 'bigint(20) unsigned', null: false, how: 'num' },
      { n: 'name', t: 'varchar(191)', null: false, how: 'text' },
    ],
    key,
    create: `CREATE TABLE \`${name.replaceAll('`', '``')}\` (\n  \`id\` bigint(20) unsigned NOT NULL,\n  \`name\` varchar(191) NOT NULL${primary}\n) ENGINE=InnoDB`,
  };
}

/** What it says to each command that needs no thought. */
const answers: Record<string, Said> = {
  status: { end: { protocol: 1, plugin: '0.1.0', php: '8.4', limits: { zlib: false }, mysql_reachable: true } },
  'files.roots': { end: { roots: [{ id: 'root', path: '/srv/site' }] } },
  'files.list': { frames: [['J', { d: '', e: [['index.php', 'f', FILE.length, TIME, TIME, 0o644]] }]] },
  'files.read': {
    frames: [
      ['J', { i: 0, size: FILE.length, mtime: TIME, ctime: TIME, n: FILE.length, eof: true, changed: false }],
      ['D', FILE],
    ],
  },
  'db.tables': { frames: [['J', tableRecord('wp_options', ['id'])]] },
  'db.schema': { frames: [['J', { kind: 'server', version: '11.8', sql_mode: '', charset: 'utf8mb4' }]] },
  'db.rows': {
    frames: [
      ['J', { i: 0, table: 'wp_options', cols: ['id', 'name'] }],
      ['D', encodeRows(ROWS.map((row) => row.map((cell) => Buffer.from(cell))))],
      ['J', { i: 0, end: true, last: [{ t: '2' }] }],
    ],
  },
};

async function readRequest(request: IncomingMessage): Promise<{ command: Asked; nonce: string }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const body = Buffer.concat(parts);
  const auth: { nonce: string } = JSON.parse(
    Buffer.from(String(request.headers['x-nachtwacht-auth']), 'base64url').toString(),
  );
  const command: Asked = JSON.parse(body.subarray(4, 4 + body.readUInt32BE(0)).toString());
  return { command, nonce: auth.nonce };
}

function frame(type: 'J' | 'D' | 'E', payload: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function endFrame(sent: Buffer[], more: object = {}): Buffer {
  return frame('E', {
    ok: true,
    time: Date.now() / 1000,
    crc32: crc32(Buffer.concat(sent)).toString(16).padStart(8, '0'),
    frames: sent.length,
    ms: 1,
    peak: 1,
    next: null,
    ...more,
  });
}
