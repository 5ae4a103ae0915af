import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Language } from '../../src/platform/words.ts';
import { createORPCClient, type Client } from '@orpc/client';
import { apiErrorOf, link } from '../api.ts';

/** Who is signed in, as `account.me` answers. */
export interface Account {
  kind: 'token' | 'person' | 'system';
  name: string;
  email: string | null;
  role: 'operator' | 'guard' | 'customer' | null;
  language: Language | null;
  customer: { id: string; name: string } | null;
  secondFactor: boolean;
  passkeys: number;
}

const stranger: Account = {
  kind: 'token',
  name: '',
  email: null,
  role: 'operator',
  language: null,
  customer: null,
  secondFactor: false,
  passkeys: 0,
};

// To be `client.account` when the contract has it.
const identity: { account: { me: Client<object, undefined, Account, Error> } } = createORPCClient(link);

/** Who is signed in; a platform without accounts counts as an operator's. */
export const accountQuery = queryOptions({
  queryKey: ['account', 'me'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Account> => {
    try {
      return await identity.account.me(undefined, { signal });
    } catch (error) {
      if (apiErrorOf(error).status === 404) return stranger;
      throw error;
    }
  },
});

/** Undefined while it is not known. */
export function useAccount(): Account | undefined {
  return useQuery(accountQuery).data;
}

/** Ends the session and goes to the sign-in page; nothing of it stays in this window. */
export async function signOut(): Promise<void> {
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'x-nachtwacht': '1', 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => undefined);
  window.location.assign('/sign-in');
}
