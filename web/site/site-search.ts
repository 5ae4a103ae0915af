// What stands behind the question mark of a site's addresses. Anything that is not what it should be is left out.

const snapshotId = /^(?:latest|latest-good|[0-9a-f]{4,64})$/u;
const runId = /^[0-9a-f-]{36}$/u;

const fitting = (value: unknown, form: RegExp): string | undefined =>
  // The router reads digits as a number: an id may be all digits.
  form.test(String(value)) ? String(value) : undefined;

export interface SiteSearch {
  /** The chosen moment: a snapshot's id or its beginning. */
  snapshot?: string;
}

export interface RestoreSearch extends SiteSearch {
  /** Only a part of the site. */
  part?: boolean;
  /** The restore under way, or that was done. */
  run?: string;
}

export function readSiteSearch(search: Record<string, unknown>): SiteSearch {
  const snapshot = fitting(search['snapshot'], snapshotId);
  return snapshot === undefined ? {} : { snapshot };
}

export function readRestoreSearch(search: Record<string, unknown>): RestoreSearch {
  const run = fitting(search['run'], runId);
  return {
    ...readSiteSearch(search),
    ...(search['part'] === true ? { part: true } : {}),
    ...(run === undefined ? {} : { run }),
  };
}
