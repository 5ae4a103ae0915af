import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { SeenCertificate } from './checked.ts';

/** Certificates stay the same for weeks, and reading one takes longer than the rest of what is done with it. */
const mostRemembered = 20_000;
const remembered = new Map<string, SeenCertificate>();

/** What a certificate says, in the words that the house needs. */
export function readCertificate(certificate: X509Certificate): SeenCertificate {
  const known = remembered.get(certificate.fingerprint256);
  if (known !== undefined) return known;
  const seen: SeenCertificate = {
    expiresAt: certificate.validToDate,
    issuer: issuerName(certificate.issuer),
    names: namesOf(certificate.subjectAltName),
  };
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(certificate.fingerprint256, seen);
  return seen;
}

/** Whether it is for this host, as browsers judge: by its alternative names only (RFC 9525). */
export function isFor(certificate: X509Certificate, host: string): boolean {
  const found = isIP(host) === 0 ? certificate.checkHost(host, { subject: 'never' }) : certificate.checkIP(host);
  return found !== undefined;
}

/** Lines such as `O=Let's Encrypt`. */
function issuerName(issuer: string): string {
  const part = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'm').exec(issuer)?.[1];
  return (part('O') ?? part('CN') ?? issuer.replaceAll('\n', ', ')).slice(0, 200);
}

/** `DNS:bakkerij.nl, IP Address:192.0.2.1` */
function namesOf(alternatives: string | undefined): string[] {
  return Array.from((alternatives ?? '').matchAll(/(?:DNS|IP Address):([^,\s]+)/g), (match) => match[1] ?? '').slice(
    0,
    100,
  );
}
