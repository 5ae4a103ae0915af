// `nachtwacht report` and `snapshots` as people type them: what a backup lacks, and whether its database is of one moment.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doneRun } from '../../e2e/harness/cared-site.ts';
import { openSiteRepository } from '../backups/index.ts';
import { backupSite, type BackupResult } from '../backups/make-backup.ts';
import { requestBackup } from '../backups/request-backup.ts';
import { saveTestSnapshot } from '../backups/restore/test-snapshot.ts';
import type { Consistency, SiteReport } from '../backups/rules/site-report.ts';
import { startProtocolSite, type ProtocolSite, type SessionKind } from '../backups/test-protocol-site.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { startSagaWorker, type SagaWorker } from '../platform/saga/index.ts';
import type { TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { openTestCommand, type TestCommand } from './test-command.ts';

const admin = systemActor('test');
const sites: ProtocolSite[] = [];
let command: TestCommand;
let platform: TestPlatform;
let worker: SagaWorker;

beforeAll(async () => {
  command = await openTestCommand();
  platform = command.platform;
  await addCustomer(platform, admin, { name: 'Bakkerij' });
  worker = await startSagaWorker(platform, [backupSite], 1);
});
afterAll(async () => {
  await worker.stop(5000);
  for (const site of sites) site.close();
  await command.close();
});

async function run(args: string[], language = 'en'): Promise<string> {
  const { code, out, err } = await command.run([...args, '--lang', language], { environment: { TZ: 'UTC' } });
  if (code !== 0) throw new Error(`ended with ${String(code)}: ${err}`);
  return out;
}

describe('the report of a snapshot', () => {
  /** A snapshot that says this of itself, in the site's own repository. */
  async function putReport(host: string, report: Partial<SiteReport>): Promise<string> {
    const { id } = await addSite(platform, admin, { url: `https://${host}`, customer: 'Bakkerij' });
    const whole = {
      format: 1,
      siteTime: 0,
      complete: false,
      files: { files: 1200, folders: 3, links: 0, bytes: 9 },
      skipped: [],
      skippedCounts: {},
      changedWhileRead: [],
      ...report,
    };
    const repository = await openSiteRepository(platform, id);
    const saved = await saveTestSnapshot(
      repository,
      id,
      { 'index.php': 'x' },
      { 'nachtwacht/report.json': JSON.stringify(whole) },
    );
    await repository.close();
    await platform.connection.pool.query(
      `insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
       values ($1, $2, 'test', 'daily', now(), now(), false, false, '[]', '{}')`,
      [saved.id, id],
    );
    return saved.id.slice(0, 8);
  }

  test('names every table and path that is missing, with the reason, and counts those beyond the list', async () => {
    const snapshot = await putReport('gaten.nl', {
      database: {
        held: true,
        consistent: false,
        why: 'The host ended the snapshot before all tables were read: some tables are of a later moment.',
        consistency: 'ended-early',
        tables: 11,
        rows: 4321,
        bytes: 1,
        skipped: [
          { name: 'wp_log', why: 'no-columns', detail: 'The server could not say its columns: it may be crashed.' },
          { name: 'wp_big', why: 'db-error', detail: 'The site could not do it (db-error): wp_big: errno 145.' },
          { name: 'wp_odd', why: 'answer-invalid', detail: 'The site says what cannot be.' },
        ],
      },
      skipped: [
        { root: 'root', path: 'wp-content/cache', why: 'excluded-cache' },
        { root: 'root', path: 'private', why: 'unreadable', detail: 'permission denied' },
        { root: 'root', path: 'odd', why: 'site-says', detail: 'too-deep' },
      ],
      skippedCounts: { 'excluded-cache': 1, unreadable: 7001, 'site-says': 1 },
      changedWhileRead: [{ root: 'root', path: 'debug.log', tries: 3 }],
    });
    expect(await run(['report', 'gaten.nl', snapshot])).toBe(
      [
        'INCOMPLETE',
        '1,200 files, 11 tables, 4,321 rows.',
        'The database is not of one moment: The host ended the snapshot before all tables were read: some tables are of a later moment.',
        'Tables that are missing:',
        '  wp_log  the server could not say its columns; it may be damaged (The server could not say its columns: it may be crashed.)',
        '  wp_big  the database refused to read it (The site could not do it (db-error): wp_big: errno 145.)',
        '  wp_odd  The site says what cannot be.',
        'Skipped:',
        '  root:wp-content/cache  cache, the site makes it again',
        '  root:private  the host does not let it be read (permission denied)',
        '  root:odd  the site gives another reason (too-deep)',
        '  and 7,000 more that are not on the list:  the host does not let it be read',
        'Changed while read (kept as last read):',
        '  root:debug.log',
        '',
      ].join('\n'),
    );
    const dutch = await run(['report', 'gaten.nl', snapshot], 'nl');
    expect(dutch).toContain('ONVOLLEDIG\n1.200 bestanden, 11 tabellen, 4.321 rijen.\n');
    expect(dutch).toContain('De database is niet van één moment: de host beëindigde de momentopname te vroeg');
    expect(dutch).toContain('Tabellen die ontbreken:\n  wp_log  de server kon de kolommen niet noemen');
    expect(dutch).toContain(
      '  wp_odd  Het antwoord van de site zegt iets dat niet kan. (The site says what cannot be.)',
    );
    expect(dutch).toContain('  root:private  de host laat het niet lezen (permission denied)\n');
    expect(dutch).toContain('  en nog 7.000 die niet op de lijst staan:  de host laat het niet lezen\n');
  });

  test('says why the database is not there, and never that nothing was skipped', async () => {
    const snapshot = await putReport('dood.nl', {
      database: { held: false, why: 'db-unreachable', detail: 'The site says that its database does not answer.' },
    });
    expect(await run(['report', 'dood.nl', snapshot])).toBe(
      'INCOMPLETE\n1,200 files, 0 tables, 0 rows.\nThe database is not in it: the database of the site does not answer (The site says that its database does not answer.)\n',
    );
    expect(await run(['report', 'dood.nl', snapshot], 'nl')).toContain(
      '\nDe database zit er niet in: de database van de site antwoordt niet (',
    );
  });
});

describe('a database that is not of one moment', () => {
  async function backUp(session: SessionKind): Promise<{ site: ProtocolSite; result: BackupResult; host: string }> {
    const site = await startProtocolSite(session);
    sites.push(site);
    const { id } = await addSite(platform, admin, { url: site.url, customer: 'Bakkerij', allowHttp: true });
    await site.pairWith(platform, id);
    const { runId } = await requestBackup(platform, admin, { site: id });
    return { site, result: await doneRun<BackupResult>(platform, runId), host: id };
  }

  test('one snapshot that the host keeps open makes it so', async () => {
    const { site, result, host } = await backUp('kept');
    expect(result).toMatchObject({ complete: true, consistent: true, figures: { files: 1, tables: 1, rows: 2 } });
    expect(site.commands).toContain('db.rows+session');
    expect(site.commands).not.toContain('db.rows');
    expect(site.commands).toContain('db.session.close+session');
    expect(await run(['snapshots', host])).toMatch(/ good {2}/);
    expect(await run(['report', host, result.snapshotId.slice(0, 8)])).toBe(
      '1 file, 1 table, 2 rows.\nNothing was skipped.\n',
    );
  });

  test.each<[SessionKind, Consistency, why: string, reads: string[], dutch: string]>([
    [
      'refused',
      'not-allowed',
      'The host does not allow one snapshot (no-session): tables are of slightly different moments.',
      ['db.rows'],
      'de host staat geen vaste momentopname toe',
    ],
    [
      'ended',
      'ended-early',
      'The host ended the snapshot before all tables were read: some tables are of a later moment.',
      ['db.rows+session', 'db.rows'],
      'de host beëindigde de momentopname te vroeg',
    ],
  ])('a snapshot that was %s: all is read all the same, and the report says so', async (...row) => {
    const [session, consistency, why, reads, dutch] = row;
    const { site, result, host } = await backUp(session);
    expect(result).toMatchObject({ complete: true, consistent: false, figures: { tables: 1, rows: 2 } });
    expect(site.commands.filter((one) => one.startsWith('db.rows'))).toEqual(reads);
    const snapshot = result.snapshotId.slice(0, 8);
    const report = JSON.parse(await run(['report', host, snapshot, '--json'])) as SiteReport;
    expect(report).toMatchObject({ complete: true, database: { held: true, consistent: false, consistency, why } });
    expect(await run(['snapshots', host])).toContain('good, database not of one moment');
    expect(await run(['snapshots', host], 'nl')).toContain('goed, database niet op één moment');
    expect(await run(['report', host, snapshot])).toContain(`\nThe database is not of one moment: ${why}\n`);
    expect(await run(['report', host, snapshot], 'nl')).toContain(`\nDe database is niet van één moment: ${dutch}`);
  });
});
