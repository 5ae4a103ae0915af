import { useEffect, useState, useSyncExternalStore } from 'react';
import { apiErrorOf, queryClient } from '../api.ts';

/** Whether some question to the platform is being asked again because it was not reached. */
function isReconnecting(): boolean {
  return queryClient
    .getQueryCache()
    .getAll()
    .some(
      ({ state }) =>
        state.fetchStatus !== 'idle' &&
        state.fetchFailureCount > 0 &&
        apiErrorOf(state.fetchFailureReason).status === 0 &&
        apiErrorOf(state.fetchFailureReason).retryable,
    );
}

function subscribe(listener: () => void): () => void {
  const stop = queryClient.getQueryCache().subscribe(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    stop();
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** `back` for a few seconds after the connection returned. */
export type ConnectionState = 'connected' | 'offline' | 'reconnecting' | 'back';

const backShownMs = 4000;

export function useConnection(): ConnectionState {
  const now = useSyncExternalStore(subscribe, () => {
    if (!navigator.onLine) return 'offline';
    return isReconnecting() ? 'reconnecting' : 'connected';
  });
  const [shown, setShown] = useState<ConnectionState>(now);
  if (now !== 'connected' && shown !== now) setShown(now);
  if (now === 'connected' && (shown === 'offline' || shown === 'reconnecting')) setShown('back');
  useEffect(() => {
    if (shown !== 'back') return undefined;
    const timer = setTimeout(() => setShown('connected'), backShownMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown;
}
