import { afterAll, beforeAll, expect, test } from 'vitest';
import { nothingLearned } from '../connector/index.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from './add-site.ts';
import { showLimits } from './show-limits.ts';
import { saveLearned } from './store.ts';

const actor = systemActor('test');
let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

test('what the connector learned of a host is told in both languages, and what is unusual is marked', async () => {
  const customer = await addCustomer(platform, actor, { name: 'Bakkerij' });
  const site = (await addSite(platform, actor, { url: 'https://bakkerij.example', customer: customer.id })).id;
  expect(await showLimits(platform, { site })).toEqual({ at: null, facts: [] });
  const learned = { ...nothingLearned, entry: 'ajax', mode: 'y', skewSeconds: -75 };
  await saveLearned(platform.db, site, learned, new Date('2026-11-25T04:00:00Z'));
  const { at, facts } = await showLimits(platform, { site });
  expect(at).toBe('2026-11-25T04:00:00.000Z');
  expect(facts.filter((fact) => fact.unusual).map((fact) => fact.code)).toEqual(['entry', 'answers', 'clock']);
  expect(facts.find((fact) => fact.code === 'clock')).toMatchObject({
    nl: 'De klok van de host loopt 75 s achter.',
    en: 'The host’s clock is 75 s slow.',
  });
  await expect(showLimits(platform, { site: 'nergens' })).rejects.toMatchObject({ code: 'site-not-found' });
});
