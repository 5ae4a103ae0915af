export { runAlone } from './advisory-lock.ts';
export { assertReachable, connect, json, type Connection } from './connect.ts';
export { findEmbedded, startEmbedded, type EmbeddedServer } from './embedded-server.ts';
export { findBinaries, missingLinks } from './binaries.ts';
export { listen, type Listener } from './listen.ts';
export { takeMainProcessLock, type MainProcessLock } from './main-process-lock.ts';
export { knownMigrations, migrate, pendingMigrations, type Migration, type RunSql } from './migrate.ts';
export type { Db, Tables } from './tables.ts';
export { chooseRunAs, type RunAs } from './run-as.ts';
