import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { connect, type Connection } from './connect.ts';
import { startTestServer, templateDatabase, testServerVariable } from './test-server.ts';

export interface TestDatabase extends Connection {
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

/**
 * A migrated database for one test file, copied from a template (about 50 ms). Under vitest's integration and
 * wordpress projects the server is shared; elsewhere (a benchmark) one is started for this process alone.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  let serverUrl = process.env[testServerVariable];
  let stopServer: (() => Promise<void>) | undefined;
  if (!serverUrl) {
    const server = await startTestServer();
    serverUrl = server.url;
    stopServer = server.stop;
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new URL(serverUrl);
  admin.pathname = '/postgres';
  await runOnce(admin.href, `create database ${name} template ${templateDatabase}`);
  const own = new URL(serverUrl);
  own.pathname = `/${name}`;
  const connection = connect(own.href);
  return {
    ...connection,
    drop: async () => {
      await connection.close();
      await runOnce(admin.href, `drop database ${name} with (force)`);
      await stopServer?.();
    },
  };
}

async function runOnce(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
