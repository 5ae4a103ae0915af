import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { signatureHeaders, signedText } from './rules/signed-request.ts';

/** A new Ed25519 pair: the private key as PEM (PKCS#8), the public one as its raw 32 bytes. */
export function makeKeyPair(): { privateKey: string; publicKey: Buffer } {
  const pair = generateKeyPairSync('ed25519');
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

/** The raw 32 bytes of the public key that belongs to a private one. */
export function publicKeyOf(privateKey: string): Buffer {
  const { x = '' } = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

function hashOfBody(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** The headers that make a request one of this second location. */
export function signRequest(
  identity: { probe: string; privateKey: string },
  request: { method: string; path: string; body: string; time: number },
): Record<string, string> {
  const nonce = randomBytes(18).toString('base64url');
  const { method, path, body, time } = request;
  const text = signedText({ method, path, probe: identity.probe, time, nonce, bodyHash: hashOfBody(body) });
  return {
    [signatureHeaders.probe]: identity.probe,
    [signatureHeaders.time]: String(time),
    [signatureHeaders.nonce]: nonce,
    [signatureHeaders.signature]: sign(null, Buffer.from(text), createPrivateKey(identity.privateKey)).toString(
      'base64',
    ),
  };
}

/** Whether the signature is one of this key (raw 32 bytes) over exactly this request. */
export function verifyRequest(
  publicKey: Buffer,
  request: {
    method: string;
    path: string;
    body: string;
    probe: string;
    time: number;
    nonce: string;
    signature: string;
  },
): boolean {
  const { method, path, body, probe, time, nonce, signature } = request;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  });
  const text = signedText({ method, path, probe, time, nonce, bodyHash: hashOfBody(body) });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}
