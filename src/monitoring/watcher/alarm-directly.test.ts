import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SendError } from '../../channels/index.ts';
import { escalate } from '../../oncall/rules/escalate.ts';
import { TestClock } from '../../platform/clock.ts';
import { createLog } from '../../platform/log.ts';
import { DirectAlarm } from './alarm-directly.ts';
import type { EmergencyKit } from './emergency-kit.ts';
import { EventLog } from './event-log.ts';
import { newState } from './target.ts';
import type { SeenOutage, WatchEvent } from './watch-event.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'nw-direct-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const minute = 60_000;
const provider = (id: string): EmergencyKit['providers'][number] => ({ id, kind: 'test', config: {}, secrets: {} });
const guard = (id: string): EmergencyKit['guards'][number] => ({ id, name: id, phone: `+31 ${id}`, language: 'nl' });
const kit: EmergencyKit = {
  madeAt: '2026-11-28T00:00:00Z',
  timeZone: 'UTC',
  guards: [guard('anna'), guard('bob')],
  spans: [{ from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z', guards: ['anna', 'bob'] }],
  policy: { receiptMs: minute, callMs: 3 * minute, nextMs: 5 * minute, rounds: 3 },
  providers: [provider('p1'), provider('p2')],
  usedCodes: { anna: [1] },
};

let clock: TestClock;
let folder: string;
let events: EventLog<WatchEvent>;
let alarm: DirectAlarm;
let sent: string[];
/** Providers that refuse. */
let refuses: Set<string>;
let count = 0;

function open(withKit: EmergencyKit | undefined = kit): void {
  events = new EventLog(folder);
  alarm = new DirectAlarm({
    clock,
    log: createLog('silent'),
    events,
    timeScale: 1,
    kit: () => withKit,
    rules: {
      next: (now, given, policy) => {
        const action = escalate(now, { ...given, canCall: false }, policy);
        return action.do === 'send' ? action : undefined;
      },
      text: ({ url, others, code }) => `${new URL(url).host} +${others} ${code}A`,
      openSender: ({ id }) => ({
        send: ({ to, text }) => {
          if (refuses.has(id)) return Promise.reject(new SendError('refused'));
          sent.push(`${id} ${to}: ${text}`);
          return Promise.resolve({ providerRef: null, state: 'accepted' });
        },
        close: () => Promise.resolve(),
      }),
    },
  });
}

beforeEach(() => {
  clock = new TestClock('2026-11-28T03:00:00Z');
  folder = path.join(root, String(++count));
  sent = [];
  refuses = new Set();
  open();
});

afterEach(() => events.close());

/** `lookedMs`: how long the look took that confirmed it. */
async function goOut(name: string, more: Partial<SeenOutage> = {}, lookedMs = 0): Promise<void> {
  const toldAt = clock.now().getTime();
  const at = toldAt - lookedMs;
  const seen: SeenOutage = {
    targetId: name,
    siteId: name,
    kind: 'outage',
    url: `https://${name}.nl`,
    firstFailureAt: at - minute,
    confirmedAt: at,
    cause: 'refused',
    detail: 'ECONNREFUSED',
    reason: {},
    address: null,
    watcher: 'w',
    inMaintenance: false,
    quietUntil: null,
    ...more,
  };
  await events.append({ type: 'opened', at, toldAt, seen, state: newState({ id: name, no: 1 }), afterWork: false });
}

async function after(ms: number): Promise<string[]> {
  clock.advance(ms);
  sent.length = 0;
  await alarm.carryOn();
  return [...sent];
}

describe('an alarm without the database', () => {
  test('waits ten seconds for it, and is sent once with the next free number', async () => {
    await goOut('brood');
    expect(await after(9000)).toEqual([]);
    expect(await after(1000)).toEqual(['p1 +31 anna: brood.nl +0 2A']);
    expect(await after(20_000)).toEqual([]);
  });

  test('waits as long after a look at a site that is too slow: the look is no waiting', async () => {
    await goOut('brood', { cause: 'too-slow' }, 10_000);
    expect(await after(9000)).toEqual([]);
    expect(await after(1000)).toEqual(['p1 +31 anna: brood.nl +0 2A']);
  });

  test('takes the second path after a minute without a receipt, the next guard after five, and then nobody again', async () => {
    await goOut('brood');
    expect(await after(10_000)).toHaveLength(1);
    expect(await after(minute)).toEqual(['p2 +31 anna: brood.nl +0 2A']);
    expect(await after(4 * minute)).toEqual(['p1 +31 bob: brood.nl +0 1A']);
    expect(await after(minute)).toEqual(['p2 +31 bob: brood.nl +0 1A']);
    for (let minutes = 0; minutes < 20; minutes++) expect(await after(minute)).toEqual([]);
  });

  test('goes by the second path at once when the first refuses', async () => {
    refuses.add('p1');
    await goOut('brood');
    expect(await after(10_000)).toEqual([]);
    expect(await after(1000)).toEqual(['p2 +31 anna: brood.nl +0 2A']);
  });

  test('is one message for many sites', async () => {
    for (const name of ['brood', 'wijn', 'kaas']) await goOut(name);
    expect(await after(10_000)).toEqual(['p1 +31 anna: brood.nl +2 2A']);
    expect(events.pending().filter(([, event]) => event.type === 'sent')).toHaveLength(3);
    expect(await after(20_000)).toEqual([]);
  });

  test('is not sent for what is over, nor for our own work while it may last', async () => {
    await goOut('brood');
    const at = clock.now().getTime();
    await events.append({
      type: 'resolved',
      at,
      targetId: 'brood',
      fixedAt: at,
      state: newState({ id: 'brood', no: 1 }),
    });
    await goOut('wijn', { inMaintenance: true, quietUntil: at + 10 * minute });
    expect(await after(9 * minute)).toEqual([]);
    expect(await after(minute)).toEqual(['p1 +31 anna: wijn.nl +0 2A']);
  });

  test('is not sent again by who comes after one that was killed over it', async () => {
    await goOut('brood');
    await after(10_000);
    // Its answer was not written down any more.
    const last = events.pending().findLast(([, event]) => event.type === 'sent')?.[0] ?? 0;
    await events.settle([last]);
    await events.close();
    open();
    expect(events.pending().map(([, event]) => event.type)).toEqual(['opened', 'sending']);
    expect(await after(20_000)).toEqual([]);
  });

  test('needs somebody to ask: without a kit nothing happens', async () => {
    await events.close();
    open({ ...kit, providers: [] });
    await goOut('brood');
    expect(await after(minute)).toEqual([]);
  });
});
