import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** What is needed to speak to one paired site. Kept by the caller (sealed); never logged. */
export interface SiteCredentials {
  /** 1-64 of [A-Za-z0-9_-]. */
  siteId: string;
  /** Home URL of the site. */
  url: string;
  /** Absolute addresses that the pairing gave. */
  entries: Partial<Record<EntryName, string>>;
  /** Ed25519. */
  privateKey: KeyObject;
  /** 16 lower hex: first 8 bytes of sha256(public key). */
  keyId: string;
  /** For a password front before a staging site. */
  basicAuth?: { user: string; password: string };
}

export type EntryName = 'direct' | 'rest' | 'ajax';

/** The 32 raw bytes of an Ed25519 public key. */
export function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const jwk = publicKey.export({ format: 'jwk' });
  if (jwk.crv !== 'Ed25519' || typeof jwk.x !== 'string') throw new TypeError('not an Ed25519 key');
  return Buffer.from(jwk.x, 'base64url');
}

/** Key id as PROTOCOL.md section 2: first 8 bytes of sha256(public key), lower hex. */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256').update(rawPublicKey(key)).digest('hex').slice(0, 16);
}

// Below this a deflated list is not worth the trouble.
const DEFLATE_FROM = 400;

/**
 * Payload of PROTOCOL.md section 2: u32be length + JSON + blob. With `deflate` longer JSON goes deflated (top bit of the
 * length set).
 */
export function packPayload(
  command: string,
  args: object,
  blob?: readonly Buffer[],
  options: { deflate?: boolean } = {},
): Buffer[] {
  let json = Buffer.from(JSON.stringify({ cmd: command, args }), 'utf8');
  let length = json.length;
  if (options.deflate === true && json.length >= DEFLATE_FROM) {
    json = deflateSync(json);
    length = (json.length | 0x8000_0000) >>> 0;
  }
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return [head, json, ...(blob ?? [])];
}

export interface SignInput {
  credentials: Pick<SiteCredentials, 'siteId' | 'keyId' | 'privateKey'>;
  /** Path and query exactly as they are sent. */
  target: string;
  payload: readonly Buffer[];
  /** Unix seconds by the site's clock. */
  time: number;
  /** Claim number of the run, 0 .. 2^53-1. */
  claim: number;
  /** 32 lower hex; random when absent. */
  nonce?: string;
}

/** The auth object as base64url JSON, and its nonce (the marker of the answer has it). */
export function signRequest(input: SignInput): { auth: string; nonce: string } {
  const nonce = input.nonce ?? randomBytes(16).toString('hex');
  const hash = createHash('sha256');
  for (const part of input.payload) hash.update(part);
  const { siteId, keyId, privateKey } = input.credentials;
  const text = signedText({ ...input, siteId, keyId, nonce, payloadHash: hash.digest('hex') });
  const auth = {
    v: 1,
    site: siteId,
    key: keyId,
    ts: input.time,
    nonce,
    claim: input.claim,
    sig: sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  };
  return { auth: Buffer.from(JSON.stringify(auth), 'utf8').toString('base64url'), nonce };
}

/** The text that is signed: PROTOCOL.md section 2. */
export function signedText(parts: {
  target: string;
  payloadHash: string;
  time: number;
  nonce: string;
  siteId: string;
  keyId: string;
  claim: number;
}): string {
  return [
    'NACHTWACHT1',
    'POST',
    parts.target,
    parts.payloadHash,
    String(parts.time),
    parts.nonce,
    parts.siteId,
    parts.keyId,
    String(parts.claim),
  ].join('\n');
}
