import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { listProviders, queueMessage } from '../messages/index.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { plainSms } from './alarm-text.ts';
import { guardNotFound, noPhone, noSms } from './errors.ts';
import { findGuard } from './store.ts';
import { oncallWords } from './words.ts';

/** A test SMS to a guard, over the path that an alarm would take first. What became of it: `messages.list`. */
export async function sendTestMessage(
  platform: Platform,
  actor: Actor,
  guardId: string,
): Promise<{ message: string; provider: string }> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const id = `test-${newId()}`;
  return platform.db.transaction().execute(async (trx) => {
    const guard = await findGuard(trx, guardId);
    if (!guard) throw guardNotFound();
    if (guard.phone === null) throw noPhone();
    const [provider] = await listProviders(trx, 'sms');
    if (!provider) throw noSms();
    await queueMessage(trx, {
      id,
      purpose: 'test',
      means: 'sms',
      incidentId: null,
      guardId,
      recipient: guard.phone,
      content: { text: plainSms(oncallWords(guard.language).test(guard.name)), language: guard.language },
      step: 0,
      attempt: 0,
      providerId: provider.id,
      at,
    });
    await recordAudit(trx, actor, {
      action: 'guard-tested',
      subject: `guard:${guardId}`,
      details: { message: id },
      at,
    });
    return { message: id, provider: provider.name };
  });
}
