/** What may be the matter with a site beside 'it is out'. A new one needs its words in `words.ts`, nothing else. */
export const findingCodes = [
  'database-gone',
  'database-slow',
  'plugin-silent',
  'disk-low',
  'php-fatals',
  'recovery-mode',
  'cron-late',
  'maintenance-left',
  'clock-off',
  'noindex',
  'home-changed',
  'size-collapse',
  'login-broken',
  'rest-broken',
  'certificate-ends',
  'name-servers-changed',
  'domain-expires',
  'domain-hold',
  'domain-ending',
  'domain-gone',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Why it counts: `words.ts` makes a sentence of it. */
export type FindingReason =
  /** Failing looks in a row, over so long, while visitors still got the page. */
  | { code: 'behind-cache'; failures: number; forMs: number }
  /** Failing looks in a row, and nobody could look at the page itself. */
  | { code: 'page-unseen'; failures: number; forMs: number }
  | { code: 'in-a-row'; failures: number; forMs: number }
  | { code: 'below'; limit: number }
  | { code: 'above'; limit: number }
  | { code: 'was-otherwise'; was: string }
  | { code: 'said-so'; by: string };

/** Plain values that go into the sentence; numbers in the unit of the name (bytes, ms, days, seconds). */
export type FindingFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Finding {
  code: FindingCode;
  /** ISO 8601: first seen. */
  since: string;
  /** high: an incident that wakes the guard; low: waits on the site's page and on Today. */
  urgency: 'high' | 'low';
  facts: FindingFacts;
  reason: FindingReason;
}

/** A finding before it is known since when. */
export type Seen = Omit<Finding, 'since'>;
