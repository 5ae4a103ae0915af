import { randomBytes } from 'node:crypto';

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** A short random id of 60 bits in lower-case Crockford base32, fit for URLs, paths and the plugin's protocol. */
export function newId(): string {
  return Array.from(randomBytes(12), (byte) => letters[byte & 31]).join('');
}
