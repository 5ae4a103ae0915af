import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Language } from '../../src/platform/words.ts';
import type { Me } from '../../src/identity/account/contract.ts';
import { client, queryClient } from '../api.ts';
import { chooseLanguage } from './language.ts';
import { chooseTheme } from './theme.ts';

/** Who is signed in, as `account.me` answers. */
export type Account = Me;

/** Who is signed in; a token counts as the role whose rights it has. */
export const accountQuery = queryOptions({
  queryKey: ['account', 'me'],
  staleTime: 60_000,
  queryFn: ({ signal }): Promise<Account> => client.account.me(undefined, { signal }),
});

/** What the account wishes goes before what this browser remembers. */
export function applyView({ kind, language, theme }: Account): void {
  if (kind !== 'person') return;
  if (language !== null) chooseLanguage(language);
  if (theme !== null) chooseTheme(theme);
}

/** A choice that was made here holds on every device of who is signed in. */
export function keepView(choice: { language?: Language; theme?: 'light' | 'dark' | null }): void {
  if (queryClient.getQueryData(accountQuery.queryKey)?.kind !== 'person') return;
  client.account.change(choice).then(
    (me) => queryClient.setQueryData(accountQuery.queryKey, me),
    // It holds in this browser; the account keeps what it had.
    () => undefined,
  );
}

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
