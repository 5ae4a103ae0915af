import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import type { Db } from '../../platform/database/index.ts';
import { insertLink } from './link-store.ts';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^22 is more than 2^128. Letters and digits only: phones cut a link at anything else that ends it. */
const length = 22;
/** An incident may go on for a weekend; the next asking brings a link of its own. */
const validMs = 4 * 86_400_000;

/**
 * A link by which one guard answers one incident without signing in; only the hash of its secret (128 bits) is kept.
 * Undefined when the house has no address of its own: a link to loopback would lead a phone nowhere.
 */
export async function makeGuardLink(
  db: Db,
  config: Pick<Config, 'publicUrl'>,
  link: { incidentId: string; guardId: string; at: Date },
): Promise<string | undefined> {
  if (config.publicUrl === undefined) return undefined;
  const secret = makeSecret();
  await insertLink(db, {
    hash: hashOfSecret(secret),
    incident_id: link.incidentId,
    guard_id: link.guardId,
    made_at: link.at,
    expires_at: new Date(link.at.getTime() + validMs),
  });
  return `${config.publicUrl.replace(/\/+$/, '')}/g/${secret}`;
}

/** 22 letters and digits that hold 128 random bits. */
export function makeSecret(): string {
  let rest = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let secret = '';
  for (let i = 0; i < length; i += 1) {
    secret += letters[Number(rest % 62n)];
    rest /= 62n;
  }
  return secret;
}

/** Whether a text can be a secret of ours at all; anything else is not looked up. */
export function isSecret(text: string): boolean {
  return /^[0-9A-Za-z]{22}$/.test(text);
}

/** What the database keeps. SHA-256 is enough for 128 random bits: there is nothing to guess. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(`nachtwacht link ${secret}`).digest();
}
