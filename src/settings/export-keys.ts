import { exportKey, listRepositoryStates, type RepositoryState } from '../backups/index.ts';
import { getCustomer } from '../customers/index.ts';
import { requireFreshSignIn, requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, listSites, type SiteRow } from '../sites/index.ts';
import { madeOnInWords, settingsWords } from './words.ts';

export interface KeyStateRow {
  site: SiteRow;
  repository: RepositoryState;
  /** Nobody has kept this password since it was set. */
  due: boolean;
}

/** Every repository with something in it, removed sites too, by address. */
export async function listKeyStates(platform: Platform): Promise<KeyStateRow[]> {
  const sites = new Map((await listSites(platform.db, { removedToo: true })).map((site) => [site.id, site]));
  return (await listRepositoryStates(platform.db))
    .flatMap((repository) => {
      const site = sites.get(repository.siteId);
      if (site === undefined || !repository.isMade) return [];
      const { exportedAt, passwordSetAt } = repository;
      return [{ site, repository, due: exportedAt === null || exportedAt < passwordSetAt }];
    })
    .toSorted((a, b) => a.site.url.localeCompare(b.site.url));
}

/**
 * Passwords and restic commands of the chosen sites as one text for people. It is made for this answer and kept nowhere;
 * each site gets its audit row and counts as exported. A person must have signed in just now.
 */
export async function exportKeys(
  platform: Platform,
  actor: Actor,
  input: { customer?: string | undefined; site?: string | undefined; dueOnly: boolean; language: 'nl' | 'en' },
): Promise<{ fileName: string; text: string; sites: number }> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  requireFreshSignIn(actor, at);
  const customer = input.customer === undefined ? undefined : await getCustomer(platform.db, input.customer);
  const only = input.site === undefined ? undefined : await getSite(platform.db, input.site, { removedToo: true });
  const chosen = (await listKeyStates(platform)).filter(
    ({ site, due }) =>
      (customer === undefined || site.customer_id === customer.id) &&
      (only === undefined || site.id === only.id) &&
      (!input.dueOnly || due),
  );
  if (chosen.length === 0) throw nothingToExport();
  const { name, timeZone } = await readHouse(platform);
  const { keys } = settingsWords(input.language);
  const parts = [
    `${keys.title(customer?.name ?? name)}\n${'='.repeat(keys.title(customer?.name ?? name).length)}`,
    madeOnInWords(at, actor.email ?? actor.name, input.language, timeZone),
    keys.keep.join('\n'),
    keys.how.join('\n'),
  ];
  for (const { site } of chosen) parts.push(await sectionOf(platform, actor, site, keys));
  parts.push(keys.end);
  const day = at.toISOString().slice(0, 10);
  const of = only?.url ?? customer?.name ?? name;
  const fileName = `${keys.file}-${plainName(of)}-${day}.txt`;
  return { fileName, text: `${parts.join('\n\n')}\n`, sites: chosen.length };
}

async function sectionOf(
  platform: Platform,
  actor: Actor,
  site: SiteRow,
  keys: ReturnType<typeof settingsWords>['keys'],
): Promise<string> {
  const { repository, command, environment } = await exportKey(platform, actor, site.id);
  const variables = environment.map(({ name, value }) => `  export ${name}=${quoted(value)}`);
  const removed = site.removed_at === null ? '' : ` (${keys.removed})`;
  return [
    '-'.repeat(72),
    `${keys.site}: ${site.url}${removed}`,
    `${keys.customer}: ${site.customer_name}`,
    `${keys.repository}: ${repository}`,
    `${keys.variables}:`,
    ...variables,
    `${keys.command}:`,
    `  ${command}`,
  ].join('\n');
}

/** Safe to paste into a shell, whatever is in it. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Of a name what a file name can hold everywhere. */
function plainName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .normalize('NFKD')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'nachtwacht'
  );
}

function nothingToExport(): NachtwachtError {
  return new NachtwachtError({
    code: 'keys-none',
    kind: 'not-found',
    message: 'There is no repository to export the password of.',
    nextStep: 'Make a first backup; after that there is a password to keep.',
    retryable: false,
  });
}
