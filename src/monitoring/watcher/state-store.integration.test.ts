import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCustomer } from '../../customers/index.ts';
import { systemActor } from '../../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { addSite } from '../../sites/index.ts';
import { loadStates, saveStates } from './state-store.ts';
import { newState } from './target.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openTestPlatform();
  await addCustomer(platform, systemActor('test'), { name: 'Bakkerij' });
});
afterAll(() => platform.close());

test('text of a page that jsonb refuses does not keep the states of other sites from being written', async () => {
  for (const url of ['https://een.nl', 'https://twee.nl'])
    await addSite(platform, systemActor('test'), { url, customer: 'Bakkerij' });
  const targets = await platform.db.selectFrom('watch_targets').select(['id', 'no']).orderBy('no').execute();
  expect(targets).toHaveLength(2);
  const states = targets.map((target, i) => {
    const state = newState(target);
    const keyword = i === 0 ? 'Voorwaarden \u0000 van \ud83d' : 'Voorwaarden';
    return { ...state, checkedAt: 1_700_000_000_000, learning: { ...state.learning, keyword } };
  });
  await saveStates(platform.db, 'watcher', states, new Date());
  const stored = await loadStates(platform.db, targets);
  const keywords = targets.map(({ id }) => stored.get(id)?.state.learning.keyword);
  expect(keywords).toEqual(['Voorwaarden \ufffd van \ufffd', 'Voorwaarden']);
});
