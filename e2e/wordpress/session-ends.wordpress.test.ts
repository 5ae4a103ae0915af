import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../src/connector/index.ts';
import { startPluginSite, type PluginSite } from './plugin-site.ts';

// A worker that is killed leaves its snapshot open on the site. nginx ends it; Apache holds the small padding back and
// notices the lost client only hours later, while the snapshot keeps every table that it has read from being renamed.

let plugin: PluginSite;
let table: { name: string; create: string };

beforeAll(async () => {
  plugin = await startPluginSite({ server: 'apache', fpmChildren: 8 });
  await plugin.site.db.sql('CREATE TABLE wp_log (id int PRIMARY KEY, v int); INSERT INTO wp_log VALUES (1,1),(2,2)');
  table = (await plugin.client('direct').database.tables()).find(({ name }) => name === 'wp_log')!;
});
afterAll(async () => {
  await plugin.site.stop();
});

/** Opens a session that has read the table. `vanish` does what the kernel does for a worker that is killed. */
async function openSession(claim: number): Promise<{ id: string; vanish: () => void }> {
  const abort = new AbortController();
  const client = plugin.client('direct', claim);
  const { id } = await client.database.openSession(600_000, abort.signal);
  await client.database.sums([{ name: 'wp_log', bounds: [] }], { session: id });
  return { id, vanish: () => abort.abort() };
}

async function connections(): Promise<number> {
  return await plugin.site.db.count(
    'SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()',
  );
}

const patience = { timeout: 10_000, interval: 100 };

describe('a snapshot whose worker was killed', () => {
  it('ends when another worker comes with a higher claim', async () => {
    const { id, vanish } = await openSession(1);
    expect(await connections()).toBe(1);
    vanish();
    await plugin.client('direct', 2).status();
    await expect.poll(connections, patience).toBe(0);
    const sums = plugin.client('direct', 2).database.sums([{ name: 'wp_log', bounds: [] }], { session: id });
    await expect(sums).rejects.toMatchObject({ code: 'session-gone' });
  });

  it('ends when another is opened, which goes on', async () => {
    const { vanish } = await openSession(2);
    vanish();
    const { id, vanish: endIt } = await openSession(2);
    await expect.poll(connections, patience).toBe(1);
    const sums = await plugin.client('direct', 2).database.sums([{ name: 'wp_log', bounds: [] }], { session: id });
    expect(sums[0]?.[0]?.[0]).toBe(2);
    endIt();
  });

  it('does not keep a restore from swapping tables in', async () => {
    const { vanish } = await openSession(2);
    vanish();
    const client = plugin.client('direct', 2);
    const run = randomBytes(16).toString('hex');
    await client.database.openLoad(run, [table]);
    const sent = { run, drop: [], after: [] };
    // One try: it must not lean on repeats while the lock lasts.
    expect((await client.call('load.swap', sent, { retries: 0 })).end).toMatchObject({ phase: 'swapped' });
    expect((await client.call('load.revert', { run }, { retries: 0 })).end).toMatchObject({ phase: 'reverted' });
    await client.call('load.drop', { run });
  });

  it('ends in the middle of a statement too, which the database stops', async () => {
    const { id, vanish } = await openSession(2);
    await plugin.site.db.sql('CREATE TABLE wp_held (id int PRIMARY KEY) ENGINE=InnoDB');
    const waiting =
      "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE 'Waiting%'";
    const count = async (): Promise<number> => await plugin.site.db.count(waiting);
    const held = plugin.site.db.sql('LOCK TABLES wp_held WRITE; SELECT SLEEP(30)').catch(() => undefined);
    await expect
      .poll(async () => await plugin.site.db.sql('SHOW OPEN TABLES WHERE In_use > 0'), patience)
      .not.toEqual([]);
    const client = plugin.client('direct', 2);
    const args = { session: id, tables: [{ name: 'wp_held', bounds: [] }] };
    const failed = client.call('db.sums', args, { retries: 0 }).catch((error: unknown) => error);
    await expect.poll(count, patience).toBe(1);
    vanish();
    await plugin.client('direct', 3).status();
    await expect.poll(count, patience).toBe(0);
    expect(await failed).toBeInstanceOf(ConnectorError);
    const [row] = await plugin.site.db.sql(
      "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = 'SELECT SLEEP(30)'",
    );
    await plugin.site.db.sql(`KILL ${row?.[0]}`);
    await held;
    await expect.poll(connections, patience).toBe(0);
  });

  it('ends by itself when nothing is heard of the platform', async () => {
    const abort = new AbortController();
    const sent = { max_ms: 600_000, silence_ms: 1000, mode: 'p' };
    const frames = plugin.client('direct', 3).stream('db.session.open', sent, { signal: abort.signal });
    expect((await frames.next()).value).toMatchObject({ type: 'J' });
    expect(await connections()).toBe(1);
    abort.abort();
    await expect.poll(connections, patience).toBe(0);
  });

  it('leaves no message in the log of PHP', async () => {
    expect(await plugin.messages()).toBe('');
  });
});
