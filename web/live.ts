import { useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { queryClient, retry, retryDelay } from './api.ts';

function watchVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

/**
 * Follows a stream of the API; `data` is its newest event. A lost stream reconnects by itself with growing pauses and
 * `data` stays what it was: `useLive(api.runs.watch.experimental_liveOptions({ input: { run } }), (run) => isOver(run))`.
 * `isOver`: whether the stream has told everything; otherwise a stream that ended is opened again. A tab that nobody
 * sees holds no stream: browsers give a site six connections (HTTP/1.1), all its tabs together.
 */
export function useLive<Data, ErrorType>(
  options: UseQueryOptions<Data, ErrorType>,
  isOver: (data: Data) => boolean,
): UseQueryResult<Data, ErrorType> {
  const isSeen = useSyncExternalStore(watchVisibility, () => document.visibilityState === 'visible');
  const isWanted = isSeen && options.enabled !== false;
  const query = useQuery({
    ...options,
    enabled: isWanted,
    staleTime: 0,
    refetchOnWindowFocus: false,
    retry,
    retryDelay,
  });
  const { data, fetchStatus, isError, refetch } = query;
  const endedEarly = isWanted && fetchStatus === 'idle' && !isError && data !== undefined && !isOver(data);
  const key = JSON.stringify(options.queryKey);
  useEffect(() => {
    // What came stays; only the stream ends.
    if (!isSeen) void queryClient.cancelQueries({ queryKey: options.queryKey, exact: true }, { revert: false });
    // oxlint-disable-next-line react/exhaustive-deps -- the key is new at every rendering; its text says whether it changed
  }, [isSeen, key]);
  useEffect(() => {
    if (!endedEarly) return undefined;
    const timer = setTimeout(() => void refetch(), 1000);
    return () => clearTimeout(timer);
  }, [endedEarly, refetch]);
  return query;
}
