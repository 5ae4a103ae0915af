import type { Db } from '../platform/database/index.ts';
import type { MessageView } from './contract.ts';
import type { MessageRow } from './message.ts';
import { listAllProviders } from './provider-store.ts';
import { listMessages } from './store.ts';
import { troubleInWords } from './words.ts';

/** Messages with the names of who carried them; of an incident the oldest first, else the newest first. */
export async function showMessages(
  db: Db,
  filter: Parameters<typeof listMessages>[1] & { limit: number },
): Promise<MessageView[]> {
  const [rows, providers] = await Promise.all([listMessages(db, filter), listAllProviders(db)]);
  const names = new Map(providers.map((one) => [one.id, one.name]));
  return rows.map((row) => shownMessage(row, names.get(row.provider_id) ?? row.provider_id));
}

function shownMessage(row: MessageRow, provider: string): MessageView {
  return {
    id: row.id,
    purpose: row.purpose,
    means: row.means,
    provider: { id: row.provider_id, name: provider },
    incidentId: row.incident_id,
    guardId: row.guard_id,
    recipient: row.recipient,
    text: withoutLink(row.content.text),
    step: row.step,
    attempt: row.attempt,
    shortCode: row.short_code,
    state: row.state,
    tries: row.tries,
    createdAt: row.created_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    failedAt: row.failed_at?.toISOString() ?? null,
    problem: row.error === null ? null : troubleInWords(row.error),
    sentBy: row.sent_by,
  };
}

/** The guard's link takes an incident without signing in: whoever may read messages may not have it. */
function withoutLink(text: string): string {
  return text.replaceAll(/\/g\/[\w-]{8,}/g, '/g/…');
}
