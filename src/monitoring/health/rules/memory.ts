// What is remembered of a site between two looks: JSON, in site_health.

/** What the plugin says of its site (connector/PROTOCOL.md, `health`), as it is kept. Times in ISO 8601. */
export interface HealthAnswer {
  at: string;
  entry: string;
  database: { ok: boolean; ms: number | null; error: number | null };
  disk: { free: number; total: number | null } | null;
  /** In all since the plugin counts; `at` of the last. */
  fatals: { count: number; at: string | null; message: string; where: string };
  /** Parts that WordPress's recovery mode has paused. */
  paused: number | null;
  cron: { overdue: number; oldestSeconds: number; disabled: boolean | null } | null;
  isPublic: boolean | null;
  home: string | null;
  siteurl: string | null;
  maintenanceSeconds: number | null;
  opcache: { on: boolean; full: boolean } | null;
  clockOffSeconds: number;
}

/** Looks in a row that went wrong. */
export interface Row {
  since: string;
  times: number;
}

export interface HealthMemory {
  answer: HealthAnswer | null;
  /** The plugin did not answer. */
  silent: (Row & { code: string }) | null;
  databaseGone: Row | null;
  databaseSlow: Row | null;
  /** Fatal errors that are shown: since when, how many. */
  fatals: { since: string; count: number } | null;
  /** As it was at the first look: a site that was hidden from the beginning is meant to be. */
  first: { isPublic: boolean | null; home: string | null };
}

export interface PageMemory {
  at: string;
  status: number | null;
  bytes: number | null;
  isNoindex: boolean;
  finalUrl: string;
  loginStatus: number | null;
  restStatus: number | null;
  certificate: { expiresAt: string; issuer: string } | null;
  /** Of pages that were well, newest last. */
  sizes: number[];
  /** Since when it has been much smaller; after days that is its size. */
  smallSince: string | null;
  first: { isNoindex: boolean; isLoginWell: boolean; isRestWell: boolean };
}

export interface DomainMemory {
  at: string;
  /** The zone that the site's host is in. */
  name: string;
  nameServers: string[];
  /** Before they changed, for as long as that is shown. */
  changed: { was: string[]; since: string } | null;
  status: string[] | null;
  expiresAt: string | null;
  registrar: string | null;
  /** The registry or DNS says that there is no such domain: looks in a row. */
  gone: Row | null;
}
