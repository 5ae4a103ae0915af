import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { recordAudit } from '../audit/index.ts';
import {
  exportPrivateKey,
  importPrivateKey,
  pairSite as offerKey,
  SiteClient,
  keyIdOf,
  type Pairing,
} from '../connector/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { carriesFacts, NachtwachtError } from '../platform/errors.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { currentClaim, raiseClaimTo } from '../platform/saga/index.ts';
import { connectToSite } from './connect-to-site.ts';
import { getSite, getSiteById, siteSubject } from './find-site.ts';
import { saveInventory, savePairing, updateSite, type SiteRow } from './store.ts';

export interface PairSiteInput {
  site: string;
  /** One-time code of the site's settings page. */
  code: string;
  basicAuth?: { user: string; password: string };
}

/**
 * Pairs with a site. The key that is offered is stored first: should we die after the site took it and before we know,
 * the next `pair` finds the site paired with our own offered key and takes it from there.
 */
export async function pairWithSite(platform: Platform, actor: Actor, input: PairSiteInput): Promise<SiteRow> {
  requireScope(actor, 'operate');
  const site = await getSite(platform.db, input.site);
  if (site.paired_at) {
    throw new NachtwachtError({
      code: 'paired-already-here',
      kind: 'conflict',
      message: `${site.url} is paired already.`,
      nextStep: `Unpair it first: nachtwacht site unpair ${site.url}`,
      retryable: false,
    });
  }
  const { key, wasOffered } = await offeredKey(platform, site);
  const pairing = await offer(platform, site, key, wasOffered, input);
  const at = platform.clock.now();
  const sealedKey = await platform.secrets.seal(`site:${site.id}:private-key`, exportPrivateKey(key));
  const basicAuth = input.basicAuth
    ? await platform.secrets.seal(`site:${site.id}:basic-auth`, JSON.stringify(input.basicAuth))
    : null;
  await platform.db.transaction().execute(async (trx) => {
    await savePairing(trx, site.id, {
      privateKey: sealedKey,
      keyId: pairing.credentials.keyId,
      url: pairing.url,
      entries: pairing.credentials.entries,
      wordpressVersion: pairing.wordpressVersion,
      multisite: pairing.multisite,
      basicAuth,
      at,
    });
    const details = { url: pairing.url, wordpress: pairing.wordpressVersion };
    await recordAudit(trx, actor, { action: 'site-paired', subject: siteSubject(site.id), details, at });
  });
  await lookAround(platform, site.id);
  return getSiteById(platform.db, site.id);
}

async function offeredKey(platform: Platform, site: SiteRow): Promise<{ key: KeyObject; wasOffered: boolean }> {
  if (site.offered_key) {
    const der = await platform.secrets.open(`site:${site.id}:offered-key`, site.offered_key);
    return { key: importPrivateKey(der), wasOffered: true };
  }
  const key = generateKeyPairSync('ed25519').privateKey;
  const sealed = await platform.secrets.seal(`site:${site.id}:offered-key`, exportPrivateKey(key));
  await updateSite(platform.db, site.id, { offered_key: sealed });
  return { key, wasOffered: false };
}

async function offer(
  platform: Platform,
  site: SiteRow,
  privateKey: KeyObject,
  wasOffered: boolean,
  input: PairSiteInput,
): Promise<Pairing> {
  try {
    return await offerKey({
      siteId: site.id,
      url: site.url,
      code: input.code,
      platform: (await readHouse(platform)).name,
      clock: platform.clock,
      privateKey,
      transport: { allowPrivateAddresses: platform.config.allowPrivateAddresses },
      ...(input.basicAuth ? { basicAuth: input.basicAuth } : {}),
    });
  } catch (error) {
    if (!wasOffered || !carriesFacts(error) || error.code !== 'paired-already') throw error;
    const found = await pairingOfBefore(platform, site, privateKey, input);
    if (found) return found;
    throw error;
  }
}

/** Whether the site answers to the key that an earlier, broken-off pairing offered. */
async function pairingOfBefore(
  platform: Platform,
  site: SiteRow,
  privateKey: KeyObject,
  input: PairSiteInput,
): Promise<Pairing | undefined> {
  const base = `${site.url}/`;
  const credentials = {
    siteId: site.id,
    url: site.url,
    entries: {
      rest: new URL('?rest_route=/nachtwacht/v1/do', base).href,
      ajax: new URL('wp-admin/admin-ajax.php?action=nachtwacht', base).href,
    },
    privateKey,
    keyId: keyIdOf(privateKey),
    ...(input.basicAuth ? { basicAuth: input.basicAuth } : {}),
  };
  const client = new SiteClient({
    credentials,
    claim: await currentClaim(platform.db, siteSubject(site.id)),
    clock: platform.clock,
    transport: { allowPrivateAddresses: platform.config.allowPrivateAddresses },
  });
  try {
    const status = await client.status();
    return { credentials, url: status.url ?? site.url, wordpressVersion: '', multisite: false };
  } catch {
    return undefined;
  } finally {
    client.close();
  }
}

/** First look after pairing: limits, claim number, inventory. A help for later, so trouble here is only logged. */
async function lookAround(platform: Platform, siteId: string): Promise<void> {
  const client = await connectToSite(platform, siteId);
  try {
    const status = await client.status();
    // The number may be ahead of ours when the site was cared for by a platform that lost its database.
    if (status.claim) await raiseClaimTo(platform.db, siteSubject(siteId), status.claim);
    await saveInventory(platform.db, siteId, await client.inventory(), platform.clock.now());
  } catch (error) {
    platform.log.warn({ err: error, site: siteId }, 'first look at the site failed');
  } finally {
    client.close();
  }
}
