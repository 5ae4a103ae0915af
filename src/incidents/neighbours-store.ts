import { sql } from 'kysely';
import type { Db } from '../platform/database/index.ts';
import type { Neighbour } from './rules/group.ts';

/**
 * The sites that live at an address or in its network (`prefix`: `192.0.2.`), as the watch sees them now, and those that
 * an open incident tells of. Things of our own (fire drills) are nobody's neighbours.
 */
export async function listNeighbours(db: Db, address: string, prefix: string | null): Promise<Neighbour[]> {
  // A prefix is digits and dots.
  const like = prefix === null ? null : `${prefix}%`;
  const { rows } = await sql<{ target_id: string; address: string | null; fails: boolean; since: Date | null }>`
    with there as (
      select target_id from watch_states where address = ${address} or address like ${like}
      union select target_id from incident_sites where to_at is null and (address = ${address} or address like ${like})
    )
    select t.id as target_id, coalesce(s.address, o.address) as address,
      (o.target_id is not null or s.phase in ('doubted', 'out')) as fails,
      coalesce(o.from_at, to_timestamp((s.watched->>'firstFailureAt')::double precision / 1000)) as since
    from there join watch_targets t on t.id = there.target_id
    left join watch_states s on s.target_id = t.id
    left join lateral (
      select i.target_id, i.address, min(i.from_at) as from_at from incident_sites i
      where i.target_id = t.id and i.to_at is null group by i.target_id, i.address limit 1
    ) o on true
    where t.kind = 'site' and t.enabled
  `.execute(db);
  return rows.map((row) => ({
    targetId: row.target_id,
    address: row.address,
    fails: row.fails,
    since: row.since?.getTime() ?? null,
  }));
}
