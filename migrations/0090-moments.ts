import type { Migration } from '../src/platform/database/index.ts';

// The line of a site's snapshots also shows where they were thinned out, so forgotten ones are looked up as well.
export const up: Migration = async (run) => {
  await run('create index snapshots_of_site on snapshots (site_id, taken_at)');
};
