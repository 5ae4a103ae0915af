import { readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffFiles } from './diff-snapshots.ts';
import { makeTestRepository, type TestRepository } from './test-snapshot.ts';
import { prepareFolder, restoreToFolder } from './restore-to-folder.ts';
import { chooseScope, type RestoreScope } from './rules/choose-scope.ts';
import { planFiles, type PathDifference } from './rules/plan-restore.ts';

function scopeOf(files: string[], tables: string[] = []): RestoreScope {
  const choice = chooseScope({ files, tables });
  if (!choice.ok) throw new Error(choice.why);
  return choice.scope;
}

describe('a snapshot into a folder', () => {
  let test: TestRepository;

  beforeAll(async () => {
    test = await makeTestRepository();
  });

  afterAll(async () => {
    await test.remove();
  });

  it('writes what is chosen, and nothing else', async () => {
    const tree = await test.save(
      { 'index.php': 'i', 'wp-content/uploads/a.txt': 'a', 'wp-content/link': { link: 'uploads' } },
      { 'database/load.sql': 'SELECT 1;' },
    );
    const folder = join(test.folder, 'out');
    await prepareFolder(folder);
    await restoreToFolder(test.repository, tree, scopeOf([]), folder);
    expect(await readFile(join(folder, 'files/root/wp-content/uploads/a.txt'), 'utf8')).toBe('a');
    expect(await readlink(join(folder, 'files/root/wp-content/link'))).toBe('uploads');
    expect(await readFile(join(folder, 'database/load.sql'), 'utf8')).toBe('SELECT 1;');

    const part = join(test.folder, 'part');
    await prepareFolder(part);
    await restoreToFolder(test.repository, tree, scopeOf(['wp-content/uploads']), part);
    expect(await readdir(part, { recursive: true })).toEqual([
      'files',
      'files/root',
      'files/root/wp-content',
      'files/root/wp-content/uploads',
      'files/root/wp-content/uploads/a.txt',
    ]);
  });

  it('refuses a folder with something in it, and a path that depends on where we stand', async () => {
    await writeFile(join(test.folder, 'precious'), 'x');
    await expect(prepareFolder(test.folder)).rejects.toMatchObject({ code: 'folder-not-empty' });
    await expect(prepareFolder('out')).rejects.toMatchObject({ code: 'folder-not-absolute' });
  });

  it('plans exactly what differs between two snapshots', async () => {
    const before = await test.save({
      'same.php': 'same',
      'changed.php': 'old',
      'new.php': 'new',
      'wp-content/uploads': null,
      'was-file': 'x',
      'was-folder/in.txt': 'y',
    });
    const after = await test.save({
      'same.php': 'same',
      'changed.php': 'as it was',
      'wp-content/uploads/photo.jpg': 'photo',
      'was-file/now.txt': 'z',
      'was-folder': 'file now',
    });
    const differences: PathDifference<unknown>[] = [];
    for await (const one of diffFiles(test.repository, before, after)) differences.push(one);
    const plan = planFiles(differences, { scope: scopeOf([]), ownState: [], connector: [], skipped: [] });
    expect(plan.operations.map((one) => `${one.op} ${one.path}`)).toEqual([
      'remove was-folder/in.txt',
      'remove was-file',
      'remove was-folder',
      'mkdir was-file',
      'put changed.php',
      'put was-file/now.txt',
      'put was-folder',
      'put wp-content/uploads/photo.jpg',
      'remove new.php',
    ]);
  });
});
