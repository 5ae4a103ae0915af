import type { Db } from '../platform/database/index.ts';
import { insertAudit } from './store.ts';

/**
 * One row for every deed. Call it in the transaction of the deed, with the same `at`. `site`: id of the site that it is
 * about, when the subject does not end with it. Details: facts, never a secret.
 */
export async function recordAudit(
  db: Db,
  actor: { name: string },
  deed: { action: string; subject: string; site?: string; details?: Record<string, unknown>; at: Date },
): Promise<void> {
  const { action, subject, site, details = {}, at } = deed;
  await insertAudit(db, { actor: actor.name, action, subject, siteId: site, details, at });
}
