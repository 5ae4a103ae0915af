import type { Id, RepositoryApi, Snapshot } from '../restic/types.ts';
import { REPORT_PATH, tagValue } from './rules/snapshot-layout.ts';
import type { SiteReport } from './rules/site-report.ts';

type Repo = Pick<RepositoryApi, 'findNode' | 'readFile' | 'hasBlob'>;

/** Longest report that is read back: 20,000 skips with their reasons. Bytes. */
const LONGEST = 64 * 1024 * 1024;

/**
 * Snapshots whose contents a new one may reuse, newest first: the newest, and the newest complete one when that is
 * another (an incomplete snapshot may lack what the one before it had). Only those with our own tag: a plain
 * `restic backup` into the same repository never becomes a parent.
 */
export function chooseParents(snapshots: readonly Snapshot[], siteId: string): Snapshot[] {
  const ours = snapshots
    .filter((one) => tagValue(one.tags, 'site') === siteId)
    .toSorted((a, b) => b.time.getTime() - a.time.getTime());
  const newest = ours[0];
  const complete = ours.find((one) => tagValue(one.tags, 'complete') === 'yes');
  return [newest, complete].filter((one, i, all): one is Snapshot => one !== undefined && all.indexOf(one) === i);
}

/** What a snapshot says of itself; undefined when it does not (somebody else's) or its blobs are not there. */
export async function readReport(repo: Repo, tree: Id): Promise<SiteReport | undefined> {
  const node = await repo.findNode(tree, [...REPORT_PATH]);
  if (node?.type !== 'file' || node.content === undefined || (node.size ?? 0) > LONGEST) return undefined;
  if (!node.content.every((id) => repo.hasBlob('data', id))) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of repo.readFile(node)) pieces.push(piece);
  const found: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  return isReport(found) ? found : undefined;
}

function isReport(value: unknown): value is SiteReport {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 1 && 'siteTime' in value;
}
