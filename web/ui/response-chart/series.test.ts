import { describe, expect, test } from 'vitest';
import { phasesOf, stackPhases, summarise, type ResponsePoint } from './series.ts';

const point = (at: number, total: number | null): ResponsePoint => ({
  at,
  dns: 10,
  connect: 20,
  tls: 30,
  firstByte: 100,
  total,
});

describe('a chart of response times', () => {
  test('what the phases leave of the total is the rest, never less than nothing', () => {
    expect(phasesOf(point(0, 200))).toEqual({ dns: 10, connect: 20, tls: 30, firstByte: 100, rest: 40 });
    expect(phasesOf(point(0, 150))?.rest).toBe(0);
    expect(phasesOf({ ...point(0, 80), tls: null, firstByte: null })?.rest).toBe(50);
  });

  test('phases stand on top of each other; no answer is a hole', () => {
    const { times, edges } = stackPhases([point(60_000, 200), point(120_000, null)], 1e9);
    expect(times).toEqual([60, 120]);
    expect(edges).toEqual({
      dns: [10, null],
      connect: [30, null],
      tls: [60, null],
      firstByte: [160, null],
      rest: [200, null],
    });
  });

  test('time in which nobody looked is left open', () => {
    const { times, edges } = stackPhases([point(0, 200), point(60_000, 200), point(600_000, 200)], 120_000);
    expect(times).toEqual([0, 60, 330, 600]);
    expect(edges.rest).toEqual([200, 200, null, 200]);
  });

  test('median and 95th of what answered', () => {
    const points = Array.from({ length: 100 }, (_, at) => point(at, at + 1));
    expect(summarise([...points, point(200, null)])).toEqual({ median: 51, p95: 96 });
    expect(summarise([point(0, null)])).toBeUndefined();
  });
});
