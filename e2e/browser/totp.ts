import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const periodSeconds = 30;

/** The six digits that an authenticator app shows (RFC 6238: SHA-1, 30 s). `secret` in base32, spaces allowed. */
export function totp(secret: string, at: Date = new Date()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000 / periodSeconds)));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The secret that stands in an `otpauth://` address, as in the QR code. */
export function secretOf(address: string): string {
  const secret = new URL(address).searchParams.get('secret');
  if (secret === null) throw new Error('this address holds no secret');
  return secret;
}

function fromBase32(text: string): Buffer {
  let bits = '';
  for (const sign of text.replaceAll(/[\s=]/g, '').toUpperCase()) {
    const value = alphabet.indexOf(sign);
    if (value < 0) throw new Error('this is no base32');
    bits += value.toString(2).padStart(5, '0');
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
