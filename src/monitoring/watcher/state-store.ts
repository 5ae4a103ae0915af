import { sql } from 'kysely';
import { jsonText, type Db } from '../../platform/database/index.ts';
import { readLearning } from '../read-learning.ts';
import type { Watched } from '../rules/confirm.ts';
import { isCause } from '../shown-watch.ts';
import type { TargetState } from './target.ts';

/** Writes how targets are, in one statement; a state that another watcher saw later stays. */
export async function saveStates(db: Db, watcherId: string, states: readonly TargetState[], at: Date): Promise<void> {
  const rows = states.filter((state) => state.checkedAt !== null);
  if (rows.length === 0) return;
  const column = <T>(of: (state: TargetState) => T): T[] => rows.map(of);
  await sql`
    insert into watch_states (target_id, watcher_id, watched, phase, verdict, cause, detail, reason, checked_at, status,
      total_ms, address, certificate_expires_at, certificate_issuer, learnt, updated_at)
    select t.id, ${watcherId}, watched::jsonb, phase, verdict, cause, detail, reason::jsonb, to_timestamp(checked_ms / 1000),
      status, total_ms, address, to_timestamp(expires_ms / 1000), issuer, learnt::jsonb, ${at}
    from unnest(${column((s) => s.targetId)}::text[],
      ${column((s) => jsonText({ ...s.watched, maintained: s.maintained }))}::text[],
      ${column((s) => s.watched.phase)}::text[], ${column((s) => s.verdict)}::text[], ${column((s) => s.cause)}::text[],
      ${column((s) => s.detail)}::text[], ${column((s) => jsonText(s.reason))}::text[],
      ${column((s) => s.checkedAt)}::float8[], ${column((s) => s.status)}::int[], ${column((s) => s.totalMs)}::int[],
      ${column((s) => s.address)}::text[], ${column((s) => s.certificate?.expiresAt ?? null)}::float8[],
      ${column((s) => s.certificate?.issuer ?? null)}::text[], ${column((s) => jsonText(s.learning))}::text[])
      as row (target_id, watched, phase, verdict, cause, detail, reason, checked_ms, status, total_ms, address, expires_ms,
        issuer, learnt)
    join watch_targets t on t.id = row.target_id
    order by t.id
    on conflict (target_id) do update set watcher_id = excluded.watcher_id, watched = excluded.watched,
      phase = excluded.phase, verdict = excluded.verdict, cause = excluded.cause, detail = excluded.detail,
      reason = excluded.reason, checked_at = excluded.checked_at, status = excluded.status, total_ms = excluded.total_ms,
      address = excluded.address, certificate_expires_at = excluded.certificate_expires_at,
      certificate_issuer = excluded.certificate_issuer, learnt = excluded.learnt, updated_at = excluded.updated_at
    where watch_states.checked_at <= excluded.checked_at`.execute(db);
}

/** States of these targets as they were stored last, with who stored them. */
export async function loadStates(
  db: Db,
  targets: readonly { id: string; no: number }[],
): Promise<Map<string, { state: TargetState; watcherId: string }>> {
  const noOf = new Map(targets.map((target) => [target.id, target.no]));
  const rows = await db
    .selectFrom('watch_states')
    .selectAll()
    .where('target_id', 'in', targets.length === 0 ? [''] : [...noOf.keys()])
    .execute();
  return new Map(
    rows.map((row) => {
      const { maintained = false, ...watched }: Watched & { maintained?: boolean } = row.watched;
      const state: TargetState = {
        targetId: row.target_id,
        no: noOf.get(row.target_id) ?? 0,
        watched,
        maintained,
        verdict: row.verdict,
        cause: isCause(row.cause) ? row.cause : null,
        detail: row.detail,
        reason: row.reason,
        checkedAt: row.checked_at.getTime(),
        status: row.status,
        totalMs: row.total_ms,
        address: row.address,
        certificate: row.certificate_expires_at
          ? { expiresAt: row.certificate_expires_at.getTime(), issuer: row.certificate_issuer ?? '' }
          : null,
        learning: readLearning(row.learnt),
      };
      return [row.target_id, { state, watcherId: row.watcher_id }];
    }),
  );
}
