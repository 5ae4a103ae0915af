import { recordAudit } from '../audit/index.ts';
import { listPeople, requireScope, type Actor } from '../identity/index.ts';
import type { Db } from '../platform/database/index.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import type { GuardRow } from './duty.ts';
import { accountTaken, guardNotFound, noSuchAccount, notAGuard, phoneTaken } from './errors.ts';
import { phoneKey } from './rules/phone-key.ts';
import { emptyTurnsOf, findGuard, findGuardOfUser, insertGuard, listGuards, updateGuard } from './store.ts';

export interface GuardInput {
  id?: string | undefined;
  name: string;
  phone: string | null;
  email: string | null;
  pushUrl: string | null;
  canBeCalled: boolean;
  language: 'nl' | 'en';
  userId: string | null;
}

/** Makes or changes a guard. Gives his id. Errors: `guard-not-found`, `phone-taken`, `guard-account-taken`, `guard-account-unknown`. */
export async function saveGuard(platform: Platform, actor: Actor, input: GuardInput): Promise<string> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const id = input.id ?? newId();
  await platform.db.transaction().execute(async (trx) => {
    await refuseDoubles(trx, id, input);
    if (input.userId !== null) await refuseStranger(trx, input.userId);
    const set = {
      user_id: input.userId,
      name: input.name,
      phone: input.phone,
      email: input.email,
      push_url: input.pushUrl,
      can_be_called: input.canBeCalled,
      language: input.language,
    };
    if (input.id === undefined) await insertGuard(trx, { id, ...set, created_at: at, removed_at: null });
    else if (!(await updateGuard(trx, id, set))) throw guardNotFound();
    const action = input.id === undefined ? 'guard-added' : 'guard-changed';
    await recordAudit(trx, actor, { action, subject: `guard:${id}`, details: { name: input.name }, at });
  });
  return id;
}

/** Replies are known by the number: nobody shares one. */
async function refuseDoubles(db: Db, id: string, input: Pick<GuardInput, 'phone' | 'userId'>): Promise<void> {
  const others = (await listGuards(db)).filter((one) => one.id !== id);
  const { phone, userId } = input;
  const same = phone !== null && others.find((one) => one.phone !== null && phoneKey(one.phone) === phoneKey(phone));
  if (same) throw phoneTaken(same.name);
  if (userId !== null && others.some((one) => one.user_id === userId)) throw accountTaken();
}

/** Only somebody of the house who may act can be a guard: not a customer, and nobody whose access ended. */
async function refuseStranger(db: Db, userId: string): Promise<void> {
  const person = (await listPeople(db)).find((one) => one.user_id === userId);
  if (!person || person.role === 'customer' || person.deactivated_at !== null) throw noSuchAccount();
}

/** He is a guard no more; his turns are nobody's, and the hole is told. */
export async function removeGuard(platform: Platform, actor: Actor, id: string): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const guard = await findGuard(trx, id);
    if (!guard || !(await updateGuard(trx, id, { removed_at: at, user_id: null }))) throw guardNotFound();
    await emptyTurnsOf(trx, id);
    await recordAudit(trx, actor, {
      action: 'guard-removed',
      subject: `guard:${id}`,
      details: { name: guard.name },
      at,
    });
  });
}

/** What a guard may change of himself. Error: `not-a-guard`. */
export async function changeMyself(
  platform: Platform,
  actor: Actor,
  change: {
    phone?: string | null | undefined;
    pushUrl?: string | null | undefined;
    canBeCalled?: boolean | undefined;
    language?: 'nl' | 'en' | undefined;
  },
): Promise<string> {
  requireScope(actor, 'operate');
  const at = platform.clock.now();
  return platform.db.transaction().execute(async (trx) => {
    const guard = actor.userId === undefined ? undefined : await findGuardOfUser(trx, actor.userId);
    if (!guard) throw notAGuard();
    if (change.phone !== undefined) await refuseDoubles(trx, guard.id, { phone: change.phone, userId: null });
    const set: Partial<GuardRow> = {
      ...(change.phone === undefined ? {} : { phone: change.phone }),
      ...(change.pushUrl === undefined ? {} : { push_url: change.pushUrl }),
      ...(change.canBeCalled === undefined ? {} : { can_be_called: change.canBeCalled }),
      ...(change.language === undefined ? {} : { language: change.language }),
    };
    if (Object.keys(set).length > 0) await updateGuard(trx, guard.id, set);
    const details = { changed: Object.keys(set) };
    await recordAudit(trx, actor, { action: 'guard-changed', subject: `guard:${guard.id}`, details, at });
    return guard.id;
  });
}
