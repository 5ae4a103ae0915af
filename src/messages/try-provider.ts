import { recordAudit } from '../audit/index.ts';
import { openSender, SendError } from '../channels/index.ts';
import { callbackUrlOf } from '../channels/rules/callback-url.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { getProvider, subjectOf } from './change-providers.ts';
import { secretsOf } from './open-providers.ts';
import { recordOutcome } from './provider-store.ts';
import { queueMessage } from './queue-message.ts';
import { claimMessage, settleSending } from './store.ts';
import { messageWords, troubleInWords } from './words.ts';

/** Somebody waits for it. */
const patienceMs = 15_000;

export interface ProviderTest {
  ok: boolean;
  message: string;
  state: 'accepted' | 'delivered' | 'failed' | 'unknown';
  ms: number;
  said: string | null;
  problem: { code: string; says: { nl: string; en: string }; next: { nl: string; en: string } } | null;
}

/** Sends one message now, by this process, and tells what the provider said. It goes on record as any other. */
export async function tryProvider(
  platform: Platform,
  actor: Actor,
  input: { provider: string; to: string; language: 'nl' | 'en' },
): Promise<ProviderTest> {
  requireScope(actor, 'admin');
  const row = await getProvider(platform, input.provider);
  const { clock, db, config } = platform;
  const words = messageWords(input.language).test;
  const id = `test-${newId()}`;
  const content = { text: words.text, subject: words.subject, language: input.language };
  const began = clock.now();
  // Queued and claimed in one transaction: the sending process never sees it waiting.
  await db.transaction().execute(async (trx) => {
    await queueMessage(trx, {
      id,
      purpose: 'test',
      means: row.means,
      incidentId: null,
      guardId: null,
      recipient: input.to,
      content,
      step: 0,
      attempt: 0,
      providerId: row.id,
      at: began,
    });
    await claimMessage(trx, id, { by: `test ${actor.name}`, at: began });
    const details = { to: input.to, message: id };
    await recordAudit(trx, actor, {
      action: 'message-provider-tested',
      subject: subjectOf(row.id),
      details,
      at: began,
    });
  });
  const monotonic = clock.monotonicMs();
  const result = await send();
  const ms = Math.round(clock.monotonicMs() - monotonic);
  const at = clock.now();
  await settleSending(db, id, { at, ...result });
  await recordOutcome(db, row.id, { at, ...(result.error === undefined ? {} : { error: result.error }) });
  const told = result.error === undefined ? null : troubleInWords(result.error);
  const problem = told && { code: told.code, says: told.says, next: told.next };
  return { ok: problem === null, message: id, state: result.state, ms, said: told?.said ?? null, problem };

  async function send(): Promise<{ state: ProviderTest['state']; error?: string; providerRef?: string | null }> {
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const secrets = await secretsOf(platform, row);
      if (secrets === undefined) throw new SendError('not-configured');
      const sender = openSender(row.kind, row.config, secrets, clock);
      const callback = config.publicUrl === undefined ? {} : { callbackUrl: callbackUrlOf(config.publicUrl, row, id) };
      try {
        return await sender.send({ to: input.to, reference: id, ...content, ...callback }, signal);
      } finally {
        await sender.close();
      }
    } catch (error) {
      if (error instanceof SendError) return { state: error.mayHaveGone ? 'unknown' : 'failed', error: error.message };
      platform.log.warn({ err: error, provider: row.id }, 'test message failed');
      return { state: 'unknown', error: 'not-understood' };
    }
  }
}
