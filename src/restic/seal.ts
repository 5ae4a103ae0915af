import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync } from 'node:crypto';
import type { Cipheriv, KeyObject } from 'node:crypto';
import sodium from 'sodium-native';
import { damaged, ResticError } from './errors.ts';
import { release } from './memory.ts';

/** IV (16 bytes) before and MAC (16 bytes) after the ciphertext. */
export const SEAL_OVERHEAD = 32;

/** Master or user key: AES-256 key, and the two halves of the Poly1305-AES key (`r` unclamped, as restic stores it). */
export interface KeyMaterial {
  encrypt: Buffer;
  macK: Buffer;
  macR: Buffer;
}

const IV_POOL = 4096;

/**
 * Sealing of restic: `IV16 || AES-256-CTR(plain) || Poly1305-AES(ciphertext)`.
 * Source: restic design document, "Keys, Encryption and MAC". One object per key; not for use by several threads.
 */
export class Sealer {
  readonly #key: KeyObject;
  readonly #nonceCipher: Cipheriv;
  /** r, then AES-128(k, IV) of the message at hand. */
  readonly #macKey = Buffer.alloc(32);
  readonly #ivs = Buffer.alloc(IV_POOL);
  #ivAt = IV_POOL;

  constructor(key: KeyMaterial) {
    if (key.encrypt.length !== 32 || key.macK.length !== 16 || key.macR.length !== 16) {
      throw new ResticError('bad-key', 'A repository key must have 32 + 16 + 16 bytes.');
    }
    this.#key = createSecretKey(key.encrypt);
    this.#nonceCipher = createCipheriv('aes-128-ecb', key.macK, null).setAutoPadding(false);
    key.macR.copy(this.#macKey, 0);
  }

  /** Writes the sealed form of `plain` into `target` at `offset`; returns its length (plain + 32). */
  sealInto(plain: Uint8Array, target: Buffer, offset: number): number {
    if (this.#ivAt === IV_POOL) {
      randomFillSync(this.#ivs);
      this.#ivAt = 0;
    }
    const iv = this.#ivs.subarray(this.#ivAt, this.#ivAt + 16);
    this.#ivAt += 16;
    const end = offset + 16 + plain.length;
    if (end + 16 > target.length) throw new RangeError('sealInto: the target is too small');
    target.set(iv, offset);
    const cipher = createCipheriv('aes-256-ctr', this.#key, iv).update(plain);
    target.set(cipher, offset + 16);
    release(cipher);
    this.#setNonce(iv);
    sodium.crypto_onetimeauth(target.subarray(end, end + 16), target.subarray(offset + 16, end), this.#macKey);
    return plain.length + SEAL_OVERHEAD;
  }

  seal(plain: Uint8Array): Buffer {
    const sealed = Buffer.allocUnsafeSlow(plain.length + SEAL_OVERHEAD);
    this.sealInto(plain, sealed, 0);
    return sealed;
  }

  /** Plain bytes, after the MAC was verified. Throws `damaged`; `what` names the thing in the message. */
  open(sealed: Uint8Array, what: string): Buffer {
    const end = sealed.length - 16;
    if (end < 16) throw damaged(`${what} is too short to be sealed data`);
    const iv = sealed.subarray(0, 16);
    const cipher = sealed.subarray(16, end);
    this.#setNonce(iv);
    if (!sodium.crypto_onetimeauth_verify(sealed.subarray(end), cipher, this.#macKey)) {
      throw damaged(`${what} fails its authentication (altered, or sealed with another key)`);
    }
    return createDecipheriv('aes-256-ctr', this.#key, iv).update(cipher);
  }

  #setNonce(iv: Uint8Array): void {
    this.#macKey.set(this.#nonceCipher.update(iv), 16);
  }
}
