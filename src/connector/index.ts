export { SiteClient, type SiteClientOptions } from './client.ts';
export type { Answer, AnswerRecord, CallOptions, SiteCaller } from './caller.ts';
export { nothingLearned, type AnswerMode, type Learned } from './call-site.ts';
export { ConnectorError, connectorCodes, siteText, type ConnectorCode } from './errors.ts';
export type {
  FileHash,
  FileListPage,
  FilePart,
  FileRead,
  FolderPart,
  PlanStep,
  SkippedPath,
  StagedFile,
} from './file-commands.ts';
export type {
  FileEntry,
  FileRoot,
  InventoryRecord,
  SchemaRecord,
  SiteHealthAnswer,
  SiteColumn,
  SiteStatus,
  SiteTable,
} from './answers.ts';
export { LARGEST_ROW } from './database-commands.ts';
export type {
  CopyRange,
  GroupSums,
  GroupsRead,
  KeyTuple,
  LoadPart,
  RangeSum,
  RowsPart,
  RowsRead,
  SumsOf,
  TablePart,
} from './database-parts.ts';
export type { SnapshotSession } from './session.ts';
export { lookAtHome, lookForPlugin, type HomeLook, type PluginState } from './look-at-home.ts';
export { exportPrivateKey, importPrivateKey, normalCode, pairSite, type PairInput, type Pairing } from './pair-site.ts';
export { keyIdOf, rawPublicKey, type EntryName, type SiteCredentials } from './sign-request.ts';
export type { Traffic, TransportOptions } from './post-request.ts';
export type { LearnedLimits } from './rules/limits.ts';
export type { RateLimit } from './rules/pace.ts';
export { decodeName, decodePath, encodeName, encodePath, type FileName } from './wire-path.ts';
export {
  decodeRows,
  encodeRows,
  fromWireCell,
  RowScanner,
  toWireCell,
  writeVarint,
  type Cell,
  type WireCell,
} from './row-codec.ts';
