import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import { checkedEnd, headersOf, refusalError, shapeOf } from './call-site.ts';
import { ConnectorError } from './errors.ts';
import type { AnswerEnd } from './frame-parser.ts';
import { NoMarkerError, readFrames } from './frame-reader.ts';
import { explainAnswer } from './rules/explain-answer.ts';
import { keyIdOf, packPayload, rawPublicKey, type SiteCredentials } from './sign-request.ts';
import { Transport, type TransportOptions } from './post-request.ts';

export interface PairInput {
  siteId: string;
  /** Home URL as the operator registered it. */
  url: string;
  /** The code of the site's settings page, with or without dashes. */
  code: string;
  /** Name of this platform: the site shows it. */
  platform: string;
  clock: Pick<Clock, 'now'>;
  /** Ed25519; a fresh one when absent. */
  privateKey?: KeyObject;
  basicAuth?: { user: string; password: string };
  transport?: TransportOptions;
  signal?: AbortSignal;
}

export interface Pairing {
  credentials: SiteCredentials;
  /** Home URL as the site itself says. */
  url: string;
  wordpressVersion: string;
  multisite: boolean;
}

const CODE = /^[0-9A-HJKMNP-TV-Z]{20}$/;

/** A code as typed by a person in the form that is hashed (Crockford base32: O is 0, I and L are 1). Undefined = not a code. */
export function normalCode(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return CODE.test(code) ? code : undefined;
}

export interface PairFields {
  site: string;
  url: string;
  platform: string;
  public_key: string;
  ts: number;
  nonce: string;
}

/** HMAC of PROTOCOL.md section 6: ours without `home`, the site's answer with it. Lower hex. */
export function pairProof(code: string, fields: PairFields, home?: string): string {
  const { site, url, platform, public_key: publicKey, ts, nonce } = fields;
  const title = home === undefined ? 'NACHTWACHT1-PAIR' : 'NACHTWACHT1-PAIRED';
  const text = [title, site, url, platform, publicKey, String(ts), nonce, ...(home === undefined ? [] : [home])].join(
    '\n',
  );
  return createHmac('sha256', code).update(text, 'utf8').digest('hex');
}

const Answer = z.object({
  proof: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.url().max(2000),
  entries: z.object({
    direct: z.url().max(2000).nullish(),
    rest: z.url().max(2000).nullish(),
    ajax: z.url().max(2000).nullish(),
  }),
  wp: z.string().max(40).default(''),
  multisite: z.boolean().default(false),
});

/** Pairs with a site by its one-time code. The code itself never travels; both sides prove that they have it. */
export async function pairSite(input: PairInput): Promise<Pairing> {
  const code = normalCode(input.code);
  if (code === undefined) {
    throw new ConnectorError('pairing-refused', {
      message: 'This is not a pairing code: it has 20 letters and digits.',
    });
  }
  const privateKey = input.privateKey ?? generateKeyPairSync('ed25519').privateKey;
  const transport = new Transport(input.transport);
  try {
    let last: unknown;
    for (const address of addressesOf(input.url)) {
      try {
        return await offer(input, code, privateKey, transport, address);
      } catch (error) {
        const isElsewhere =
          error instanceof ConnectorError && ['entry-missing', 'not-our-answer', 'challenge-page'].includes(error.code);
        if (!isElsewhere) throw error;
        last ??= error;
      }
    }
    throw last;
  } finally {
    transport.close();
  }
}

/** Before pairing only the home URL is known: WordPress's three usual addresses of our entry. */
function addressesOf(home: string): URL[] {
  const base = new URL(home.endsWith('/') ? home : `${home}/`);
  return [
    new URL('?rest_route=/nachtwacht/v1/do', base),
    new URL('wp-json/nachtwacht/v1/do', base),
    new URL('wp-admin/admin-ajax.php?action=nachtwacht', base),
  ];
}

async function offer(
  input: PairInput,
  code: string,
  privateKey: KeyObject,
  transport: Transport,
  address: URL,
): Promise<Pairing> {
  const fields: PairFields = {
    site: input.siteId,
    url: input.url,
    platform: input.platform,
    public_key: rawPublicKey(privateKey).toString('base64'),
    ts: Math.floor(input.clock.now().getTime() / 1000),
    nonce: randomBytes(16).toString('hex'),
  };
  const url = new URL(address);
  url.searchParams.append('nw', randomBytes(8).toString('hex'));
  const answer = await transport.post({
    url,
    headers: headersOf(input.basicAuth === undefined ? {} : { basicAuth: input.basicAuth }),
    body: packPayload('pair', { ...fields, proof: pairProof(code, fields), mode: 'p' }),
    totalTimeoutMs: 60_000,
    idleTimeoutMs: 30_000,
    signal: input.signal,
  });
  try {
    if (answer.status >= 300 && answer.status < 400) {
      throw new ConnectorError('redirected-elsewhere', {
        details: { to: (answer.headers.location ?? '').slice(0, 300) },
      });
    }
    const end = checkedEnd(await endOf(answer, fields.nonce), undefined, 'pair');
    return paired(input, code, privateKey, fields, end);
  } finally {
    answer.close();
  }
}

async function endOf(answer: Awaited<ReturnType<Transport['post']>>, nonce: string): Promise<AnswerEnd> {
  const encoding = answer.headers['content-encoding'];
  const frames = readFrames(answer.body, { nonce, maxBytes: 256 * 1024, encoding });
  try {
    for (;;) {
      const step = await frames.next();
      if (step.done === true) return step.value;
    }
  } catch (error) {
    if (error instanceof NoMarkerError)
      throw refusalError(explainAnswer(shapeOf(answer, error.text)), undefined, 'pair');
    throw error;
  }
}

function paired(input: PairInput, code: string, privateKey: KeyObject, fields: PairFields, end: AnswerEnd): Pairing {
  const parsed = Answer.safeParse(end);
  if (!parsed.success) throw new ConnectorError('answer-invalid', { cause: parsed.error });
  const answer = parsed.data;
  const wanted = Buffer.from(pairProof(code, fields, answer.url), 'hex');
  if (!timingSafeEqual(wanted, Buffer.from(answer.proof, 'hex'))) throw new ConnectorError('pairing-forged');
  const entries: SiteCredentials['entries'] = {};
  for (const name of ['direct', 'rest', 'ajax'] as const) {
    const address = answer.entries[name];
    if (address === null || address === undefined) continue;
    // The proof does not cover the entries: they must lie on the host that was asked or the one that the site calls home.
    if (![new URL(input.url).hostname, new URL(answer.url).hostname].includes(new URL(address).hostname)) continue;
    entries[name] = address;
  }
  if (Object.keys(entries).length === 0)
    throw new ConnectorError('answer-invalid', { details: { reason: 'no entries' } });
  return {
    credentials: {
      siteId: input.siteId,
      url: answer.url,
      entries,
      privateKey,
      keyId: keyIdOf(privateKey),
      ...(input.basicAuth === undefined ? {} : { basicAuth: input.basicAuth }),
    },
    url: answer.url,
    wordpressVersion: answer.wp,
    multisite: answer.multisite,
  };
}

/** A private key from its PKCS#8 DER bytes, as the caller keeps it (sealed). */
export function importPrivateKey(der: Buffer): KeyObject {
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** PKCS#8 DER bytes of a private key: a secret. */
export function exportPrivateKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' });
}
