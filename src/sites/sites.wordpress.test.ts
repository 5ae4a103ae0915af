// Pairing, measuring and unpairing real WordPress sites.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite } from '../../e2e/harness/start-site.ts';
import type { TestSite } from '../../e2e/harness/test-site.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { currentClaim, findRun, raiseClaimTo, startSagaWorker, type SagaWorker } from '../platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { checkSite } from './check-site.ts';
import { addSite, connectToSite, getSiteById, measureSaga, pairWithSite, siteSubject } from './index.ts';
import { measureSite } from './measure-site.ts';
import { forgetPairing, updateSite } from './store.ts';
import { unpairSite } from './unpair-site.ts';

const admin = systemActor('test');
let platform: TestPlatform;
let worker: SagaWorker;
let site: TestSite;
let id: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  worker = await startSagaWorker(platform, [measureSaga], 2);
  site = await startSite({ server: 'nginx', php: 'native' });
  await addCustomer(platform, admin, { name: 'Klant' });
  ({ id } = await addSite(platform, admin, { url: site.url, customer: 'Klant' }));
});
afterAll(async () => {
  // The last test stops the site.
  await worker.stop(5000);
  await platform.close();
});

async function pair(): Promise<void> {
  await pairWithSite(platform, admin, { site: id, code: await site.makePairingCode() });
}

describe('pairing', () => {
  test('with a wrong code is refused, and nothing is paired', async () => {
    await site.makePairingCode();
    const wrong = pairWithSite(platform, admin, { site: id, code: 'AAAAA-AAAAA-AAAAA-AAAAA' });
    await expect(wrong).rejects.toMatchObject({ kind: 'site', nextStep: expect.stringMatching(/./) as string });
    expect((await getSiteById(platform.db, id)).paired_at).toBeNull();
  });

  test('works by the code, keeps the key sealed, and takes the first facts', async () => {
    await pair();
    const row = await getSiteById(platform.db, id);
    expect(row.paired_at).not.toBeNull();
    expect(row.wordpress_version).toMatch(/^\d+\.\d/);
    expect(row.offered_key).toBeNull();
    const kinds = (row.inventory as { kind: string }[]).map((record) => record.kind);
    for (const kind of ['core', 'plugin', 'theme', 'php', 'database']) expect(kinds).toContain(kind);
    // PKCS#8 of an Ed25519 key begins with these bytes; sealed they are nowhere.
    expect(row.private_key?.includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false);
    const client = await connectToSite(platform, id);
    expect((await client.status()).site).toBe(id);
    client.close();
  });

  test('again is refused until it is unpaired', async () => {
    const again = pairWithSite(platform, admin, { site: id, code: 'AAAAA-AAAAA-AAAAA-AAAAA' });
    await expect(again).rejects.toMatchObject({ code: 'paired-already-here' });
  });

  test('that was broken off after the site took the key is found again', async () => {
    const row = await getSiteById(platform.db, id);
    // As if we had been killed between the site's answer and our own note of it: only the offered key is known.
    const key = await platform.secrets.open(`site:${id}:private-key`, row.private_key ?? Buffer.alloc(0));
    await forgetPairing(platform.db, id);
    await updateSite(platform.db, id, { offered_key: await platform.secrets.seal(`site:${id}:offered-key`, key) });
    await pairWithSite(platform, admin, { site: id, code: 'AAAAA-AAAAA-AAAAA-AAAAA' });
    const client = await connectToSite(platform, id);
    expect((await client.files.roots()).map((root) => root.id)).toContain('root');
    client.close();
  });
});

describe('claim numbers', () => {
  test('a run that was overtaken is refused by the site', async () => {
    const subject = siteSubject(id);
    const old = await currentClaim(platform.db, subject);
    const newer = await connectToSite(platform, id, { claim: old + 2 });
    await newer.status();
    newer.close();
    const stalled = await connectToSite(platform, id, { claim: old + 1 });
    await expect(stalled.status()).rejects.toMatchObject({ code: 'claim' });
    stalled.close();
  });

  test('of a platform whose database was put back are raised by taking the site over', async () => {
    const subject = siteSubject(id);
    const ahead = await connectToSite(platform, id, { claim: 5000 });
    await ahead.status();
    ahead.close();
    await expect(checkSite(platform, admin, { site: id })).rejects.toMatchObject({ code: 'claim' });
    expect(await checkSite(platform, admin, { site: id, takeOver: true })).toMatchObject({
      php: expect.any(String) as string,
    });
    expect(await currentClaim(platform.db, subject)).toBeGreaterThanOrEqual(1_000_000);
    expect(await raiseClaimTo(platform.db, subject, 1)).toBeGreaterThanOrEqual(1_000_000);
  });
});

describe('measuring', () => {
  test('counts every file and byte that is there', async () => {
    const { runId } = await measureSite(platform, admin, site.url);
    for (let tries = 0; tries < 600 && (await findRun(platform.db, runId))?.state !== 'done'; tries++) {
      await platform.clock.sleep(100);
    }
    const run = await findRun(platform.db, runId);
    expect(run).toMatchObject({ state: 'done' });
    const measured = run?.result as { files: number; filesBytes: number; databaseBytes: number; tables: number };
    const seen = await site.runPhp(
      `$n = 0; $b = 0;
       foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator(ABSPATH, FilesystemIterator::SKIP_DOTS)) as $f) {
         if (!$f->isLink() && $f->isFile() && strpos($f->getPathname(), 'nachtwacht-state') === false) { $n++; $b += $f->getSize(); }
       }
       echo json_encode([$n, $b]);`,
    );
    const [files, bytes] = JSON.parse(seen) as [number, number];
    // Our own state folder is not the site's; a log or cache file may have come in between.
    expect(Math.abs(measured.files - files)).toBeLessThanOrEqual(3);
    expect(Math.abs(measured.filesBytes - bytes) / bytes).toBeLessThan(0.001);
    expect(measured.tables).toBeGreaterThanOrEqual(12);
    expect(measured.databaseBytes).toBeGreaterThan(100_000);
    expect(await getSiteById(platform.db, id)).toMatchObject({ files: measured.files, tables: measured.tables });
  });
});

describe('unpairing', () => {
  test('has the site forget the key', async () => {
    const client = await connectToSite(platform, id);
    expect(await unpairSite(platform, admin, { site: id })).toEqual({ siteForgot: true });
    await expect(client.status()).rejects.toMatchObject({ code: 'unpaired' });
    client.close();
    await pair();
  });

  test('a site that is gone is refused, unless forced, and then said so', async () => {
    await site.stop();
    await expect(unpairSite(platform, admin, { site: id })).rejects.toMatchObject({ code: 'unpair-unreachable' });
    expect((await getSiteById(platform.db, id)).paired_at).not.toBeNull();
    expect(await unpairSite(platform, admin, { site: id, force: true })).toEqual({ siteForgot: false });
    expect(await getSiteById(platform.db, id)).toMatchObject({ paired_at: null, private_key: null });
  });
});
