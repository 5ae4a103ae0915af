// Whose keys open a repository in S3. A store's keys are never tried on another store: that would tell it our access key,
// and a store that happens to answer could be taken for the one that was meant.

import type { RepositoryPlace } from './repository-place.ts';

export interface StorePlace {
  endpoint: string;
  bucket: string;
  /** Folder in the bucket, without slashes at its ends; '' = the whole bucket. */
  prefix: string;
}

/**
 * The store that a repository lies in: same endpoint, same bucket, and the longest folder that the repository is below.
 * Of equals the first, so the order of `stores` decides. Undefined = we have no keys for that place.
 */
export function storeOfPlace<Store extends StorePlace>(
  place: Extract<RepositoryPlace, { kind: 's3' }>,
  stores: readonly Store[],
): Store | undefined {
  const candidates = stores.filter(
    (store) =>
      normalEndpoint(store.endpoint) === normalEndpoint(place.endpoint) &&
      store.bucket === place.bucket &&
      (store.prefix === '' || place.prefix === store.prefix || place.prefix.startsWith(`${store.prefix}/`)),
  );
  return candidates.reduce<Store | undefined>(
    (best, store) => (best === undefined || store.prefix.length > best.prefix.length ? store : best),
    undefined,
  );
}

/** One spelling for each endpoint: case of the host, default port and final slash do not matter. */
export function normalEndpoint(endpoint: string): string {
  if (!URL.canParse(endpoint)) return endpoint;
  const url = new URL(endpoint);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
