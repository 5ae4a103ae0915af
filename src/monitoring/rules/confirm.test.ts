import { describe, expect, test } from 'vitest';
import { confirm, defaultPolicy, unwatched, type Look, type Step } from './confirm.ts';
import { play, type Trouble } from './simulate.ts';
import type { Verdict } from './verdict.ts';

const up: Verdict = { verdict: 'up' };
const down: Verdict = { verdict: 'down', cause: 'refused', detail: 'ECONNREFUSED' };
const unknown: Verdict = { verdict: 'unknown', cause: 'overload' };

/** Letters: u up, d down, x down here and up elsewhere, D down here and elsewhere, r down while the references fail, ? unknown. */
function watch(letters: string): { steps: Step[]; events: string[]; tookMs: number } {
  let state = unwatched;
  let at = 0;
  const steps: Step[] = [];
  for (const letter of letters) {
    const look: Look = {
      at,
      here: letter === 'u' ? up : letter === '?' ? unknown : down,
      elsewhere: letter === 'D' ? 'down' : letter === 'x' ? 'up' : 'none',
      references: letter === 'r' ? 'failing' : 'fine',
    };
    const step = confirm(state, look);
    steps.push(step);
    state = step.state;
    at += step.nextInMs;
  }
  const last = steps.at(-1);
  return {
    steps,
    events: steps.flatMap((step) => (step.event === null ? [] : [step.event])),
    tookMs: at - (last?.nextInMs ?? 0),
  };
}

describe('an outage', () => {
  test.each<[string, string[]]>([
    ['uuuu', []],
    ['ud', []],
    ['udu', ['blip']],
    ['dD', []],
    ['dDD', ['opened']],
    ['dDDDDDD', ['opened']],
    ['dddd', []],
    ['ddddd', ['opened']],
    ['dxxxxxx', []],
    ['dxxDD', ['opened']],
    ['drrrrrrr', []],
    ['d?D?D', ['opened']],
    ['d????????', []],
    ['dDDuu', ['opened', 'resolved']],
    ['dDDudu', ['opened']],
    ['dDDududuu', ['opened', 'resolved']],
    ['dDDu?u', ['opened', 'resolved']],
    ['dDDrrr', ['opened']],
  ])('%s', (letters, events) => {
    expect(watch(letters).events).toEqual(events);
  });

  test('is confirmed within 35 s of the first failure with a second location, within 70 s alone, and says which', () => {
    const both = watch('dDD');
    expect(both.tookMs).toBeLessThanOrEqual(35_000);
    expect(both.steps.at(-1)?.reason).toEqual({ code: 'confirmed-elsewhere', failures: 3, cause: 'refused' });
    const alone = watch('ddddd');
    expect(alone.tookMs).toBeLessThanOrEqual(70_000);
    expect(alone.steps.at(-1)?.reason).toEqual({ code: 'confirmed-alone', failures: 5, cause: 'refused' });
  });

  test('the first failure is looked at again soon, with the second location and the reference hosts', () => {
    expect(watch('d').steps[0]).toMatchObject({ nextInMs: 17_000, askOthers: true, reason: { code: 'first-failure' } });
  });

  test('that only we see is told once after ten minutes, and wakes nobody', () => {
    const seen = watch(`d${'x'.repeat(100)}`);
    expect(seen.events).toEqual(['partial']);
    expect(seen.steps.findIndex((step) => step.event === 'partial') * defaultPolicy.confirmMs).toBeGreaterThanOrEqual(
      600_000,
    );
  });

  test('that comes and goes is one incident until it was calm for a quarter of an hour', () => {
    const seen = watch(`${'dDDuu'.repeat(6)}${'u'.repeat(20)}`);
    expect(seen.events).toEqual(['opened', 'resolved', 'opened', 'resolved', 'opened', 'resolved']);
    expect(seen.steps.map((step) => step.reason.code)).toContain('flaps');
  });
});

describe('years of short troubles', () => {
  /** The same numbers in every run (mulberry32). */
  function random(seed: number): () => number {
    let a = seed;
    return () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /** Every day one blip of each kind at a random time: about 600 alarms a year for a watch that believes one failure. */
  function blips(days: number, seed: number): Trouble[] {
    const draw = random(seed);
    const day = 86_400_000;
    const troubles: Trouble[] = [];
    for (let at = 0; at < days; at += 1) {
      const when = (): number => (at + draw()) * day;
      troubles.push({ from: when(), forMs: 15_000, hits: 'site' });
      troubles.push({ from: when(), forMs: 20_000, hits: 'here' });
      troubles.push({ from: when(), forMs: 20_000, hits: 'elsewhere' });
      troubles.push({ from: when(), forMs: 90_000, hits: 'ours' });
    }
    return troubles.toSorted((a, b) => a.from - b.from);
  }

  const alarmsAYear = (options: { secondLocation: boolean; policy?: typeof defaultPolicy }): number => {
    const days = 1000;
    let alarms = 0;
    for (let site = 0; site < 200; site += 1) {
      alarms += play(blips(days, site), { phaseMs: (site * 977) % 60_000, ...options }).opened.length;
    }
    return (alarms / (200 * days)) * 365;
  };

  test('wake nobody: at most 0.01 false alarms per site and year with two locations (200,000 site-days)', () => {
    expect(alarmsAYear({ secondLocation: true })).toBeLessThanOrEqual(0.01);
  });

  test('and few with one', () => {
    expect(alarmsAYear({ secondLocation: false })).toBeLessThanOrEqual(0.2);
  });

  test('while a real outage of five minutes among them is always found, and soon', () => {
    for (let site = 0; site < 100; site += 1) {
      const from = 500 * 86_400_000 + site * 777_777;
      const real: Trouble = { from, forMs: 300_000, hits: 'site' };
      const troubles = [...blips(1000, site), real].toSorted((a, b) => a.from - b.from);
      const { opened } = play(troubles, { phaseMs: site * 599, secondLocation: true });
      const found = opened.find((at) => at >= from && at < from + 300_000);
      expect(found, `site ${site}`).toBeDefined();
      expect((found ?? 0) - from).toBeLessThan(60_000 + 3 * 17_000 + 90_000);
    }
  });
});
