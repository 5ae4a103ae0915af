import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';

// OWASP's second recommendation: 19 MiB, two passes, one lane. About 30 ms here.
const memory = 19_456;
const passes = 2;
const parallelism = 1;
const tagLength = 32;

/** The PHC form: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, base64 without padding. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await run({ message: message(password), nonce: salt, memory, passes, parallelism, tagLength });
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

const shape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{16,})\$([A-Za-z0-9+/]{16,})$/;

/** False as well when what is stored is no such hash. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, m, t, p, salt = '', hash = ''] = shape.exec(stored) ?? [];
  if (!m || !t || !p) return false;
  const wanted = Buffer.from(hash, 'base64');
  const found = await run({
    message: message(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
    tagLength: wanted.length,
  });
  return timingSafeEqual(found, wanted);
}

/** The same letters typed on another machine are the same password. */
function message(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'));
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function run(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}
