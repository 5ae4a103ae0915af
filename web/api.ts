import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import type { contract } from '../src/contract.ts';

/** The whole API, typed by the contract (only its types: no schema gets into the bundle). */
export type Client = ContractRouterClient<typeof contract>;

export const link = new RPCLink({
  url: () => new URL('/api/rpc', window.location.origin),
  // Another origin cannot send this header without our leave: with the session cookie it is what stops forged requests.
  headers: { 'x-nachtwacht': '1' },
});

/** Calls the API directly: `await client.sites.add({ ... })`. */
export const client: Client = createORPCClient(link);

/**
 * The API for TanStack Query: `useQuery(api.sites.list.queryOptions({ input }))`,
 * `useMutation(api.sites.add.mutationOptions())`, `queryClient.invalidateQueries({ queryKey: api.sites.key() })`.
 * Streams: see `useLive` in `live.ts`.
 */
export const api = createTanstackQueryUtils(client);

/** What the reader of an error needs; `errors.ts` puts it into words. */
export interface ApiError {
  code: string;
  /** HTTP status; 0 = the platform was not reached. */
  status: number;
  message: string;
  nextStep: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  retryable: boolean;
  details: Record<string, unknown>;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const unreached: ApiError = {
  code: 'platform-unreachable',
  status: 0,
  message: '',
  nextStep: '',
  retryable: true,
  details: {},
};

/** The facts of anything that a call threw. */
export function apiErrorOf(thrown: unknown): ApiError {
  if (thrown instanceof ORPCError) {
    const data: unknown = thrown.data;
    const { code, nextStep, retryable, details } = isRecord(data) ? data : {};
    // A proxy before us answers so while the platform is away; our own answers of that kind say their code.
    if ([502, 503, 504].includes(thrown.status) && typeof code !== 'string') return unreached;
    return {
      code: typeof code === 'string' ? code : thrown.code.toLowerCase().replaceAll('_', '-'),
      status: thrown.status,
      message: thrown.message,
      nextStep: typeof nextStep === 'string' ? nextStep : '',
      retryable: typeof retryable === 'boolean' ? retryable : thrown.status >= 500,
      details: isRecord(details) ? details : {},
    };
  }
  // fetch() throws a TypeError when there is no connection.
  if (thrown instanceof TypeError || (thrown instanceof DOMException && thrown.name === 'NetworkError'))
    return unreached;
  return { code: 'unexpected', status: 0, message: String(thrown), nextStep: '', retryable: false, details: {} };
}

/** Waiting time before another try: 1, 2, 4, 8, then 10 seconds. */
export const retryDelay = (failures: number): number => Math.min(1000 * 2 ** failures, 10_000);

/** A lost connection comes back by itself; anything else that may pass is tried twice more; the rest is told at once. */
export function retry(failures: number, thrown: unknown): boolean {
  const { status, retryable } = apiErrorOf(thrown);
  if (status === 0 && retryable) return true;
  return retryable && failures < 2;
}

let whenSignedOut: () => void = () => {};

/** What happens when the session is over: the shell sends the reader to the sign-in page. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler;
}

function watchForSignOut(thrown: unknown): void {
  if (apiErrorOf(thrown).status === 401) whenSignedOut();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watchForSignOut }),
  mutationCache: new MutationCache({ onError: watchForSignOut }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry, retryDelay, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
