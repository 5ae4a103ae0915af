import type { Factors, Me } from '../../src/identity/account/contract.ts';
import { api, queryClient } from '../api.ts';

export type { Factors, Me };

/** What a panel about signing in gets. */
export interface FactorsProps {
  factors: Factors;
  email: string;
}

/** After a change of what the person signs in with: everything about him is asked anew. */
export async function accountChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.account.key() });
  await queryClient.invalidateQueries({ queryKey: ['account', 'me'] });
}
