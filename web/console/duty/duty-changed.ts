import { api, queryClient } from '../../api.ts';

/** After a change of guards, rotas or who stands in: everything that shows duty is asked anew. */
export async function dutyChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.oncall.key() });
}
