import { useEffect } from 'react';
import { api, client, queryClient, retryDelay } from '../../api.ts';
import { questionOf, type ListSearch } from './list-search.ts';

/** How soon after a change the counts, the order and what waits are asked anew: one question for all changes of a while. */
const wholeAfterMs = 8000;

/**
 * Keeps the list as it is on the server: rows that changed are fetched at once, the rest a little later. Ends its stream
 * while nobody sees the page (a stream takes one of the browser's six connections) and begins anew when somebody does.
 */
export function useLiveSites(search: ListSearch): void {
  useEffect(() => {
    const input = questionOf(search);
    let ending: AbortController | undefined;
    let whole: ReturnType<typeof setTimeout> | undefined;

    const readAnew = (): void => {
      clearTimeout(whole);
      whole = undefined;
      void queryClient.invalidateQueries({ queryKey: api.overview.sites.key() });
      void queryClient.invalidateQueries({ queryKey: api.overview.today.key() });
    };
    const readRows = async (changed: readonly string[]): Promise<void> => {
      const queryKey = api.overview.sites.queryKey({ input });
      const shown = new Set(queryClient.getQueryData(queryKey)?.rows.map((row) => row.id));
      const ids = changed.filter((id) => shown.has(id));
      if (ids.length > 0) {
        const { rows } = await client.overview.sites({ ids, pageSize: 200 });
        const fresh = new Map(rows.map((row) => [row.id, row]));
        queryClient.setQueryData(queryKey, (page) =>
          page ? { ...page, rows: page.rows.map((row) => fresh.get(row.id) ?? row) } : page,
        );
      }
      whole ??= setTimeout(readAnew, wholeAfterMs);
    };
    const follow = async (signal: AbortSignal): Promise<void> => {
      for (let failures = 0; !signal.aborted; failures++) {
        let isFirst = true;
        try {
          for await (const { all, sites } of await client.overview.changes(undefined, { signal })) {
            // The first event says `all`: what the page has just read needs no second reading, except after a gap.
            if (!all) await readRows(sites);
            else if (!isFirst || failures > 0) readAnew();
            isFirst = false;
            failures = 0;
          }
        } catch {
          // Lost: the questions below meet the same trouble, and the banner tells of it.
          if (!signal.aborted) readAnew();
        }
        if (!signal.aborted) await pause(retryDelay(failures), signal);
      }
    };
    const begin = (): void => {
      ending ??= new AbortController();
      void follow(ending.signal);
    };
    const onVisibility = (): void => {
      if (document.hidden) {
        ending?.abort();
        ending = undefined;
      } else if (!ending) {
        readAnew();
        begin();
      }
    };
    if (!document.hidden) begin();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      ending?.abort();
      clearTimeout(whole);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [search]);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
