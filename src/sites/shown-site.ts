import { Rate, type Site } from './contract.ts';
import { judgeSize } from './rules/size-limit.ts';
import type { SiteRow } from './store.ts';

/** A site as the contract shows it: no key, no password, nothing learned. */
export function shownSite(row: SiteRow): Site {
  return {
    id: row.id,
    url: row.url,
    customer: { id: row.customer_id, name: row.customer_name },
    plan: row.backup_plan,
    limitBytes: row.limit_bytes,
    rate: Rate.nullable().catch(null).parse(row.rate),
    createdAt: row.created_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
    pairedAt: row.paired_at?.toISOString() ?? null,
    lastContactAt: row.last_contact_at?.toISOString() ?? null,
    wordpressVersion: row.wordpress_version,
    multisite: row.multisite,
    size: sizeOf(row),
  };
}

function sizeOf(row: SiteRow): Site['size'] {
  if (!row.measured_at) return null;
  const filesBytes = row.files_bytes ?? 0;
  const databaseBytes = row.database_bytes ?? 0;
  return {
    files: row.files ?? 0,
    filesBytes,
    tables: row.tables ?? 0,
    databaseBytes,
    measuredAt: row.measured_at.toISOString(),
    ...judgeSize({ filesBytes, databaseBytes, limitBytes: row.limit_bytes }),
  };
}
