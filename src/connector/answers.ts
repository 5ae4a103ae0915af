import { z } from 'zod';
import type { WireCell } from './row-codec.ts';

// Shapes of what a site answers. A site is not trusted: everything is checked here before anybody uses it.

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const text = (max: number): z.ZodString => z.string().max(max);
const identifier = text(256).min(1);

export const WireCellShape: z.ZodType<WireCell> = z.union([
  z.strictObject({ t: z.string() }),
  z.strictObject({ b: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/) }),
  z.null(),
]);
export const KeyTuple = z.array(WireCellShape).min(1).max(32);

export const Status = z.looseObject({
  protocol: z.number().int(),
  plugin: text(40),
  site: text(64).nullish(),
  url: text(2000).nullish(),
  paired_at: z.number().nullish(),
  php: text(40),
  sapi: text(40).nullish(),
  limits: z.looseObject({
    max_execution_time: z.coerce.number().nullish(),
    memory_limit: z.union([z.number(), text(40)]).nullish(),
    post_max_size: z.union([z.number(), text(40)]).nullish(),
    zlib: z.boolean().nullish(),
  }),
  entry: z.enum(['direct', 'rest', 'ajax']).nullish(),
  claim: count.nullish(),
  user: text(200).nullish(),
  disk_free: z.number().nullish(),
  mysql_reachable: z.boolean().nullish(),
  snapshot: z.boolean().nullish(),
});
/** What a site says of itself and its host. */
export type SiteStatus = z.infer<typeof Status>;

const seconds = z.number().int().min(0).max(1e12);
export const Health = z.looseObject({
  entry: z.enum(['direct', 'rest', 'ajax']),
  wordpress: z.boolean(),
  database: z.looseObject({
    ok: z.boolean(),
    ms: z.number().min(0).max(1e7).nullish(),
    errno: count.nullish(),
  }),
  disk: z.looseObject({ free: count, total: count.nullish() }).nullish(),
  fatals: z.looseObject({
    count,
    last: seconds.nullish(),
    message: text(400),
    where: text(120),
    log: count.nullish(),
  }),
  recovery: z.looseObject({ paused: count, mailed: seconds.nullish() }).nullish(),
  cron: z.looseObject({ overdue: count, oldest: seconds, disabled: z.boolean().nullish() }).nullish(),
  public: z.boolean().nullish(),
  home: text(2000).nullish(),
  siteurl: text(2000).nullish(),
  maintenance: seconds.nullish(),
  opcache: z.looseObject({ on: z.boolean(), full: z.boolean(), used: z.number().nullish() }).nullish(),
});
/** How a site is (connector/PROTOCOL.md, `health`). */
export type SiteHealthAnswer = z.infer<typeof Health>;

const fact = z.union([text(2000), z.number(), z.boolean(), z.null()]);
/** Facts of one part: a newer plugin may tell more of them, but no more than a list or a map of single facts deep. */
const InventoryRecord = z
  .object({ kind: text(40) })
  .catchall(z.union([fact, z.array(fact).max(1000), z.record(text(100), fact)]));
export type InventoryRecord = z.infer<typeof InventoryRecord>;
export const Inventory = z.array(InventoryRecord).max(2000);

export const FileRoot = z.looseObject({
  id: z.string().regex(/^(?:root|conf|content|x-[0-9a-f]{8})$/),
  path: text(20_000),
  url: text(2000).nullish(),
});
export type FileRoot = z.infer<typeof FileRoot>;

const time = z
  .number()
  .int()
  .min(-(2 ** 40))
  .max(2 ** 40);
const Entry = z
  .tuple([text(1100), z.enum(['f', 'd', 'l', 'o']), count, time, time, z.number().int().min(0).max(0o777_7777)])
  .rest(text(20_000).nullable());
export const FolderRecord = z.looseObject({
  d: text(20_000),
  e: z.array(Entry).max(200_000),
  more: z.boolean().nullish(),
});
export const SkipRecord = z.looseObject({ skip: text(20_000), why: text(60), detail: text(4000).nullish() });

/** One name in a folder, in wire form. Times: whole Unix seconds; size: bytes. */
export interface FileEntry {
  name: string;
  type: 'f' | 'd' | 'l' | 'o';
  size: number;
  mtime: number;
  ctime: number;
  mode: number;
  target?: string;
}

export const ReadRecord = z.looseObject({
  i: count,
  error: text(60).nullish(),
  size: count.nullish(),
  mtime: time.nullish(),
  ctime: time.nullish(),
  n: count.nullish(),
  eof: z.boolean().nullish(),
  changed: z.boolean().nullish(),
});
export const ReadNext = z.looseObject({ i: count, o: count });

export const HashRecord = z.looseObject({
  i: count,
  error: text(60).nullish(),
  size: count.nullish(),
  mtime: time.nullish(),
  ctime: time.nullish(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
});

const Column = z.looseObject({
  n: identifier,
  t: text(100_000),
  cs: text(64).nullish(),
  null: z.boolean(),
  gen: z.boolean().nullish(),
  inv: z.boolean().nullish(),
  how: z.enum(['text', 'hex', 'num', 'bit', 'geom', 'double']),
});
export const TableRecord = z.looseObject({
  name: identifier,
  kind: z.enum(['table', 'view']),
  engine: text(64).nullish(),
  rows: z.number().min(0).nullish(),
  bytes: z.number().min(0).nullish(),
  collation: text(64).nullish(),
  auto_increment: z.union([z.number(), text(24)]).nullish(),
  columns: z.array(Column).max(4096),
  key: z.array(identifier).max(32),
  create: text(1_000_000),
});
/** A table of the site. `columns` has generated ones too (`gen`): they are not in the row bytes. */
export type SiteTable = z.infer<typeof TableRecord>;
export type SiteColumn = z.infer<typeof Column>;

const SchemaRecord = z.looseObject({
  kind: z.enum(['view', 'trigger', 'routine', 'event', 'server']),
  name: identifier.nullish(),
  table: identifier.nullish(),
  sql: text(4_000_000).nullish(),
  version: text(200).nullish(),
  error: text(4000).nullish(),
  sql_mode: text(2000).nullish(),
  time_zone: text(200).nullish(),
  charset: text(64).nullish(),
});
export type SchemaRecord = z.infer<typeof SchemaRecord>;
// A network of a thousand sites with five of their own each. To put so many in order takes 0.4 s at worst.
export const Schema = z.array(SchemaRecord).max(5000);

const Sum = z.tuple([count, z.string().regex(/^[0-9a-f]{16}$/)]);
export const SumsRecord = z.looseObject({ i: count, from: count, sums: z.array(Sum).max(1_000_000) });
export const LoadedSums = z.looseObject({ from: count, sums: z.array(Sum).max(1_000_000) });

/** Instead of sums or rows when one table cannot be read; the others go on. */
export const TableProblem = z.looseObject({
  i: count,
  error: z.string().regex(/^[a-z0-9-]{1,60}$/),
  message: text(2000).nullish(),
});

export const SumsNext = z.looseObject({ table: count, range: count });

const GroupNumber = z.union([z.number().int(), z.string().regex(/^-?\d{1,24}$/)]);
export const GroupsRecord = z.looseObject({
  i: count,
  groups: z.array(z.tuple([GroupNumber, count, z.string().regex(/^[0-9a-f]{1,16}$/)])).max(1_000_000),
});

export const RowsRecord = z.looseObject({
  i: count,
  table: identifier.nullish(),
  cols: z.array(identifier).max(4096).nullish(),
  end: z.boolean().nullish(),
  last: KeyTuple.nullish(),
});
export const RowsNext = z.looseObject({ i: count, after: KeyTuple.nullish() });

export const StageDone = z.looseObject({ i: count, ok: z.boolean() });
