import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';
import type { Neighbour } from './rules/group.ts';

/**
 * The sites that live at an address or in its network (`prefix`: `192.0.2.`), as the watch sees them now, and those that
 * an open incident tells of. Things of our own (fire drills) are nobody's neighbours.
 */
export async function listNeighbours(db: Db, address: string, prefix: string | null): Promise<Neighbour[]> {
  const { rows } = await sql<{ target_id: string; address: string | null; fails: boolean; since: Date | null }>`
    select t.id as target_id, coalesce(s.address, o.address) as address,
      (o.target_id is not null or s.phase in ('doubted', 'out')) as fails,
      coalesce(o.from_at, to_timestamp((s.watched->>'firstFailureAt')::double precision / 1000)) as since
    from watch_targets t
    left join watch_states s on s.target_id = t.id
    left join lateral (
      select i.target_id, i.address, min(i.from_at) as from_at from incident_sites i
      where i.target_id = t.id and i.to_at is null group by i.target_id, i.address limit 1
    ) o on true
    where t.kind = 'site' and t.enabled
      and (s.address = ${address} or o.address = ${address}
        or (${prefix}::text is not null and (starts_with(s.address, ${prefix}::text) or starts_with(o.address, ${prefix}::text))))
  `.execute(db);
  return rows.map((row) => ({
    targetId: row.target_id,
    address: row.address,
    fails: row.fails,
    since: row.since?.getTime() ?? null,
  }));
}
