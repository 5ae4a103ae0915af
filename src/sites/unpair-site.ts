import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { carriesFacts, NachtwachtError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { connectToSite, notPaired } from './connect-to-site.ts';
import { getSite, siteSubject } from './find-site.ts';
import { forgetPairing } from './store.ts';

/**
 * Has the site forget our key, then forgets it here. `force`: forget it here though the site cannot be reached (the
 * site keeps a key that nobody holds any more, until somebody disconnects it on its settings page).
 */
export async function unpairSite(
  platform: Platform,
  actor: Actor,
  input: { site: string; force?: boolean },
): Promise<{ siteForgot: boolean }> {
  requireScope(actor, 'admin');
  const site = await getSite(platform.db, input.site);
  if (!site.paired_at) throw notPaired(site);
  const siteForgot = await askSite(platform, site.id, input.force === true);
  const at = platform.clock.now();
  await platform.db.transaction().execute(async (trx) => {
    await forgetPairing(trx, site.id);
    const subject = siteSubject(site.id);
    await recordAudit(trx, actor, { action: 'site-unpaired', subject, details: { siteForgot }, at });
  });
  return { siteForgot };
}

async function askSite(platform: Platform, siteId: string, force: boolean): Promise<boolean> {
  const client = await connectToSite(platform, siteId);
  try {
    await client.unpair();
    return true;
  } catch (error) {
    if (carriesFacts(error) && error.code === 'unpaired') return true;
    if (force) return false;
    const why = error instanceof Error ? error.message : String(error);
    throw new NachtwachtError({
      code: 'unpair-unreachable',
      kind: 'site',
      message: `The site could not be told to forget our key: ${why}`,
      nextStep: 'Try again when the site answers, or use --force and disconnect it on its own settings page.',
      retryable: true,
      cause: error,
    });
  } finally {
    client.close();
  }
}
