import { z } from 'zod';
import { importPrivateKey, SiteClient, type Learned, type SiteCredentials } from '../connector/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { readHouse } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { currentClaim } from '../platform/saga/index.ts';
import { Rate } from './contract.ts';
import { getSiteById, siteSubject } from './find-site.ts';
import { saveLearned, type SiteRow } from './store.ts';

export interface ConnectOptions {
  /** Claim number of the run at work (`run.claim`); without one, the site's present number. */
  claim?: number;
  signal?: AbortSignal;
  /** How much this client may ask; default: what is set for the site, else for the house. */
  rate?: ConstructorParameters<typeof SiteClient>[0]['rate'];
}

const keepLearnedEveryMs = 5000;

const BasicAuth = z.object({ user: z.string(), password: z.string() });
const Entries = z.partialRecord(z.enum(['direct', 'rest', 'ajax']), z.string());

/** A client for one paired site. What it learns of the host is kept for the next. Close it when done. */
export async function connectToSite(
  platform: Platform,
  siteId: string,
  options: ConnectOptions = {},
): Promise<SiteClient> {
  const site = await getSiteById(platform.db, siteId);
  const claim = options.claim ?? (await currentClaim(platform.db, siteSubject(site.id)));
  const rate = options.rate ?? Rate.nullable().catch(null).parse(site.rate) ?? (await readHouse(platform)).rate;
  let keptAt = Number.NEGATIVE_INFINITY;
  return new SiteClient({
    credentials: await credentialsOf(platform, site),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveLearned, nobody else
    ...(site.learned ? { learned: site.learned as Learned } : {}),
    claim,
    clock: platform.clock,
    transport: { allowPrivateAddresses: platform.config.allowPrivateAddresses },
    rate,
    ...(options.signal ? { signal: options.signal } : {}),
    onLearned: (learned) => {
      const now = platform.clock.monotonicMs();
      if (now - keptAt < keepLearnedEveryMs) return;
      keptAt = now;
      saveLearned(platform.db, site.id, learned, platform.clock.now()).catch((error: unknown) => {
        platform.log.debug({ err: error }, 'what was learned of the site could not be kept');
      });
    },
  });
}

async function credentialsOf(platform: Platform, site: SiteRow): Promise<SiteCredentials> {
  if (!site.private_key || !site.key_id || !site.paired_url) throw notPaired(site);
  const key = await platform.secrets.open(`site:${site.id}:private-key`, site.private_key);
  return {
    siteId: site.id,
    url: site.paired_url,
    entries: Entries.parse(site.entries),
    privateKey: importPrivateKey(key),
    keyId: site.key_id,
    ...(site.basic_auth ? { basicAuth: await basicAuthOf(platform, site.id, site.basic_auth) } : {}),
  };
}

async function basicAuthOf(
  platform: Platform,
  siteId: string,
  sealed: Buffer,
): Promise<{ user: string; password: string }> {
  const text = (await platform.secrets.open(`site:${siteId}:basic-auth`, sealed)).toString('utf8');
  return BasicAuth.parse(JSON.parse(text));
}

export function notPaired(site: { url: string }): NachtwachtError {
  return new NachtwachtError({
    code: 'site-not-paired',
    kind: 'conflict',
    message: `${site.url} is not paired yet.`,
    nextStep: `Take the code from Settings > Nachtwacht on the site, then: nachtwacht site pair ${site.url} --code CODE`,
    retryable: false,
  });
}
