import type { Migration } from '../src/platform/database/index.ts';

// On which site a deed was done, and indexes to search the trail. No foreign key: the trail outlives what it is about.
export const up: Migration = async (run) => {
  await run(`
    alter table audit add column site_id text;
    update audit set site_id = sites.id from sites where sites.id = split_part(audit.subject, ':', 2);
    create index audit_by_site on audit (site_id, id desc) where site_id is not null;
    create index audit_by_actor on audit (actor, id desc);
    create index audit_by_action on audit (action, id desc);
    create index audit_by_time on audit (at, id);
    -- What people and programs did, without the house's own nightly work.
    create index audit_by_others on audit (id desc) where actor not like 'system:%';
  `);
};
