import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../actor.ts';
import { findPerson } from '../people/store.ts';
import { authOf } from '../sign-in/auth.ts';
import { freshMs, needsSecondFactor } from '../sign-in/rules/session-life.ts';
import { listPasskeys, listSessions, readFactors } from '../sign-in/store.ts';
import type { AccountSession, Factors, Me } from './contract.ts';
import { ownPerson } from './own-person.ts';
import { deviceOf } from './rules/device-name.ts';

export async function showMe(platform: Platform, actor: Actor): Promise<Me> {
  const person = actor.userId === undefined ? undefined : await findPerson(platform.db, actor.userId);
  if (!person) return bareMe(actor);
  const { customer_id: customerId } = person;
  return {
    kind: 'person',
    name: person.name,
    email: person.email,
    role: person.role,
    language: person.language,
    theme: person.theme,
    customer: customerId === null ? null : { id: customerId, name: person.customer_name ?? '' },
    secondFactor: person.second_factor === true,
    passkeys: person.passkeys ?? 0,
    mustSetUp: actor.mustSetUp === true,
  };
}

function bareMe(actor: Actor): Me {
  return {
    kind: actor.kind,
    name: actor.name,
    email: null,
    role: actor.scope === 'admin' ? 'operator' : 'guard',
    language: null,
    theme: null,
    customer: null,
    secondFactor: false,
    passkeys: 0,
    mustSetUp: false,
  };
}

export async function showFactors(platform: Platform, actor: Actor): Promise<Factors> {
  const { userId, role, signedInAt } = ownPerson(actor);
  const factors = await readFactors(platform.db, userId);
  const secondFactor = factors?.secondFactor === true;
  const passkeys = await listPasskeys(platform.db, userId);
  return {
    password: factors?.password != null,
    secondFactor,
    recoveryCodesLeft: secondFactor ? await (await authOf(platform)).countRecoveryCodes(userId) : null,
    passkeys: passkeys.map(({ id, name, createdAt, backedUp }) => ({
      id,
      name: name ?? '',
      madeAt: createdAt?.toISOString() ?? null,
      synced: backedUp,
    })),
    secondFactorNeeded: role !== undefined && needsSecondFactor(role),
    freshUntil: new Date((signedInAt ?? platform.clock.now()).getTime() + freshMs).toISOString(),
  };
}

export async function showSessions(platform: Platform, actor: Actor): Promise<AccountSession[]> {
  const { userId, sessionId } = ownPerson(actor);
  const rows = await listSessions(platform.db, userId, platform.clock.now());
  return rows.map((row) => {
    const device = deviceOf(row.userAgent ?? '');
    return {
      id: row.id,
      current: row.id === sessionId,
      browser: device.browser ?? null,
      system: device.system ?? null,
      address: row.ipAddress === '' ? null : row.ipAddress,
      proof: row.strength,
      signedInAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    };
  });
}
