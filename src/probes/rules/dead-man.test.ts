import { describe, expect, test } from 'vitest';
import {
  afterCut,
  afterSleep,
  beginHearing,
  hear,
  judgeCore,
  notice,
  type Heard,
  type Opinion,
  type Sign,
} from './dead-man.ts';
import { realTimes } from './times.ts';

const s = 1000;
const lives: Sign = { kind: 'beat', watch: 'lives' };
const away: Sign = { kind: 'beat', watch: 'unknown' };
const page: Sign = { kind: 'page', watch: 'not-told' };
const silentSince = (since: number): Sign => ({ kind: 'beat', watch: 'silent', since });

/** Plays signs at moments (seconds) and says what the rule does at `at`, each second judged with `references`. */
function play(
  signs: [atSeconds: number, Sign][],
  at: number,
  given: { references?: 'fine' | 'failing' | 'none'; lastHeard?: number | null } = {},
): { opinion: Opinion; alarmedAt: number | null; endedAt: number | null } {
  const { references = 'fine', lastHeard = null } = given;
  let heard: Heard = beginHearing(0, lastHeard === null ? null : lastHeard * s, realTimes);
  let standing: { reason: 'core-silent' | 'watch-silent' | 'database-away'; since: number } | null = null;
  let opinion: Opinion = { do: 'nothing', why: 'well' };
  let [alarmedAt, endedAt]: [number | null, number | null] = [null, null];
  for (let now = 0; now <= at; now++) {
    for (const [when, sign] of signs) if (when === now) heard = hear(heard, now * s, sign);
    heard = notice(heard, now * s, realTimes);
    opinion = judgeCore(now * s, heard, references, standing, realTimes);
    if (opinion.do === 'alarm') {
      standing = opinion;
      alarmedAt ??= now;
    }
    if (opinion.do === 'end') {
      standing = null;
      endedAt ??= now;
    }
  }
  return { opinion, alarmedAt, endedAt };
}

const every10 = (from: number, to: number, sign: Sign): [number, Sign][] =>
  Array.from({ length: Math.floor((to - from) / 10) + 1 }, (_, index) => [from + index * 10, sign]);

describe('the dead man’s switch', () => {
  test.each<[name: string, signs: [number, Sign][], at: number, alarm: [atSeconds: number, reason: string] | null]>([
    ['beats every 10 s', every10(0, 600, lives), 600, null],
    ['the last beat at 100 s: alarm 90 s later', every10(0, 100, lives), 300, [190, 'core-silent']],
    ['two beats lost', [...every10(0, 100, lives), ...every10(130, 300, lives)], 300, null],
    ['80 s of silence', [...every10(0, 100, lives), ...every10(180, 400, lives)], 400, null],
    ['no beat, but its public page answers', [...every10(0, 100, lives), ...every10(110, 400, page)], 400, null],
    ['the core says that no watcher lives', every10(0, 400, silentSince(0)), 400, [90, 'watch-silent']],
    ['a watcher came back in time', [...every10(0, 60, silentSince(0)), ...every10(70, 300, lives)], 300, null],
    [
      'its database is away for 4 minutes: the watchers alarm by themselves',
      [...every10(0, 240, away), ...every10(250, 500, lives)],
      500,
      null,
    ],
    ['its database is away for longer than 5 minutes', every10(0, 400, away), 400, [300, 'database-away']],
    [
      'the page says that the database is away, the beats fail',
      every10(0, 400, { kind: 'page', watch: 'unknown' }),
      400,
      [300, 'database-away'],
    ],
  ])('%s', (_, signs, at, alarm) => {
    const played = play(signs, at);
    expect(played.alarmedAt).toBe(alarm?.[0] ?? null);
  });

  test('tells since when it heard nothing, and why it waits', () => {
    expect(play(every10(0, 100, lives), 190).opinion).toEqual({ do: 'alarm', reason: 'core-silent', since: 100 * s });
    const waiting = { do: 'nothing', why: 'not-yet', reason: 'core-silent', alarmAt: 190 * s };
    expect(play(every10(0, 100, lives), 150).opinion).toEqual(waiting);
  });

  test('wakes nobody when it is cut off itself', () => {
    const played = play(every10(0, 100, lives), 400, { references: 'failing' });
    expect(played.alarmedAt).toBeNull();
    expect(played.opinion).toEqual({ do: 'nothing', why: 'cut-off', since: 100 * s });
  });

  test('without known hosts of others nothing speaks against the alarm', () => {
    expect(play(every10(0, 100, lives), 400, { references: 'none' }).alarmedAt).toBe(190);
  });

  test('is over when all was well for 30 s, not at the first beat', () => {
    const back = play([...every10(0, 100, lives), ...every10(300, 600, lives)], 600);
    expect(back).toMatchObject({ alarmedAt: 190, endedAt: 330 });
    // One beat in between, and silence again.
    expect(play([...every10(0, 100, lives), [300, lives]], 500).endedAt).toBeNull();
    // The core answers, but no watcher lives yet.
    const signs = [...every10(0, 100, lives), ...every10(300, 400, silentSince(300 * s)), ...every10(410, 600, lives)];
    expect(play(signs, 600).endedAt).toBe(440);
  });

  test('after a restart with the core dead: 30 s to try, silence counts from before', () => {
    expect(play([], 200, { lastHeard: -20 }).alarmedAt).toBe(70);
    // It was off for hours: the core gets its minute and a half from a minute before the start.
    expect(play([], 200, { lastHeard: -20_000 }).alarmedAt).toBe(30);
    expect(play([], 200, { lastHeard: -20_000 }).opinion).toMatchObject({ why: 'still-wrong' });
    // A clock that was set back.
    expect(play([], 200, { lastHeard: 50_000 }).alarmedAt).toBe(90);
  });

  test('when its own network is back, the core gets 30 s to be heard before it is blamed', () => {
    const cutOff = notice(hear(beginHearing(0, null, realTimes), 100 * s, lives), 500 * s, realTimes);
    expect(judgeCore(500 * s, cutOff, 'failing', null, realTimes)).toMatchObject({ why: 'cut-off' });
    const mended = afterCut(cutOff, 500 * s, realTimes);
    expect(judgeCore(501 * s, mended, 'fine', null, realTimes)).toEqual({ do: 'nothing', why: 'just-begun' });
    const heard = hear(mended, 509 * s, lives);
    expect(judgeCore(509 * s, heard, 'fine', null, realTimes)).toEqual({ do: 'nothing', why: 'well' });
    expect(judgeCore(530 * s, mended, 'fine', null, realTimes)).toMatchObject({ do: 'alarm', since: 100 * s });
  });

  test('a machine that slept does not blame the core', () => {
    let heard = hear(beginHearing(0, null, realTimes), 10 * s, lives);
    heard = afterSleep(heard, 3600 * s, 3590 * s, realTimes);
    expect(judgeCore(3600 * s, heard, 'fine', null, realTimes)).toEqual({ do: 'nothing', why: 'well' });
    expect(judgeCore(3625 * s, heard, 'fine', null, realTimes)).toEqual({ do: 'nothing', why: 'just-begun' });
    expect(judgeCore(3690 * s, heard, 'fine', null, realTimes)).toMatchObject({ do: 'alarm', since: 3600 * s });
  });
});
