import { describe, expect, it } from 'vitest';
import { chooseScope, type ChosenPath, type RestoreScope } from './choose-scope.ts';
import { planFiles, planTables, unknownChoices, type PathDifference, type PathState } from './plan-restore.ts';

function scopeOf(files: string[] = [], tables: string[] = []): RestoreScope {
  const choice = chooseScope({ files, tables });
  if (!choice.ok) throw new Error(choice.why);
  return choice.scope;
}

const at = (path: string): ChosenPath => ({ root: 'root', path });
const file = (size: number, mode = 0o644): PathState => ({ type: 'file', size, mode });
const dir: PathState = { type: 'dir', size: 0, mode: 0o755 };

function difference(
  path: string,
  before: PathState | undefined,
  after: PathState | undefined,
  contentChanged = true,
): PathDifference<string> {
  return { root: 'root', path, before, after, contentChanged, source: `blobs of ${path}` };
}

const ground = {
  scope: scopeOf(),
  ownState: [at('wp-content/nachtwacht-state')],
  connector: [at('wp-content/plugins/nachtwacht')],
  skipped: [at('wp-content/cache')],
};

describe('planFiles', () => {
  it('counts what is added, changed and removed, and says how many bytes travel', () => {
    const plan = planFiles(
      [
        difference('wp-includes', undefined, dir),
        difference('wp-includes/load.php', undefined, file(100)),
        difference('index.php', file(10), file(20)),
        difference('wp-content/evil.php', file(5), undefined),
        difference('wp-content/plugins/bad', dir, undefined),
        difference('wp-content/plugins/bad/bad.php', file(5), undefined),
        difference('readme.html', file(7, 0o600), file(7, 0o644), false),
      ],
      ground,
    );
    expect(plan).toMatchObject({
      added: 1,
      changed: 1,
      removed: 2,
      modesChanged: 1,
      foldersAdded: 1,
      foldersRemoved: 1,
      bytes: 120,
      kept: [],
    });
    expect(plan.operations.map((one) => `${one.op} ${one.path}`)).toEqual([
      'mkdir wp-includes',
      'put wp-includes/load.php',
      'put index.php',
      'chmod readme.html',
      'remove wp-content/plugins/bad/bad.php',
      'remove wp-content/plugins/bad',
      'remove wp-content/evil.php',
    ]);
  });

  it('leaves a path alone of which only the times differ', () => {
    expect(planFiles([difference('a.php', file(1), file(1), false)], ground).operations).toEqual([]);
  });

  it('never touches the state of the connector', () => {
    const plan = planFiles([difference('wp-content/nachtwacht-state/state.php', file(1), undefined)], ground);
    expect(plan.operations).toEqual([]);
    expect(plan.kept).toEqual([{ root: 'root', path: 'wp-content/nachtwacht-state/state.php', why: 'own-state' }]);
  });

  it('does not saw off the branch it sits on: the plugin is completed, never replaced or removed', () => {
    const plugin = 'wp-content/plugins/nachtwacht';
    const plan = planFiles(
      [
        difference(`${plugin}/rescue.php`, file(2), file(1)),
        difference(`${plugin}/new.php`, file(2), undefined),
        difference(`${plugin}/new`, dir, undefined),
        difference(`${plugin}/lost.php`, undefined, file(3)),
      ],
      ground,
    );
    expect(plan.operations.map((one) => `${one.op} ${one.path}`)).toEqual([`put ${plugin}/lost.php`]);
    expect(plan.kept.map((one) => one.why)).toEqual(['connector', 'connector', 'connector']);
  });

  it('keeps the folders above the plugin when the snapshot is from before it', () => {
    const plan = planFiles(
      [
        difference('wp-content/plugins', dir, undefined),
        difference('wp-content/plugins/nachtwacht', dir, undefined),
        difference('wp-content/plugins/nachtwacht/rescue.php', file(2), undefined),
      ],
      ground,
    );
    expect(plan.operations).toEqual([]);
    expect(plan.kept.at(-1)).toMatchObject({ path: 'wp-content/plugins', why: 'holds-kept' });
  });

  it('never removes what the snapshot left out', () => {
    const plan = planFiles([difference('wp-content/cache/page.html', file(9), undefined)], ground);
    expect(plan.operations).toEqual([]);
    expect(plan.kept[0]?.why).toBe('not-in-snapshot');
  });

  it('removes nothing when the snapshot left out more than it lists', () => {
    const plan = planFiles([difference('a.log', file(9), undefined), difference('b.php', file(1), file(2))], {
      ...ground,
      skippedIsPartial: true,
    });
    expect(plan.operations.map((one) => one.op)).toEqual(['put']);
    expect(plan.kept[0]?.why).toBe('skips-unknown');
  });

  it('clears a folder out of the way before a file takes its name, and the other way round', () => {
    const plan = planFiles(
      [
        { ...difference('was-folder', dir, undefined), source: undefined },
        difference('was-folder/in', dir, undefined),
        difference('was-folder/in/it.txt', file(1), undefined),
        difference('was-folder', undefined, file(3)),
        difference('was-file', file(1), dir),
        difference('was-file/new.txt', undefined, file(4)),
      ],
      ground,
    );
    expect(plan.operations.map((one) => `${one.op} ${one.path}`)).toEqual([
      'remove was-folder/in/it.txt',
      'remove was-folder/in',
      'remove was-folder',
      'remove was-file',
      'mkdir was-file',
      'put was-folder',
      'put was-file/new.txt',
    ]);
  });

  it('gives a folder that may not be written to its rights when its files are in', () => {
    const plan = planFiles(
      [difference('locked', undefined, { ...dir, mode: 0o555 }), difference('locked/a', undefined, file(1))],
      ground,
    );
    expect(
      plan.operations.map((one) => ('mode' in one ? `${one.op} ${one.path} ${one.mode.toString(8)}` : '')),
    ).toEqual(['mkdir locked 755', 'put locked/a 644', 'chmod locked 555']);
  });

  it('does only what lies in the chosen folders', () => {
    const plan = planFiles(
      [difference('wp-content/uploads/a.jpg', undefined, file(3)), difference('index.php', file(1), file(2))],
      {
        ...ground,
        scope: scopeOf(['wp-content/uploads']),
      },
    );
    expect(plan.operations.map((one) => one.path)).toEqual(['wp-content/uploads/a.jpg']);
  });
});

const row = (name: string, rows: number, digest: string) => ({ name, rows, digest });

describe('planTables', () => {
  const tables = { scope: scopeOf(), own: ['wp_nachtwacht_nonces'], skipped: ['wp_huge'] };

  it('makes lost tables, replaces changed ones, drops new ones and leaves equal ones', () => {
    const changes = planTables(
      [row('wp_posts', 9, 'x'), row('wp_users', 1, 'u'), row('wp_new', 3, 'n')],
      [row('wp_options', 20, 'o'), row('wp_posts', 10, 'p'), row('wp_users', 1, 'u')],
      tables,
    );
    expect(changes).toEqual([
      { name: 'wp_options', action: 'create', rowsNow: undefined, rowsThen: 20, why: 'missing-now' },
      { name: 'wp_posts', action: 'replace', rowsNow: 9, rowsThen: 10, why: 'differs' },
      { name: 'wp_users', action: 'same', rowsNow: 1, rowsThen: 1, why: 'equal' },
      { name: 'wp_new', action: 'drop', rowsNow: 3, why: 'not-then' },
    ]);
  });

  it('loads everything when the database cannot be read', () => {
    expect(planTables(undefined, [row('wp_posts', 10, 'p')], tables)).toMatchObject([
      { action: 'replace', why: 'unknown-now' },
    ]);
  });

  it('keeps our own tables and those that the snapshot left out', () => {
    const changes = planTables([row('wp_nachtwacht_nonces', 1, 'a'), row('wp_huge', 9, 'b')], [], tables);
    expect(changes.map((one) => [one.action, one.why])).toEqual([
      ['kept', 'own-table'],
      ['kept', 'not-in-snapshot'],
    ]);
  });

  it('takes nothing away when tables are chosen by name', () => {
    const changes = planTables(
      [row('wp_posts', 1, 'x'), row('wp_new', 3, 'n')],
      [row('wp_posts', 2, 'p'), row('wp_users', 1, 'u')],
      {
        ...tables,
        scope: scopeOf([], ['wp_posts']),
      },
    );
    expect(changes.map((one) => `${one.action} ${one.name}`)).toEqual(['replace wp_posts']);
  });
});

describe('unknownChoices', () => {
  it('names what neither the snapshot nor the site has', () => {
    const known = { tables: ['wp_posts'], hasPath: (path: ChosenPath) => path.path === 'index.php' };
    expect(unknownChoices(scopeOf(['index.php', 'indx.php'], ['wp_posts', 'wp_psts']), known)).toEqual([
      'indx.php',
      'wp_psts',
    ]);
    expect(unknownChoices(scopeOf(), known)).toEqual([]);
  });
});
