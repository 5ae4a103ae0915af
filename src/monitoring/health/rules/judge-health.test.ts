import { describe, expect, test } from 'vitest';
import type { FindingCode } from './finding.ts';
import { healthLimits, judgeHealth, type HealthJudgement, type HealthSaid, type PublicPage } from './judge-health.ts';
import type { HealthAnswer, HealthMemory } from './memory.ts';

const start = Date.UTC(2026, 10, 28, 3);
const well: HealthAnswer = {
  at: '2026-11-28T03:00:00.000Z',
  entry: 'direct',
  database: { ok: true, ms: 2, error: null },
  disk: { free: 40e9, total: 80e9 },
  fatals: { count: 5, at: null, message: '', where: '' },
  paused: 0,
  cron: { overdue: 0, oldestSeconds: 0, disabled: false },
  isPublic: true,
  home: 'https://bakkerij.nl',
  siteurl: 'https://bakkerij.nl',
  maintenanceSeconds: null,
  opcache: null,
  clockOffSeconds: 0,
};
const gone: HealthAnswer = {
  ...well,
  database: { ok: false, ms: null, error: 2002 },
  paused: null,
  cron: null,
  isPublic: null,
  home: null,
  siteurl: null,
};
const answer = (over: Partial<HealthAnswer> = {}, logFatals = 0): HealthSaid => ({
  kind: 'answer',
  answer: { ...well, ...over },
  logFatals,
});
const failure = (code: string, databaseGone = false): HealthSaid => ({ kind: 'failure', code, databaseGone });

interface Look {
  /** Seconds since the start. */
  at: number;
  said: HealthSaid;
  page?: { phase: string; verdict?: string; at: number };
}

/** Looks one after the other, as the loop does. */
function looks(all: Look[]): HealthJudgement[] {
  let memory: HealthMemory | null = null;
  return all.map(({ at, said, page }) => {
    const publicPage: PublicPage | null = page
      ? { phase: page.phase, verdict: page.verdict ?? 'up', checkedAt: start + page.at * 1000 }
      : null;
    const done = judgeHealth({ now: start + at * 1000, memory, page: null, said, publicPage });
    ({ memory } = done);
    return done;
  });
}

/** What the last look says of a code; undefined = it cannot tell. */
const last = (all: HealthJudgement[], code: FindingCode) => all.at(-1)?.judged.get(code);

describe('a database that is gone', () => {
  const lost: HealthSaid = { kind: 'answer', answer: gone, logFatals: 0 };
  const hidden = { phase: 'well', at: 1 };

  test('behind a page cache it is found at the third look, with the page seen well meanwhile', () => {
    const all = looks([
      { at: 0, said: lost, page: { phase: 'well', at: -30 } },
      { at: 15, said: lost, page: hidden },
      { at: 30, said: lost, page: hidden },
    ]);
    expect(all.map((one) => one.judged.get('database-gone')?.reason.code)).toEqual([
      undefined,
      undefined,
      'behind-cache',
    ]);
    expect(last(all, 'database-gone')).toMatchObject({ urgency: 'high', facts: { error: 2002 } });
    expect(all.map((one) => one.againInMs)).toEqual([15_000, 15_000, null]);
    expect(all.map((one) => one.wantsPageLook)).toEqual([true, false, false]);
  });

  test.each(['doubted', 'out', 'back'])('the page is %s: the watch has it, nothing is found', (phase) => {
    const page = { phase, verdict: 'down', at: 1 };
    const all = looks([0, 15, 30, 45, 110, 300].map((at) => ({ at, said: lost, page })));
    expect(all.map((one) => one.judged.get('database-gone'))).toEqual(all.map(() => undefined));
    expect(all.at(-1)?.againInMs).toBeNull();
  });

  test('nobody looks at the page: found after 90 s', () => {
    const all = looks([0, 15, 30, 45, 60, 75, 90].map((at) => ({ at, said: lost })));
    expect(all.slice(0, -1).every((one) => !one.judged.has('database-gone'))).toBe(true);
    expect(last(all, 'database-gone')).toMatchObject({ urgency: 'high', reason: { code: 'page-unseen', failures: 7 } });
  });

  test('the watch cannot see at the moment: what was found stays', () => {
    const all = looks([
      ...[0, 15, 30].map((at) => ({ at, said: lost, page: hidden })),
      { at: 90, said: lost, page: { phase: 'well', verdict: 'unknown', at: 80 } },
    ]);
    expect(all.at(-1)?.judged.has('database-gone')).toBe(false);
  });

  test.each([
    ['one look', [lost, answer()]],
    ['two looks', [lost, lost, answer()]],
  ])('%s and it is back: nothing', (_, said) => {
    const all = looks(said.map((one, no) => ({ at: no * 15, said: one, page: hidden })));
    expect(all.map((one) => one.judged.get('database-gone') ?? null)).toEqual(said.map(() => null));
  });

  test('back after it was found: gone from the list', () => {
    const all = looks([
      ...[0, 15, 30].map((at) => ({ at, said: lost, page: hidden })),
      { at: 90, said: answer(), page: hidden },
    ]);
    expect(last(all, 'database-gone')).toBeNull();
  });

  test("WordPress's own text of it counts where the plugin is reached through WordPress only", () => {
    const all = looks([0, 15, 30].map((at) => ({ at, said: failure('site-error', true), page: hidden })));
    expect(last(all, 'database-gone')).toMatchObject({ urgency: 'high', reason: { failures: 3 } });
  });

  test('a plugin that cannot be reached neither ends nor continues it', () => {
    const all = looks([
      { at: 0, said: lost, page: hidden },
      { at: 15, said: failure('timeout'), page: hidden },
      { at: 30, said: failure('timeout'), page: hidden },
      { at: 45, said: lost, page: hidden },
    ]);
    expect(last(all, 'database-gone')).toBeUndefined();
  });

  test('what only the database knows stays as it was', () => {
    const all = looks([{ at: 0, said: lost }]);
    const told = [...(all[0]?.judged.keys() ?? [])];
    expect(told).not.toContain('cron-late');
    expect(told).not.toContain('recovery-mode');
    expect(told).not.toContain('home-changed');
  });
});

describe('limits', () => {
  const GB = 1e9;
  test.each<[string, Partial<HealthAnswer>, FindingCode, boolean]>([
    ['499 MB free', { disk: { free: 499e6, total: 10 * GB } }, 'disk-low', true],
    ['501 MB free', { disk: { free: 501e6, total: 10 * GB } }, 'disk-low', false],
    ['2.9 % of 100 GB', { disk: { free: 2.9 * GB, total: 100 * GB } }, 'disk-low', true],
    ['5.1 GB of 1 TB', { disk: { free: 5.1 * GB, total: 1000 * GB } }, 'disk-low', false],
    ['a quota of 800 MB', { disk: { free: 300e6, total: 800e6 } }, 'disk-low', false],
    ['total not told', { disk: { free: 100e6, total: null } }, 'disk-low', true],
    ['cron an hour late', { cron: { overdue: 3, oldestSeconds: 3600, disabled: null } }, 'cron-late', false],
    ['cron three hours late', { cron: { overdue: 3, oldestSeconds: 10_800, disabled: true } }, 'cron-late', true],
    ['maintenance for 5 minutes', { maintenanceSeconds: 300 }, 'maintenance-left', false],
    ['maintenance for an hour', { maintenanceSeconds: 3600 }, 'maintenance-left', true],
    ['clock 4 minutes behind', { clockOffSeconds: -240 }, 'clock-off', false],
    ['clock 6 minutes behind', { clockOffSeconds: -360 }, 'clock-off', true],
    ['a paused plugin', { paused: 1 }, 'recovery-mode', true],
  ])('%s: %j', (_, over, code, found) => {
    const all = looks([{ at: 0, said: answer(over) }]);
    expect(last(all, code)?.urgency).toBe(found ? 'low' : undefined);
  });

  test('a slow database counts when it is slow three times in a row', () => {
    const slow = answer({ database: { ok: true, ms: 2500, error: null } });
    expect(last(looks([0, 60].map((at) => ({ at, said: slow }))), 'database-slow')).toBeNull();
    expect(last(looks([0, 60, 120].map((at) => ({ at, said: slow }))), 'database-slow')).toMatchObject({
      facts: { ms: 2500 },
    });
    const mixed = [slow, slow, answer(), slow].map((said, no) => ({ at: no * 60, said }));
    expect(last(looks(mixed), 'database-slow')).toBeNull();
  });
});

describe('fatal errors', () => {
  const fatals = (count: number): HealthSaid =>
    answer({ fatals: { count, at: null, message: 'Uncaught Error', where: 'plugin:shop' } });

  test.each<[string, HealthSaid[], number | null]>([
    ['those before the first look do not count', [fatals(50), fatals(50)], null],
    ['two a day are usual', [fatals(5), fatals(7)], null],
    ['three are told', [fatals(5), fatals(8)], 3],
    ['they add up', [fatals(5), fatals(6), fatals(7), fatals(8), fatals(9)], 4],
    ['a counter that began anew', [fatals(50), fatals(4)], 4],
    ['the log, where the counter saw none', [fatals(5), answer({}, 6)], 6],
  ])('%s', (_, said, count) => {
    const found = last(looks(said.map((one, no) => ({ at: no * 60, said: one }))), 'php-fatals');
    expect(found === null ? null : found?.facts['count']).toBe(count);
  });

  test('they are told for a day', () => {
    const later = (hours: number) =>
      last(
        looks([
          { at: 0, said: fatals(0) },
          { at: 60, said: fatals(9) },
          { at: 60 + hours * 3600, said: fatals(9) },
        ]),
        'php-fatals',
      );
    expect(later(23)).toMatchObject({ facts: { count: 9, where: 'plugin:shop' } });
    expect(later(25)).toBeNull();
  });
});

describe('what it was at the first look', () => {
  test('hidden from the beginning is meant, hidden later is told', () => {
    const hidden = answer({ isPublic: false });
    expect(last(looks([{ at: 0, said: hidden }]), 'noindex')).toBeNull();
    const all = looks([answer(), hidden, answer()].map((said, no) => ({ at: no * 60, said })));
    expect(all.map((one) => one.judged.get('noindex')?.facts['by'])).toEqual([undefined, 'setting', undefined]);
  });

  test.each([
    ['https://bakkerij.nl', 'https://casino.example', true],
    ['https://bakkerij.nl', 'https://www.bakkerij.nl', false],
    ['http://bakkerij.nl', 'https://bakkerij.nl/', false],
  ])('home %s, then %s: %s', (was, now, found) => {
    const all = looks([was, now].map((home, no) => ({ at: no * 60, said: answer({ home }) })));
    expect(last(all, 'home-changed') !== null).toBe(found);
  });
});

describe('a silent plugin', () => {
  const page = { phase: 'well', at: 0 };
  test('is told after an hour, while the page answers', () => {
    const silent = [0, 60, 120, 3601].map((at) => ({ at, said: failure('entry-missing'), page }));
    expect(last(looks(silent.slice(0, 3)), 'plugin-silent')).toBeNull();
    expect(last(looks(silent), 'plugin-silent')).toMatchObject({ urgency: 'low', facts: { error: 'entry-missing' } });
    expect(last(looks([...silent, { at: 3700, said: answer(), page }]), 'plugin-silent')).toBeNull();
  });

  test.each(['claim', 'rate-limited', 'no-such-command', 'maintenance'])('%s is not silence', (code) => {
    const all = [0, 60, 120, 4000].map((at) => ({ at, said: failure(code), page }));
    expect(last(looks(all), 'plugin-silent')).toBeNull();
  });

  test('of a site that is out nothing more is told', () => {
    const all = [0, 60, 120, 4000].map((at) => ({ at, said: failure('timeout'), page: { phase: 'out', at: 0 } }));
    expect(last(looks(all), 'plugin-silent')).toBeNull();
  });
});

test('from a lost database to the alarm: within the five minutes at any moment', () => {
  // A look a minute, two more 15 s apart, then the SMS: what is left of 300 s goes to sending.
  const { confirmMs, goneLooks } = healthLimits;
  expect(60_000 + confirmMs * (goneLooks - 1) + 15_000 * goneLooks).toBeLessThan(150_000);
});
