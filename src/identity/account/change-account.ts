import { recordAudit } from '../../audit/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Language } from '../../platform/words.ts';
import { requireScope, type Actor } from '../actor.ts';
import { updateName, updatePerson } from '../people/store.ts';
import { ownPerson } from './own-person.ts';

export interface AccountChange {
  language?: Language | null;
  theme?: 'light' | 'dark' | null;
  name?: string;
}

/** Changes the own account. Errors: `not-a-person`. */
export async function changeAccount(platform: Platform, actor: Actor, change: AccountChange): Promise<void> {
  requireScope(actor, 'own');
  const { userId } = ownPerson(actor);
  const { name, ...own } = change;
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await updatePerson(trx, userId, own);
    if (name !== undefined) await updateName(trx, userId, name, at);
    const details = { ...change };
    await recordAudit(trx, actor, { action: 'account-changed', subject: `person:${userId}`, details, at });
  });
}
