import { expect, test } from 'vitest';
import { judgeSight, seeing, type OwnSigns } from './blind.ts';

const fine: OwnSigns = { overload: false, references: 'fine', resolverFailed: 0 };

function play(signs: [at: number, signs: Partial<OwnSigns>][]): string[] {
  let sight = seeing;
  return signs.map(([at, given]) => {
    const step = judgeSight(sight, { ...fine, ...given }, at * 1000);
    sight = step.sight;
    return step.event ?? (sight.blindSince === null ? '-' : (sight.cause ?? ''));
  });
}

test.each<[string, [number, Partial<OwnSigns>][], string[]]>([
  [
    'all well',
    [
      [0, {}],
      [60, {}],
    ],
    ['-', '-'],
  ],
  [
    'a short trouble is told to nobody',
    [
      [0, { overload: true }],
      [10, { overload: true }],
      [20, {}],
      [40, {}],
    ],
    ['-', '-', '-', '-'],
  ],
  [
    'a trouble that stays, and ends',
    [
      [0, { references: 'failing' }],
      [20, { references: 'failing' }],
      [30, { references: 'failing' }],
      [40, {}],
      [59, {}],
      [60, {}],
    ],
    ['-', 'blind', 'own-network', 'own-network', 'own-network', 'sees'],
  ],
  [
    'calm that does not last',
    [
      [0, { overload: true }],
      [20, { overload: true }],
      [30, {}],
      [45, { overload: true }],
      [55, {}],
      [74, {}],
      [75, {}],
    ],
    ['-', 'blind', 'overload', 'overload', 'overload', 'overload', 'sees'],
  ],
  [
    'the resolver, when half of the checks fail by it',
    [
      [0, { resolverFailed: 0.4 }],
      [30, { resolverFailed: 0.6 }],
      [50, { resolverFailed: 0.6 }],
    ],
    ['-', '-', 'blind'],
  ],
])('%s', (_name, signs, events) => {
  expect(play(signs)).toEqual(events);
});
