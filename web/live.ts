import { useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { retry, retryDelay } from './api.ts';

/**
 * Follows a stream of the API; `data` is its newest event. A lost stream reconnects by itself with growing pauses and
 * `data` stays what it was: `useLive(api.runs.watch.experimental_liveOptions({ input: { run } }), (run) => isOver(run))`.
 * `isOver`: whether the stream has told everything; otherwise a stream that ended is opened again.
 */
export function useLive<Data, ErrorType>(
  options: UseQueryOptions<Data, ErrorType>,
  isOver: (data: Data) => boolean,
): UseQueryResult<Data, ErrorType> {
  const query = useQuery({ ...options, staleTime: 0, refetchOnWindowFocus: false, retry, retryDelay });
  const { data, fetchStatus, isError, refetch } = query;
  const endedEarly = fetchStatus === 'idle' && !isError && data !== undefined && !isOver(data);
  useEffect(() => {
    if (!endedEarly) return undefined;
    const timer = setTimeout(() => void refetch(), 1000);
    return () => clearTimeout(timer);
  }, [endedEarly, refetch]);
  return query;
}
