import { openIncident, resolveIncident } from '../../incidents/index.ts';
import type { DueLoop } from '../../platform/due/index.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { listCanaryRows, setCanary, type ProviderRow } from '../provider-store.ts';
import { queueMessage } from '../queue-message.ts';
import { canaryText } from '../rules/canary-text.ts';
import { findMessage } from '../store.ts';
import { canaryPolicy, nextCanary, type CanaryStep } from './rules/next-canary.ts';

/** Each SMS provider sends a message to a number of its own every day; one that does not arrive opens an incident. */
export const canaryLoop: DueLoop = { name: 'messages-canary', everyMs: 15_000, run: runCanaries };

export async function runCanaries(platform: Platform): Promise<void> {
  const scale = platform.config.timeScale;
  const { everyMs, againMs, receiptMs } = canaryPolicy;
  const policy = { everyMs: everyMs / scale, againMs: againMs / scale, receiptMs: receiptMs / scale };
  for (const row of await listCanaryRows(platform.db)) {
    const message = row.canary_message === null ? undefined : await findMessage(platform.db, row.canary_message);
    const step = nextCanary(
      platform.clock.now().getTime(),
      {
        isTried: row.removed_at === null && row.enabled && row.canary_to !== null,
        state: row.canary_state,
        at: row.canary_at?.getTime() ?? null,
        message: message?.state ?? null,
        tellsReceipts: tellsReceipts(platform, row),
      },
      policy,
    );
    await take(platform, row, step, message?.error ?? null);
  }
}

/** Over HTTP a receipt needs an address of ours that the gateway can reach. */
function tellsReceipts({ config }: Platform, { kind }: ProviderRow): boolean {
  return kind === 'smpp' || kind === 'gammu' || (kind === 'twilio' && config.publicUrl !== undefined);
}

async function take(platform: Platform, row: ProviderRow, step: CanaryStep, error: string | null): Promise<void> {
  const at = platform.clock.now();
  const subject = `provider:${row.id}`;
  const over = { subject, at, actor: 'system:canary' };
  if (step.do === 'nothing') return;
  await platform.db.transaction().execute(async (trx) => {
    if (step.do === 'forget') {
      await setCanary(trx, row.id, { canary_at: null, canary_state: null, canary_error: null, canary_message: null });
      await resolveIncident(trx, { ...over, why: 'not-tried' });
    } else if (step.do === 'send') {
      const id = `canary-${newId()}`;
      await queueMessage(trx, {
        id,
        purpose: 'canary',
        means: 'sms',
        incidentId: null,
        guardId: null,
        recipient: row.canary_to ?? '',
        content: { text: canaryText(id) },
        step: 0,
        attempt: 0,
        providerId: row.id,
        at,
      });
      // One that fails goes on failing until it has shown the contrary.
      const state = row.canary_state === 'failing' ? 'failing' : 'waiting';
      await setCanary(trx, row.id, { canary_at: at, canary_state: state, canary_message: id });
    } else {
      const isWorking = step.state === 'working';
      const why = step.why === 'failed' ? (error ?? 'refused') : 'no-receipt';
      await setCanary(trx, row.id, {
        canary_state: step.state,
        canary_error: isWorking ? null : why,
        canary_message: null,
      });
      if (isWorking) await resolveIncident(trx, { ...over, why: step.why });
      else {
        const firstFailureAt = row.canary_at ?? at;
        await openIncident(trx, {
          id: `channel:${row.id}:${firstFailureAt.getTime()}`,
          kind: 'channel',
          urgency: 'high',
          subject,
          title: { provider: row.name },
          cause: step.why,
          reason: { trouble: why, kind: row.kind },
          firstFailureAt,
          at,
        });
      }
    }
  });
  platform.log.info({ provider: row.id, ...step }, 'daily test message');
}
