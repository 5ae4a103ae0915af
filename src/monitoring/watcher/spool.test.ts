import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckResult } from '../results/pack.ts';
import { EventLog } from './event-log.ts';
import { ResultSpool } from './result-spool.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'nw-spool-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder: string;
let count = 0;
beforeEach(() => {
  folder = path.join(root, String(++count));
});

const check = (at: number): CheckResult => ({
  at,
  verdict: 'down',
  cause: 'status',
  status: 503,
  dnsMs: 0,
  connectMs: 12,
  tlsMs: null,
  firstByteMs: 65_000,
  totalMs: 65_010,
});

describe('results on disk', () => {
  test('come back after the process died, in order and as they were', () => {
    const spool = new ResultSpool(folder);
    for (let i = 0; i < 700; i++) spool.append((i % 3) + 1, check(1_800_000_000_000 + i));
    spool.write();
    const next = new ResultSpool(folder);
    const found = next.coldSegments().flatMap((segment) => next.read(segment));
    expect(found).toHaveLength(700);
    expect(found[4]).toEqual({ no: 2, seq: 4, result: { ...check(1_800_000_000_004), firstByteMs: 65_000 } });
    expect(next.pending).toBe(700);
    expect(next.run).not.toBe(spool.run);
  });

  test('a record that was half written, or is no record, is left out', () => {
    const spool = new ResultSpool(folder);
    spool.append(1, check(1));
    spool.write();
    const [name = ''] = readdirSync(folder);
    appendFileSync(path.join(folder, name), Buffer.alloc(24));
    appendFileSync(path.join(folder, name), Buffer.alloc(11, 7));
    const next = new ResultSpool(folder);
    expect(next.coldSegments().flatMap((segment) => next.read(segment))).toHaveLength(1);
  });

  test('a file goes when all of its records are in the database', () => {
    const spool = new ResultSpool(folder, { maxBytes: 1_000_000, segmentBytes: 2400 });
    const seqs = Array.from({ length: 1000 }, (_, i) => {
      const seq = spool.append(1, check(i));
      spool.write();
      return seq;
    });
    expect(readdirSync(folder)).toHaveLength(10);
    spool.release(seqs.slice(0, 500));
    expect(readdirSync(folder)).toHaveLength(5);
    expect(spool.pending).toBe(500);
    spool.release(seqs.slice(500));
    expect(spool.pending).toBe(0);
    expect(readdirSync(folder).length).toBeLessThan(2);
  });

  test('beyond the bound the oldest go first, and are counted', () => {
    const spool = new ResultSpool(folder, { maxBytes: 24_000, segmentBytes: 2400 });
    for (let i = 0; i < 5000; i++) {
      spool.append(1, check(i));
      if (i % 100 === 99) spool.write();
    }
    expect(spool.bytes).toBeLessThanOrEqual(24_000);
    const kept = new ResultSpool(folder);
    const found = kept.coldSegments().flatMap((segment) => kept.read(segment));
    expect(found.at(-1)?.result.at).toBe(4999);
    expect(spool.dropped + found.length).toBe(5000);
    expect(found.length).toBeGreaterThan(850);
  });
});

describe('events on disk', () => {
  test('come back until they are settled, numbered on', async () => {
    const log = new EventLog<{ type: string }>(folder);
    const first = await log.append({ type: 'opened' });
    await log.append({ type: 'sent' });
    await log.settle([first]);
    await log.synced();
    const next = new EventLog<{ type: string }>(folder);
    expect(next.pending().map(([, event]) => event.type)).toEqual(['sent']);
    const last = await next.append({ type: 'resolved' });
    expect(last).toBe(3);
    await next.settle(next.pending().map(([n]) => n));
    await next.close();
    expect(readFileSync(path.join(folder, 'events.jsonl'), 'utf8')).toBe('{"n":3,"done":true}\n');
    expect(new EventLog(folder).size).toBe(0);
    expect(await new EventLog(folder).append({})).toBe(4);
  });

  test('a line that was cut off does not hide the others', async () => {
    const log = new EventLog<{ type: string }>(folder);
    await log.append({ type: 'opened' });
    await log.close();
    appendFileSync(path.join(folder, 'events.jsonl'), '{"n":2,"event":{"ty');
    const next = new EventLog(folder);
    expect(next.size).toBe(1);
    await next.append({ type: 'resolved' });
    await next.close();
    expect(new EventLog(folder).size).toBe(2);
  });
});
