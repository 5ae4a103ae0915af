import { useEffect } from 'react';
import { api, client, queryClient } from '../../api.ts';
import { followChanges } from '../../follow-changes.ts';

/** Asks for incidents anew as soon as one changes: the list, or the one that is shown. */
export function useLiveIncidents(): void {
  useEffect(() => {
    const anew = (): void => void queryClient.invalidateQueries({ queryKey: api.incidents.key() });
    return followChanges({
      open: async (signal) => asChanges(await client.incidents.follow(undefined, { signal })),
      readRows: async () => queryClient.invalidateQueries({ queryKey: api.incidents.key() }),
      readAnew: anew,
    });
  }, []);
}

async function* asChanges(stream: AsyncIterable<{ all: boolean; ids: string[] }>) {
  for await (const { all, ids } of stream) yield { all, sites: ids };
}

/** After a deed of the reader: what it changed is asked at once, on every page that shows it. */
export async function incidentsChanged(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.incidents.key() }),
    queryClient.invalidateQueries({ queryKey: api.overview.today.key() }),
  ]);
}
