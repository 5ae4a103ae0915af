import { api, queryClient } from '../../api.ts';

/** What every change of a provider brings: the list anew, and whether an SMS can be sent. */
export async function providersChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.messages.key() });
}
