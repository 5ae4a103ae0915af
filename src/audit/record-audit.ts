import type { Db } from '../platform/database/index.ts';
import { insertAudit } from './store.ts';

/** One row for every deed. Call it in the transaction of the deed, with the same `at`. Details: facts, never a secret. */
export async function recordAudit(
  db: Db,
  actor: { name: string },
  deed: { action: string; subject: string; details?: Record<string, unknown>; at: Date },
): Promise<void> {
  const { action, subject, details = {}, at } = deed;
  await insertAudit(db, { actor: actor.name, action, subject, details, at });
}
