import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/index.ts';
import { publicUrl, requireFreshSignIn, requireScope, type Actor } from '../identity/index.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { probeNameTaken } from './errors.ts';
import { insertProbe, type ProbeRow } from './store.ts';

/** How long a token for joining waits: long enough to set up a machine, too short to be found later. */
const joinHours = 24;

/** 256 random bits: a plain hash is enough to keep it, and the hash finds it. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Makes the token by which a machine joins as a second location, shown once. A second location gets the guards' numbers,
 * so a person must have signed in a moment ago. Errors: `probe-name-taken`, `sign-in-not-fresh`.
 */
export async function inviteProbe(
  platform: Platform,
  actor: Actor,
  input: { name: string },
): Promise<{ probe: ProbeRow; token: string; expiresAt: Date; url: string }> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  requireFreshSignIn(actor, at);
  const token = `nwp_${randomBytes(32).toString('base64url')}`;
  const expiresAt = new Date(at.getTime() + joinHours * 3_600_000);
  const probe = await platform.db.transaction().execute(async (trx) => {
    const row = { id: newId(), name: input.name, joinHash: hashOfToken(token), joinExpiresAt: expiresAt, at };
    const made = await insertProbe(trx, row);
    if (!made) throw probeNameTaken(input.name);
    const details = { name: made.name };
    await recordAudit(trx, actor, { action: 'probe-invited', subject: `probe:${made.id}`, details, at });
    return made;
  });
  return { probe, token, expiresAt, url: publicUrl(platform) };
}
