import type { Platform } from '../../platform/platform.ts';
import { getSite } from '../../sites/index.ts';
import { findSnapshotRow } from '../find-snapshot.ts';
import { compareSnapshots, scopeOf, wholeId, type ChangedFile, type Comparison } from '../restore/index.ts';
import type { Changes } from './contract.ts';
import { neighboursOf } from './store.ts';

const mostTables = 500;

/** What changed from a snapshot until the newest one, or from the one before it until it. Tables that differ only. */
export async function showChanges(
  platform: Platform,
  input: { site: string; snapshot: string; against: 'now' | 'previous' },
): Promise<Changes> {
  const { db } = platform;
  const site = await getSite(db, input.site, { removedToo: true });
  const row = await findSnapshotRow(db, site.id, await wholeId(platform, site.id, input.snapshot));
  const here = { id: row.id, takenAt: row.taken_at.toISOString() };
  if (input.against === 'previous') {
    const { previous } = await neighboursOf(db, site.id, row);
    if (previous === null) return { ...nothing, from: null, to: here, equal: false };
    return shown(await compareSnapshots(platform, site, previous.id, row.id, scopeOf({})));
  }
  const newest = await wholeId(platform, site.id, 'latest');
  if (newest === row.id) return { ...nothing, from: here, to: here, equal: true };
  return shown(await compareSnapshots(platform, site, row.id, newest, scopeOf({})));
}

const nothing: Pick<Changes, 'files' | 'tables'> = {
  files: { added: 0, changed: 0, removed: 0, modesChanged: 0, bytes: 0 },
  tables: { added: 0, changed: 0, removed: 0, same: 0, list: [] },
};

type ChangedTable = Changes['tables']['list'][number];

function shown({ present, wanted, summary }: Comparison): Changes {
  const { added, changed, removed, modesChanged, bytes } = summary.files;
  const kinds = { create: 'added', replace: 'changed', drop: 'removed' } as const;
  const list = summary.tables.changes.flatMap(({ name, action, rowsNow, rowsThen }): ChangedTable[] =>
    action === 'same' || action === 'kept'
      ? []
      : [{ name, kind: kinds[action], rowsBefore: rowsNow ?? null, rowsAfter: rowsThen ?? null }],
  );
  const weight = ({ rowsBefore, rowsAfter }: ChangedTable) => Math.abs((rowsAfter ?? 0) - (rowsBefore ?? 0));
  const of = (kind: ChangedTable['kind']) => list.filter((one) => one.kind === kind).length;
  return {
    from: { id: present.id, takenAt: present.time.toISOString() },
    to: { id: wanted.id, takenAt: wanted.time.toISOString() },
    equal: added + changed + removed + modesChanged + list.length === 0,
    files: { added, changed, removed, modesChanged, bytes },
    tables: {
      added: of('added'),
      changed: of('changed'),
      removed: of('removed'),
      same: summary.tables.changes.filter((one) => one.action === 'same').length,
      list: list.toSorted((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1)).slice(0, mostTables),
    },
  };
}

/** The changed files between two snapshots by page, in the order of their paths. With a scope: those of its preview. */
export async function showChangedFiles(
  platform: Platform,
  input: {
    site: string;
    from: string;
    to: string;
    files?: string[] | undefined;
    tables?: string[] | undefined;
    kind?: ChangedFile['kind'] | undefined;
    search?: string | undefined;
    offset: number;
    limit: number;
  },
) {
  const site = await getSite(platform.db, input.site, { removedToo: true });
  const { files } = await compareSnapshots(platform, site, input.from, input.to, scopeOf(input));
  const wanted = input.search?.toLowerCase() ?? '';
  const found = files.filter(
    (one) =>
      (input.kind === undefined || one.kind === input.kind) &&
      (wanted === '' || one.path.toLowerCase().includes(wanted)),
  );
  const end = input.offset + input.limit;
  return {
    total: found.length,
    next: end < found.length ? end : null,
    files: found.slice(input.offset, end).map(({ path, kind, sizeBefore, sizeAfter }) => ({
      path,
      kind,
      sizeBefore: sizeBefore ?? null,
      sizeAfter: sizeAfter ?? null,
    })),
  };
}
