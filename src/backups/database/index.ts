export { readAbout, type DatabaseAbout } from './database-folder.ts';
export { objectsFile, type SchemaObject } from './schema-file.ts';
export { dumpDatabase, type DumpInput, type DumpProgress, type DumpReport, type DumpResult } from './dump-database.ts';
export { contentOf, readDatabase, type StoredDatabase, type StoredTable } from './read-database.ts';
export type { ManifestRange, TableManifest } from './manifest.ts';
export {
  planDatabaseRestore,
  restoreDatabase,
  type RestoreInput,
  type RestoreProgress,
  type RestoreResult,
} from './restore-database.ts';
export type { TablePlan } from './rules/plan-restore.ts';
