import { expect, test } from 'vitest';
import type { SiteClient } from '../../connector/index.ts';
import { commitFiles } from './swap-files.ts';

test('a site that goes on naming folders that stayed fills nothing', async () => {
  const left = Array.from({ length: 3000 }, (_, i) => `wp-content/folder-${i}`);
  const commit: SiteClient['files']['commit'] = async (_run, onProgress) => {
    for (let done = 0; done < 500; done++) onProgress?.({ done, left });
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that it asks of a client
  const site = { files: { commit } } as unknown as SiteClient;
  let progress = 0;
  const swapped = await commitFiles(site, 'run', () => progress++);
  expect(swapped.left).toEqual(left.slice(0, 100));
  expect(progress).toBe(500);
});
