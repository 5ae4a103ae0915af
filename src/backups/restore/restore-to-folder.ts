import { mkdir, readdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { NachtwachtError } from '../../platform/errors.ts';
import type { Id, RepositoryApi } from '../../restic/index.ts';
import type { RestoreScope } from './rules/choose-scope.ts';
import { pathsOf } from './snapshot-contents.ts';

/**
 * Writes the chosen part of a snapshot into a folder that `prepareFolder` has found empty: `files/<root>/…` as on the site, `database/` with
 * SQL that `mariadb` loads by itself. Every byte is checked against the repository. A repeat after a kill writes the same again.
 */
export async function restoreToFolder(
  repository: RepositoryApi,
  tree: Id,
  scope: RestoreScope,
  folder: string,
  options: {
    signal?: AbortSignal;
    onProgress?: (done: { files: number; bytes: number }) => void;
    /** See `RepositoryApi.restore`. */
    openToOwner?: boolean;
  } = {},
): Promise<{ files: number; bytes: number }> {
  const only = pathsOf(scope);
  return repository.restore(tree, folder, { ...(only === undefined ? {} : { only }), verify: true, ...options });
}

/** Refuses a relative path and a folder with anything in it: a restore beside never overwrites. */
export async function prepareFolder(folder: string): Promise<void> {
  if (!isAbsolute(folder) || folder.includes('\0')) {
    throw new NachtwachtError({
      code: 'folder-not-absolute',
      kind: 'bad-input',
      message: `${folder} is not a full path.`,
      nextStep: 'Give the whole path from / on, as the worker may run elsewhere than you.',
      retryable: false,
    });
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) {
    throw new NachtwachtError({
      code: 'folder-not-empty',
      kind: 'conflict',
      message: `There is something in ${folder} already.`,
      nextStep: 'Name a folder that does not exist yet or is empty: nothing is overwritten.',
      retryable: false,
    });
  }
}
