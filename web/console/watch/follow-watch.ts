import { useEffect } from 'react';
import { api, client, queryClient } from '../../api.ts';
import { followChanges } from '../../follow-changes.ts';
import { questionOf, type WatchSearch } from './search.ts';

/** Keeps the list of the watch as it is on the server. */
export function useLiveWatch(search: WatchSearch): void {
  useEffect(() => {
    const queryKey = api.monitoring.sites.queryKey({ input: questionOf(search) });
    return followChanges({
      open: (signal) => client.monitoring.changes(undefined, { signal }),
      readRows: async (changed) => {
        const shown = new Set(queryClient.getQueryData(queryKey)?.rows.map(({ site }) => site.id));
        const ids = changed.filter((id) => shown.has(id));
        if (ids.length === 0) return;
        const { rows } = await client.monitoring.sites({ ids, pageSize: 200 });
        const fresh = new Map(rows.map((row) => [row.site.id, row]));
        queryClient.setQueryData(queryKey, (page) =>
          page ? { ...page, rows: page.rows.map((row) => fresh.get(row.site.id) ?? row) } : page,
        );
      },
      readAnew: () => {
        void queryClient.invalidateQueries({ queryKey: api.monitoring.sites.key() });
        void queryClient.invalidateQueries({ queryKey: api.monitoring.watchers.key() });
      },
    });
  }, [search]);
}
