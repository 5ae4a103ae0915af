import { z } from 'zod';
import { ConnectorError, type SiteClient } from '../../connector/index.ts';
import { NachtwachtError } from '../../platform/errors.ts';

const CommitEnd = z.looseObject({
  done: z.number().int().min(0).nullish(),
  total: z.number().int().min(0).nullish(),
  left: z.array(z.string().max(20_000)).max(10_000).nullish(),
});

/** As many as a restore tells of; a site could go on naming them. */
const MOST_LEFT = 100;

/**
 * Swaps the staged files in, a budget at a time. The site journals every operation, so a kill on either side goes on
 * where it was; when one fails the site puts all back and this throws `files-rolled-back`. `left`: the first hundred
 * folders that had to go but held files that came in since.
 */
export async function commitFiles(
  site: SiteClient,
  run: string,
  onProgress: (done: number, total: number | undefined) => void,
): Promise<{ left: string[] }> {
  const left: string[] = [];
  try {
    await site.files.commit(run, (end) => {
      const said = CommitEnd.safeParse(end);
      if (!said.success) return;
      left.push(...(said.data.left ?? []).slice(0, MOST_LEFT - left.length));
      onProgress(said.data.done ?? 0, said.data.total ?? undefined);
    });
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.details['rolled_back'] !== true) throw error;
    const says = error.details['siteSays'];
    throw new NachtwachtError({
      code: 'files-rolled-back',
      kind: 'site',
      message: `The site could not swap a file and has put all back: ${typeof says === 'string' ? says : error.code}.`,
      nextStep: 'Look at the rights of the files and the room on the disk of the site, then restore again.',
      retryable: false,
      cause: error,
    });
  }
  return { left };
}
