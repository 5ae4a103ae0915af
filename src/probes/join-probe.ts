import { recordAudit } from '../audit/index.ts';
import type { Platform } from '../platform/platform.ts';
import { joinRefused } from './errors.ts';
import { hashOfToken } from './invite-probe.ts';
import { takeToken, type ProbeRow } from './store.ts';

/**
 * A machine joins with the one-time token; from now on it signs with its own key. Needs no signed-in person: the token is
 * what an admin handed out. Error: `probe-token-wrong`.
 */
export async function joinProbe(
  platform: Pick<Platform, 'db' | 'clock'>,
  input: { token: string; publicKey: Buffer; version: string; address: string },
): Promise<ProbeRow> {
  const at = platform.clock.now();
  const { publicKey, version, address } = input;
  return platform.db.transaction().execute(async (trx) => {
    const probe = await takeToken(trx, { joinHash: hashOfToken(input.token), publicKey, version, at });
    if (!probe) throw joinRefused();
    const details = { name: probe.name, address };
    const actor = { name: `probe:${probe.name}` };
    await recordAudit(trx, actor, { action: 'probe-joined', subject: `probe:${probe.id}`, details, at });
    return probe;
  });
}
