import type { Platform } from '../platform/platform.ts';
import { clockOff, requestReplayed, signatureRefused } from './errors.ts';
import { isTimely, readSignature } from './rules/signed-request.ts';
import { verifyRequest } from './sign-request.ts';
import { findProbe, takeNonce, type ProbeRow } from './store.ts';

/**
 * Which second location made this request. Each signed request counts once, in the whole installation. Errors:
 * `probe-unknown` (no signature, a wrong one, or somebody removed), `probe-clock-off`, `probe-replayed`.
 */
export async function authenticateProbe(
  platform: Pick<Platform, 'db' | 'clock'>,
  request: { method: string; path: string; body: string; header: (name: string) => string | undefined },
): Promise<ProbeRow> {
  const now = platform.clock.now();
  const signed = readSignature(request.header);
  if (!signed) throw signatureRefused();
  const probe = await findProbe(platform.db, signed.probe);
  if (!probe?.public_key || probe.id !== signed.probe) throw signatureRefused();
  const { method, path, body } = request;
  if (!verifyRequest(probe.public_key, { method, path, body, ...signed })) throw signatureRefused();
  if (!isTimely(signed.time, now.getTime())) throw clockOff(now);
  if (!(await takeNonce(platform.db, probe.id, signed.nonce, now))) throw requestReplayed();
  return probe;
}
