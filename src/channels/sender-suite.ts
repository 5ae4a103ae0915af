// The one suite that every sender passes. Not a test by itself: senders.integration.test.ts calls it with real servers.
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { SendError, type Outgoing, type Sender } from './sender.ts';

export interface SenderRig {
  /** A sender to a gateway that works. */
  open(): Sender;
  /** The same, at an address where nothing listens. */
  openNowhere(): Sender;
  /** What must never stand in an error. */
  secrets: string[];
  to: string;
  /** Whom this gateway refuses. */
  refused: string;
  /** What it says then; most kinds tell a wrong number from other refusals. */
  refusal?: 'refused';
  state: 'accepted' | 'delivered';
  /** How the gateway behaves from now on; undefined = it cannot do this. */
  set(mode: 'deliver' | 'busy' | 'hang' | 'broken'): void;
  cannot?: readonly ('busy' | 'broken')[];
  /** Texts that the gateway has got, whether or not it said so. */
  got(): Promise<string[]> | string[];
  stop(): Promise<void>;
}

/** Long enough for a machine that is loaded, short enough for a test. */
const patienceMs = 3000;

export function senderSuite(title: string, make: () => Promise<SenderRig>): void {
  describe(`a message by ${title}`, () => {
    let rig: SenderRig;
    const opened: Sender[] = [];
    beforeAll(async () => {
      rig = await make();
    });
    afterEach(async () => {
      rig.set('deliver');
      for (const sender of opened.splice(0)) await sender.close();
    });
    afterAll(() => rig.stop());

    const open = (sender = rig.open()): Sender => {
      opened.push(sender);
      return sender;
    };
    const message = (more: Partial<Outgoing> = {}): Outgoing => ({
      to: rig.to,
      reference: `ref-${randomBytes(6).toString('hex')}`,
      text: `STORING bakkerij.nl ${randomBytes(4).toString('hex')} 7A=ik pak het`,
      ...more,
    });
    const refusal = async (work: Promise<unknown>): Promise<SendError> => {
      const error: unknown = await work.then(
        () => 'it was taken',
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof SendError)) throw new Error(`no SendError: ${String(error)}`);
      for (const secret of rig.secrets) expect(JSON.stringify([String(error), error])).not.toContain(secret);
      return error;
    };
    const count = async (text: string): Promise<number> =>
      (await rig.got()).filter((each) => each.includes(text)).length;

    test('arrives once, whole, and the gateway has taken it', async () => {
      const one = message();
      const sent = await open().send(one, AbortSignal.timeout(20_000));
      expect(sent.state).toBe(rig.state);
      expect(await count(one.text)).toBe(1);
    });

    test('goes beside others at the same time', async () => {
      const sender = open();
      const many = Array.from({ length: 5 }, () => message());
      await Promise.all(many.map((one) => sender.send(one, AbortSignal.timeout(30_000))));
      for (const one of many) expect(await count(one.text)).toBe(1);
    });

    test('to whom the gateway refuses is not tried again', async () => {
      const one = message({ to: rig.refused });
      const error = await refusal(open().send(one, AbortSignal.timeout(20_000)));
      expect(error).toMatchObject({ trouble: rig.refusal ?? 'wrong-recipient', retryable: false, mayHaveGone: false });
      expect(await count(one.text)).toBe(0);
    });

    test('is tried again when the gateway can take nothing now', async () => {
      if (rig.cannot?.includes('busy')) return;
      rig.set('busy');
      const one = message();
      const sender = open();
      const error = await refusal(sender.send(one, AbortSignal.timeout(20_000)));
      expect(error).toMatchObject({ trouble: 'busy', retryable: true, mayHaveGone: false });
      expect(await count(one.text)).toBe(0);
      rig.set('deliver');
      await sender.send(one, AbortSignal.timeout(20_000));
      expect(await count(one.text)).toBe(1);
    });

    test('may have gone when the gateway does not answer: nobody sends it again by this path', async () => {
      rig.set('hang');
      const began = systemClock.monotonicMs();
      const error = await refusal(open().send(message(), AbortSignal.timeout(patienceMs)));
      expect(error).toMatchObject({ trouble: 'timeout', retryable: false, mayHaveGone: true });
      expect(systemClock.monotonicMs() - began).toBeLessThan(patienceMs + 5000);
    });

    test('may have gone when the line breaks before the answer', async () => {
      if (rig.cannot?.includes('broken')) return;
      rig.set('broken');
      const error = await refusal(open().send(message(), AbortSignal.timeout(20_000)));
      expect(error).toMatchObject({ retryable: false, mayHaveGone: true });
    });

    test('has surely not gone when nothing listens', async () => {
      const error = await refusal(open(rig.openNowhere()).send(message(), AbortSignal.timeout(20_000)));
      expect(error).toMatchObject({ trouble: 'unreachable', retryable: true, mayHaveGone: false });
    });

    test('is not begun when time is up already', async () => {
      const one = message();
      const error = await refusal(open().send(one, AbortSignal.abort()));
      expect(error).toMatchObject({ trouble: 'timeout', mayHaveGone: false });
      expect(await count(one.text)).toBe(0);
    });

    test('closes cleanly, unused, used and twice', async () => {
      const unused = rig.open();
      await unused.close();
      const used = rig.open();
      const one = message();
      await used.send(one, AbortSignal.timeout(20_000));
      await used.close();
      await used.close();
      expect(await count(one.text)).toBe(1);
    });
  });
}

/** A port of this machine at which nothing listens. */
export async function closedPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 1;
}
