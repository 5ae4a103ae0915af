import { api, queryClient } from '../../api.ts';
import { questionOf, type ListSearch } from './list-search.ts';

/** Asks for what the first page shows while its code is still on its way. Nobody waits for it; errors show on the page. */
export function fetchToday(search: ListSearch): void {
  void queryClient.prefetchQuery(api.overview.today.queryOptions());
  void queryClient.prefetchQuery(api.incidents.list.queryOptions({ input: { open: true, pageSize: 50 } }));
  void queryClient.prefetchQuery(api.overview.sites.queryOptions({ input: questionOf(search) }));
}
