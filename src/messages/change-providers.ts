import { recordAudit } from '../audit/index.ts';
import { meansOfKind, neededSecrets } from '../channels/kinds.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import type { ProviderInput, ProviderView } from './contract.ts';
import type { Means } from './message.ts';
import { providerContext, secretsOf } from './open-providers.ts';
import {
  findProvider,
  insertProvider,
  listProviderRows,
  markProviderRemoved,
  setPositions,
  updateProvider,
  type ProviderRow,
} from './provider-store.ts';
import { isSameDestination } from './rules/same-destination.ts';
import { showProvider } from './show-providers.ts';

/** Adds a provider, or changes one. Secrets that are absent are those that are kept, as long as they go where they went. */
export async function saveProvider(platform: Platform, actor: Actor, input: ProviderInput): Promise<ProviderView> {
  requireScope(actor, 'admin');
  const { kind, name, enabled, canaryTo } = input;
  const known = input.id === undefined ? undefined : await getProvider(platform, input.id);
  if (known !== undefined && known.kind !== kind) throw kindFixed(known);
  const same = await findProvider(platform.db, name);
  if (same !== undefined && same.id !== known?.id) throw nameTaken(name);
  const given = Object.entries<string | undefined>(input.secrets ?? {}).flatMap(([secret, value]) =>
    value === undefined ? [] : [[secret, value] as const],
  );
  const kept = known === undefined ? {} : ((await secretsOf(platform, known)) ?? {});
  const isElsewhere = known !== undefined && !isSameDestination(known.config, input.config);
  const lacking = Object.keys(kept).filter((one) => !given.some(([secret]) => secret === one));
  if (isElsewhere && lacking.length > 0) throw secretsNeeded(lacking);
  const secrets = { ...(isElsewhere ? {} : kept), ...Object.fromEntries(given) };
  const missing = neededSecrets[kind].filter((one) => secrets[one] === undefined);
  if (missing.length > 0) throw secretsNeeded(missing);

  const id = known?.id ?? newId();
  const sealed =
    Object.keys(secrets).length === 0
      ? null
      : await platform.secrets.seal(providerContext(id), JSON.stringify(secrets));
  const at = platform.clock.now();
  const config: Record<string, unknown> = { ...input.config };
  await platform.db.transaction().execute(async (trx) => {
    const set = { name, config, secrets: sealed, enabled, canary_to: canaryTo };
    if (known === undefined) {
      await insertProvider(trx, { id, kind, means: meansOfKind[kind], created_at: at, ...set });
    } else await updateProvider(trx, id, set);
    const details = { kind, name, enabled, canaryTo, config, secretsChanged: given.map(([secret]) => secret) };
    const action = known === undefined ? 'message-provider-added' : 'message-provider-changed';
    await recordAudit(trx, actor, { action, subject: subjectOf(id), details, at });
  });
  return showProvider(platform, await getProvider(platform, id));
}

/** Takes it away with its secrets; what waits for it fails, and its messages stay on record. */
export async function removeProvider(platform: Platform, actor: Actor, reference: string): Promise<void> {
  requireScope(actor, 'admin');
  const row = await getProvider(platform, reference);
  if (row.kind === 'smtp') throw mailStays();
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await markProviderRemoved(trx, row.id, at);
    const details = { kind: row.kind, name: row.name };
    await recordAudit(trx, actor, { action: 'message-provider-removed', subject: subjectOf(row.id), details, at });
  });
}

/** Which is tried first. Names all of the means, so that two who do this at once do not make a third order. */
export async function reorderProviders(
  platform: Platform,
  actor: Actor,
  input: { means: Means; providers: string[] },
): Promise<void> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    const known = await listProviderRows(trx, input.means);
    const wanted = new Set(input.providers);
    if (wanted.size !== known.length || !known.every((row) => wanted.has(row.id))) throw orderStale();
    await setPositions(trx, [...wanted]);
    const details = { means: input.means, order: [...wanted].map((id) => known.find((row) => row.id === id)?.name) };
    await recordAudit(trx, actor, { action: 'message-providers-ordered', subject: 'house', details, at });
  });
}

/** By id or name. */
export async function getProvider(platform: Platform, reference: string): Promise<ProviderRow> {
  const row = await findProvider(platform.db, reference);
  if (row !== undefined) return row;
  throw new NachtwachtError({
    code: 'message-provider-not-found',
    kind: 'not-found',
    message: `There is no provider of messages called "${reference.slice(0, 80)}".`,
    nextStep: 'Look at the list: nachtwacht channels list',
    retryable: false,
  });
}

/** What audit rows call a provider. */
export function subjectOf(id: string): string {
  return `message-provider:${id}`;
}

function kindFixed(row: ProviderRow): NachtwachtError {
  return new NachtwachtError({
    code: 'message-provider-kind-fixed',
    kind: 'conflict',
    message: `"${row.name}" is of the kind ${row.kind}, and stays that.`,
    nextStep: 'Add a new one, and take this one away.',
    retryable: false,
  });
}

function nameTaken(name: string): NachtwachtError {
  return new NachtwachtError({
    code: 'message-provider-exists',
    kind: 'conflict',
    message: `There is a provider of messages called "${name}" already.`,
    nextStep: 'Change that one, or choose a name that tells them apart.',
    retryable: false,
  });
}

function secretsNeeded(names: readonly string[]): NachtwachtError {
  return new NachtwachtError({
    code: 'message-provider-secret-needed',
    kind: 'bad-input',
    message: `The secret of this provider is needed (${names.join(', ')}): none is kept for this address.`,
    nextStep: 'Type the secret again; a kept one goes only where it was given for.',
    retryable: false,
    details: { secrets: names.join(', ') },
  });
}

function mailStays(): NachtwachtError {
  return new NachtwachtError({
    code: 'message-provider-stays',
    kind: 'conflict',
    message: 'Mail goes over the mail server of the house and cannot be taken away here.',
    nextStep: 'Change the mail server at Settings > Mail.',
    retryable: false,
  });
}

function orderStale(): NachtwachtError {
  return new NachtwachtError({
    code: 'message-provider-order-stale',
    kind: 'conflict',
    message: 'Somebody added or took away a provider in the meantime.',
    nextStep: 'Look at the list again and order it anew.',
    retryable: false,
  });
}
