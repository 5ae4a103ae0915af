import { recordAudit } from '../audit/index.ts';
import { requireFreshSignIn, requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Db } from '../platform/database/index.ts';
import type { Platform } from '../platform/platform.ts';
import { getSite, siteSubject } from '../sites/index.ts';
import { repositoryPassword, repositoryS3Keys } from './open-site-repository.ts';
import { resticAccess } from './rules/repository-place.ts';
import { countToExport, findRepository, setExported } from './store.ts';

export interface ExportedKey {
  site: string;
  repository: string;
  /** A plain `restic` command without any secret in it. */
  command: string;
  /** To be set before the command; the values are the secrets. */
  environment: { name: string; value: string }[];
}

/**
 * The way to a site's backups without us: password, address and the plain `restic` command. Every export leaves an
 * audit row, and a person must have signed in just now. Removed sites too: their backups stay.
 */
export async function exportKey(platform: Platform, actor: Actor, reference: string): Promise<ExportedKey> {
  requireScope(actor, 'admin');
  requireFreshSignIn(actor, platform.clock.now());
  const site = await getSite(platform.db, reference, { removedToo: true });
  const row = await findRepository(platform.db, site.id);
  if (row === undefined) throw noRepository(site.url);
  const { repository, command, environment } = resticAccess(row.place);
  const keys = await repositoryS3Keys(platform, row);
  const secrets = {
    password: await repositoryPassword(platform, row),
    's3-access-key': keys?.accessKey ?? '',
    's3-secret-key': keys?.secretKey ?? '',
  };
  const at = platform.clock.now();
  const deed = { action: 'repository-key-exported', subject: siteSubject(site.id), details: { repository }, at };
  await platform.db.transaction().execute(async (trx) => {
    await setExported(trx, site.id, at);
    await recordAudit(trx, actor, deed);
  });
  return {
    site: site.url,
    repository,
    command,
    environment: environment.map((one) => ({
      name: one.name,
      value: one.secret === 'none' ? (one.value ?? '') : secrets[one.secret],
    })),
  };
}

/** How many repositories nobody could open without us: their password was not exported since it was last set. */
export function countKeysToExport(db: Db): Promise<number> {
  return countToExport(db);
}

function noRepository(url: string): NachtwachtError {
  return new NachtwachtError({
    code: 'repository-none-yet',
    kind: 'not-found',
    message: `${url} has no backups yet.`,
    nextStep: `Make one first: nachtwacht backup ${url}`,
    retryable: false,
  });
}
