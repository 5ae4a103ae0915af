/** Name of the scheme: it stands in what is signed, so that no signature can be used for anything else. */
const scheme = 'nachtwacht-probe-1';

/** How far the clocks of both sides may be apart; nonces are kept for twice as long. */
export const windowMs = 120_000;

export const signatureHeaders = {
  probe: 'x-nachtwacht-probe',
  time: 'x-nachtwacht-time',
  nonce: 'x-nachtwacht-nonce',
  signature: 'x-nachtwacht-signature',
} as const;

/** What a second location signs with Ed25519. `bodyHash`: SHA-256 of the body in hex; `time`: epoch milliseconds. */
export function signedText(request: {
  method: string;
  path: string;
  probe: string;
  time: number;
  nonce: string;
  bodyHash: string;
}): string {
  const { method, path, probe, time, nonce, bodyHash } = request;
  return [scheme, method, path, probe, String(time), nonce, bodyHash].join('\n');
}

export type HeaderFacts = { probe: string; time: number; nonce: string; signature: string };

/** The headers of a signed request; undefined = they are not all there, or not in form. */
export function readSignature(header: (name: string) => string | undefined): HeaderFacts | undefined {
  const probe = header(signatureHeaders.probe) ?? '';
  const time = header(signatureHeaders.time) ?? '';
  const nonce = header(signatureHeaders.nonce) ?? '';
  const signature = header(signatureHeaders.signature) ?? '';
  const isFine =
    /^[0-9a-z]{6,40}$/.test(probe) &&
    /^\d{10,16}$/.test(time) &&
    /^[A-Za-z0-9_-]{16,64}$/.test(nonce) &&
    /^[A-Za-z0-9+/]{86}==$/.test(signature);
  return isFine ? { probe, time: Number(time), nonce, signature } : undefined;
}

/** Whether a request was signed lately enough, by our clock. */
export function isTimely(time: number, now: number): boolean {
  return Math.abs(now - time) <= windowMs;
}
