// How much a site may be asked: its own setting, else the house's.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { exportPrivateKey } from '../connector/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { putHouseSetting } from '../platform/house/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { generateKeyPairSync } from 'node:crypto';
import { addSite } from './add-site.ts';
import { changeSite } from './change-site.ts';
import { connectToSite } from './connect-to-site.ts';
import { getSiteById } from './find-site.ts';
import { savePairing } from './store.ts';

const admin = systemActor('test');
let platform: TestPlatform;
let site: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  const customer = await addCustomer(platform, admin, { name: 'Test' });
  site = (await addSite(platform, admin, { url: 'https://shop.example', customer: customer.id })).id;
  const key = exportPrivateKey(generateKeyPairSync('ed25519').privateKey);
  await savePairing(platform.db, site, {
    privateKey: await platform.secrets.seal(`site:${site}:private-key`, key),
    keyId: 'k',
    url: 'https://shop.example',
    entries: {},
    wordpressVersion: '7.1',
    multisite: false,
    basicAuth: null,
    at: platform.clock.now(),
  });
});
afterAll(() => platform.close());

async function rateInUse(): Promise<unknown> {
  const client = await connectToSite(platform, site);
  client.close();
  return client.rate;
}

test('none is set: no bound beyond politeness', async () => {
  expect(await rateInUse()).toEqual({});
});

test("the house's counts, the site's own goes before it, and null goes back to the house's", async () => {
  const by = { actor: 'test', at: platform.clock.now() };
  await putHouseSetting(platform.db, 'rate', { value: { bytesPerSecond: 2_000_000 } }, by);
  expect(await rateInUse()).toEqual({ bytesPerSecond: 2_000_000 });
  await changeSite(platform, admin, site, { rate: { requestsPerSecond: 2 } });
  expect(await rateInUse()).toEqual({ requestsPerSecond: 2 });
  await changeSite(platform, admin, site, { rate: null });
  expect(await rateInUse()).toEqual({ bytesPerSecond: 2_000_000 });
});

test('only who may change a site may change it', async () => {
  const guard: Actor = { name: 'person:guard', scope: 'operate', kind: 'person' };
  await expect(changeSite(platform, guard, site, { rate: { requestsPerSecond: 9 } })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  expect((await getSiteById(platform.db, site)).rate).toBeNull();
});
