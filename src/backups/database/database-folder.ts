import { z } from 'zod';
import type { SchemaRecord } from '../../connector/index.ts';
import type { RepositoryApi, TreeNode, Writer } from '../../restic/types.ts';
import type { DumpReport } from './dump-database.ts';
import { contentOf, type StoredDatabase } from './read-database.ts';
import { loadFile, objectsFile, schemaObjects, type SchemaObject } from './schema-file.ts';
import type { SnapshotState } from './site-database.ts';
import type { TableDump } from './table-dump.ts';

type FolderWriter = Pick<Writer, 'saveBlob' | 'saveTree'>;

/** What a snapshot says about its database: `about.json` in the folder. */
export interface DatabaseAbout {
  version: 1;
  /** Whether all tables are of one moment, and why, or why not. */
  consistent: boolean;
  consistency: string;
  server: { version: string; sql_mode: string; charset: string };
  /** Views, triggers, routines, events, in the order in which they can be made. */
  objects: SchemaObject[];
  /** What is not in the snapshot, and why. */
  report: DumpReport[];
}

const About = z.object({
  version: z.literal(1),
  consistent: z.boolean(),
  consistency: z.string(),
  server: z.object({ version: z.string(), sql_mode: z.string(), charset: z.string() }),
  objects: z.array(
    z.object({
      kind: z.enum(['view', 'trigger', 'routine', 'event']),
      name: z.string(),
      table: z.string().exactOptional(),
      sql: z.string(),
      sql_mode: z.string().exactOptional(),
    }),
  ),
  report: z.array(
    z.object({
      kind: z.enum(['table', 'object', 'database']),
      name: z.string(),
      code: z.string(),
      message: z.string(),
    }),
  ),
});

/** Nodes of the `database` folder of a snapshot. The same content gives the same nodes. */
export async function databaseFolder(
  writer: FolderWriter,
  dumps: readonly TableDump[],
  timeNs: bigint,
  facts: { schema: readonly SchemaRecord[]; snapshot: SnapshotState; report: DumpReport[] },
): Promise<TreeNode[]> {
  const files: TreeNode[] = [];
  const manifests: TreeNode[] = [];
  for (const dump of dumps) {
    const made = await dump.files(writer, timeNs);
    files.push(made.sql);
    manifests.push(made.manifest);
  }
  const objects = schemaObjects(facts.schema);
  const server = facts.schema.find((record) => record.kind === 'server');
  const about: DatabaseAbout = {
    version: 1,
    consistent: facts.snapshot.consistent,
    consistency: facts.snapshot.reason,
    server: { version: server?.version ?? '', sql_mode: server?.sql_mode ?? '', charset: server?.charset ?? '' },
    objects,
    report: facts.report,
  };
  const names = files.map((node) => String(node.name)).toSorted();
  return [
    await folder(writer, 'tables', files, 0n),
    await folder(writer, 'manifest', manifests, 0n),
    await smallFile(writer, 'load.sql', loadFile(names)),
    await smallFile(writer, 'objects.sql', objectsFile(objects)),
    await smallFile(writer, 'about.json', Buffer.from(`${JSON.stringify(about, null, 1)}\n`, 'utf8')),
  ];
}

/** Nodes with all that is done so far. */
export async function partialFolder(
  writer: FolderWriter,
  dumps: readonly TableDump[],
  timeNs: bigint,
): Promise<TreeNode[]> {
  const files: TreeNode[] = [];
  const manifests: TreeNode[] = [];
  for (const dump of dumps) {
    const made = await dump.partialFiles(writer, timeNs);
    if (made === undefined) continue;
    files.push(made.sql);
    manifests.push(made.manifest);
  }
  return [await folder(writer, 'tables', files, timeNs), await folder(writer, 'manifest', manifests, timeNs)];
}

/** `about.json` of a snapshot's database; undefined when the snapshot has none. */
export async function readAbout(
  repo: Pick<RepositoryApi, 'readFile'>,
  database: StoredDatabase,
): Promise<DatabaseAbout | undefined> {
  const node = database.nodes.get('about.json');
  return node === undefined ? undefined : About.parse(JSON.parse((await contentOf(repo, node)).toString('utf8')));
}

/** A file of few bytes. Its time is fixed, so that the same bytes give the same node. */
async function smallFile(writer: FolderWriter, name: string, bytes: Buffer): Promise<TreeNode> {
  const { id } = await writer.saveBlob('data', bytes);
  return { name, type: 'file', mode: 0o600, mtimeNs: 0n, size: bytes.length, content: [id] };
}

async function folder(writer: FolderWriter, name: string, nodes: TreeNode[], mtimeNs: bigint): Promise<TreeNode> {
  return { name, type: 'dir', mode: 0o700, mtimeNs, subtree: await writer.saveTree(nodes) };
}
