import { describe, expect, test } from 'vitest';
import { groupOf, groupPolicy, leftBehind, networkOf, type Neighbour } from './group.ts';

const at = 1_000_000;
/** `2x 192.0.2.7 out 0`: sites at an address, failing since so many seconds after the first, or `well`. */
function sites(...lines: string[]): Neighbour[] {
  return lines.flatMap((line, group) => {
    const [, count = '', address = '', since] = /^(\d+)x (\S+) (?:out (-?\d+)|well)$/.exec(line) ?? [];
    return Array.from({ length: Number(count) }, (_, i) => ({
      targetId: group === 0 && i === 0 ? 'one' : `s${group}-${i}`,
      address,
      fails: since !== undefined,
      since: since === undefined ? null : at + Number(since) * 1000,
    }));
  });
}

describe('a site that went out, and those of its host', () => {
  const here = '192.0.2.7';
  test.each<[string, string[], [by: string, value: string, failing: number, of: number] | null]>([
    ['alone at its address', ['1x 192.0.2.7 out 0'], null],
    ['two of two are too few', ['2x 192.0.2.7 out 0'], null],
    ['three of three', ['3x 192.0.2.7 out 0'], ['address', here, 3, 3]],
    ['three of six: just half', ['3x 192.0.2.7 out 20', '3x 192.0.2.7 well'], ['address', here, 3, 6]],
    ['three of seven: not half', ['3x 192.0.2.7 out 20', '4x 192.0.2.7 well'], null],
    ['37 of 40', ['37x 192.0.2.7 out 10', '3x 192.0.2.7 well'], ['address', here, 37, 40]],
    // Looks at different sites lie up to a minute apart: 30 s of failing show as 90 s.
    [
      'as far apart as a minute of looks can show',
      ['1x 192.0.2.7 out 0', '2x 192.0.2.7 out 90'],
      ['address', here, 3, 3],
    ],
    ['further apart', ['1x 192.0.2.7 out 0', '2x 192.0.2.7 out 91'], null],
    ['those that were out long before are no collapse', ['1x 192.0.2.7 out 0', '5x 192.0.2.7 out -3600'], null],
    ['the address before the network', ['3x 192.0.2.7 out 0', '9x 192.0.2.8 out 0'], ['address', here, 3, 3]],
    [
      'one each at three addresses of a network',
      ['1x 192.0.2.7 out 0', '1x 192.0.2.8 out 5', '1x 192.0.2.9 out 9'],
      ['network', '192.0.2.0/24', 3, 3],
    ],
    ['a network that is mostly well', ['2x 192.0.2.7 out 0', '1x 192.0.2.8 out 0', '4x 192.0.2.9 well'], null],
    ['a network next door is another', ['2x 192.0.2.7 out 0', '9x 192.0.3.7 out 0'], null],
  ])('%s', (_case, lines, expected) => {
    const found = groupOf({ targetId: 'one', address: here, since: at }, sites(...lines));
    expect(found && [found.by, found.value, found.targets.length, found.of]).toEqual(expected);
  });

  test('sites at an IPv6 address are one host by that address alone', () => {
    const address = '2001:db8::7';
    const there = sites(`3x ${address} out 0`);
    expect(groupOf({ targetId: 'one', address, since: at }, there)).toMatchObject({ by: 'address', value: address });
    expect(
      groupOf({ targetId: 'one', address, since: at }, sites(`1x ${address} out 0`, '9x 2001:db8::8 out 0')),
    ).toBeNull();
    expect(networkOf(address)).toBeNull();
  });

  test('the figures are those of the facts', () => {
    expect(groupPolicy).toEqual({ sites: 3, share: 0.5, withinMs: 30_000, checkEveryMs: 60_000 });
  });
});

describe('what stays behind when a host is back', () => {
  const now = 10_000_000;
  const back = (count: number, agoMs: number) =>
    Array.from({ length: count }, (_, i) => ({ targetId: `b${i}-${agoMs}`, backAt: now - agoMs }));
  const down = (count: number) => Array.from({ length: count }, (_, i) => ({ targetId: `d${i}`, backAt: null }));

  test.each([
    ['nothing is back', down(4), []],
    ['all are back', back(4, 600_000), []],
    ['half is back: the host is not', [...back(2, 600_000), ...down(2)], []],
    ['more than half is back, for three minutes', [...back(3, 180_000), ...down(2)], ['d0', 'd1']],
    ['not for three minutes yet', [...back(3, 179_999), ...down(2)], []],
    ['some only just', [...back(2, 600_000), ...back(1, 1000), ...down(2)], []],
  ])('%s', (_case, members, left) => {
    expect(leftBehind(members, now)).toEqual(left);
  });
});
