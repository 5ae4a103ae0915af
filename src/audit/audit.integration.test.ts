import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCustomer } from '../customers/index.ts';
import { systemActor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { recordAudit } from './index.ts';
import { searchAudit } from './search-audit.ts';
import { listActions } from './store.ts';

let platform: TestPlatform;
let bakery: string;
let shop: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  const admin = systemActor('test');
  const customer = await addCustomer(platform, admin, { name: 'Bakker' });
  bakery = (await addSite(platform, admin, { url: 'https://bakkerij.nl', customer: customer.id })).id;
  shop = (await addSite(platform, admin, { url: 'https://winkel.nl', customer: customer.id })).id;
  await platform.connection.pool.query('delete from audit');
  const put = (actor: string, action: string, subject: string, day: number, details = {}, site?: string) =>
    recordAudit(
      platform.db,
      { name: actor },
      { action, subject, details, at: new Date(Date.UTC(2026, 7, day)), ...(site ? { site } : {}) },
    );
  await put('person:jan@bureau.nl', 'site-paired', `site:${bakery}`, 1);
  await put('token:deploy', 'backup-requested', `site:${shop}`, 2, { reason: 'before 100% off' });
  await put('system:watch', 'backup-requested', `site:${bakery}`, 3);
  await put('person:piet@bakkerij.nl', 'request-made', 'request:abc', 4, { note: 'logo_is weg' }, bakery);
  await put('person:jan@bureau.nl', 'run-cancelled', `verify:${shop}`, 5);
  await put('person:jan@bureau.nl', 'token-created', 'token:xyz', 6, { name: 'deploy' });
});
afterAll(() => platform.close());

async function found(search: Omit<Parameters<typeof searchAudit>[1], 'limit'>): Promise<string[]> {
  const entries = await searchAudit(platform.db, { limit: 100, ...search });
  return entries.map((entry) => `${new Date(entry.at).getUTCDate()} ${entry.action}`);
}

describe('the trail is found by', () => {
  test.each<[string, Omit<Parameters<typeof searchAudit>[1], 'limit'>, number[]]>([
    ['nothing: all, newest first', {}, [6, 5, 4, 3, 2, 1]],
    ['who', { who: 'JAN' }, [6, 5, 1]],
    ['people', { kind: 'person' }, [6, 5, 4, 1]],
    ['tokens', { kind: 'token' }, [2]],
    ['the house itself', { kind: 'system' }, [3]],
    ['people and tokens', { kind: 'others' }, [6, 5, 4, 2, 1]],
    ['what', { what: 'backup-requested' }, [3, 2]],
    ['one of several', { what: ['site-paired', 'token-created'] }, [6, 1]],
    ['from a moment', { from: '2026-08-05T00:00:00Z' }, [6, 5]],
    ['up to a moment, without it', { to: '2026-08-03T00:00:00Z' }, [2, 1]],
    ['free text in details', { text: 'logo_is' }, [4]],
    ['free text with signs of patterns', { text: '100%' }, [2]],
    ['an underscore is no wildcard', { text: 'log_' }, []],
    ['words of which each stands elsewhere', { text: 'jan bakkerij' }, [1]],
    ['free text in the address of the site', { text: 'winkel' }, [5, 2]],
    ['all together', { who: 'jan', kind: 'person', text: 'winkel', from: '2026-08-02T00:00:00Z' }, [5]],
    ['a page', { before: 0 }, []],
  ])('%s', async (_what, search, days) => {
    expect((await found(search)).map((line) => Number(line.split(' ')[0]))).toEqual(days);
  });

  test('site, by id and by part of its address, whatever the subject is', async () => {
    expect(await found({ site: shop })).toEqual(['5 run-cancelled', '2 backup-requested']);
    expect(await found({ site: 'bakker' })).toEqual(['4 request-made', '3 backup-requested', '1 site-paired']);
  });

  test('pages, without gaps or doubles', async () => {
    const seen: number[] = [];
    for (let before: number | undefined; seen.length < 6;) {
      const page = await searchAudit(platform.db, { limit: 2, before });
      expect(page.length).toBeGreaterThan(0);
      seen.push(...page.map((entry) => new Date(entry.at).getUTCDate()));
      before = page.at(-1)?.id;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test('every action once', async () => {
    expect(await listActions(platform.db)).toEqual([
      'backup-requested',
      'request-made',
      'run-cancelled',
      'site-paired',
      'token-created',
    ]);
  });

  test('an entry tells the site with its address', async () => {
    const [entry] = await searchAudit(platform.db, { limit: 1, what: 'request-made' });
    expect(entry).toMatchObject({ site: { id: bakery, url: 'https://bakkerij.nl' }, details: { note: 'logo_is weg' } });
  });
});
