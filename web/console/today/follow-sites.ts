import { useEffect } from 'react';
import { api, client, queryClient } from '../../api.ts';
import { followChanges } from '../../follow-changes.ts';
import { questionOf, type ListSearch } from './list-search.ts';

/** Keeps the list and what waits as they are on the server. */
export function useLiveSites(search: ListSearch): void {
  useEffect(() => {
    const queryKey = api.overview.sites.queryKey({ input: questionOf(search) });
    return followChanges({
      open: (signal) => client.overview.changes(undefined, { signal }),
      readRows: async (changed) => {
        const shown = new Set(queryClient.getQueryData(queryKey)?.rows.map((row) => row.id));
        const ids = changed.filter((id) => shown.has(id));
        if (ids.length === 0) return;
        const { rows } = await client.overview.sites({ ids, pageSize: 200 });
        const fresh = new Map(rows.map((row) => [row.id, row]));
        queryClient.setQueryData(queryKey, (page) =>
          page ? { ...page, rows: page.rows.map((row) => fresh.get(row.id) ?? row) } : page,
        );
      },
      readAnew: () => {
        void queryClient.invalidateQueries({ queryKey: api.overview.sites.key() });
        void queryClient.invalidateQueries({ queryKey: api.overview.today.key() });
      },
    });
  }, [search]);
}
