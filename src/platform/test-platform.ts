import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Clock } from './clock.ts';
import { readConfig } from './config.ts';
import { createTestDatabase } from './database/test-database.ts';
import { openPlatform, type Platform } from './platform.ts';

export interface TestPlatform extends Platform {
  databaseUrl: string;
}

/**
 * A whole platform on a database and a data folder of its own, for integration tests and benchmarks.
 * `close` removes both. `environment`: settings besides NACHTWACHT_DATA.
 */
export async function openTestPlatform(
  options: { clock?: Clock; environment?: Record<string, string> } = {},
): Promise<TestPlatform> {
  const database = await createTestDatabase();
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'nw-platform-'));
  const config = readConfig({
    NACHTWACHT_LOG: process.env['NACHTWACHT_TEST_LOG'] ?? 'silent',
    NACHTWACHT_ALLOW_PRIVATE: '1',
    ...options.environment,
    NACHTWACHT_DATA: dataFolder,
  });
  const platform = await openPlatform({
    config,
    databaseUrl: database.url,
    migrate: true,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  return {
    ...platform,
    databaseUrl: database.url,
    close: async () => {
      await platform.close();
      await database.drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
