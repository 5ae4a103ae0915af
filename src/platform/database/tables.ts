import type { Kysely } from 'kysely';

/**
 * Every table of the house. It is empty here: each `store.ts` adds its own tables by declaration merging:
 * `declare module '../platform/database/tables.ts' { interface Tables { sites: SiteRow } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface Tables {}

/** The database, or a transaction on it (Kysely's Transaction is a Kysely). */
export type Db = Kysely<Tables>;
