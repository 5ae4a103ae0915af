import { createHash } from 'node:crypto';
import type { PDU } from 'smpp';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock.ts';
import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import { SendError, type Ears, type Outgoing, type Sender } from '../../sender.ts';
import { cutToSegment } from '../rules/segment.ts';
import { readDelivery } from './rules/read-delivery.ts';
import { troubleOfStatus } from './rules/trouble-of-status.ts';
import { openLine, type Line } from './smpp-line.ts';

const longestPauseMs = 30_000;

/**
 * SMS over SMPP 3.4. The line is bound when it is first needed and kept: by `receive` for as long as the sender is open,
 * again and again when it is lost; else until `close`.
 */
export function smppSender(config: ConfigOf<'smpp'>, secrets: SecretsOf<'smpp'>, clock: Clock): Sender {
  const closed = new AbortController();
  let ears: Ears | undefined;
  let opening: Promise<Line> | undefined;
  let line: Line | undefined;
  let underWay = 0;
  const waiting: (() => void)[] = [];

  /** One line for all who want it at once; each waits as long as he likes. */
  const getLine = async (signal: AbortSignal): Promise<Line> => {
    if (line?.isOpen()) return line;
    opening ??= openLine(config, secrets, ears && deliver, closed.signal)
      .then((made) => (line = made))
      .finally(() => (opening = undefined));
    return unlessAborted(opening, signal, false);
  };

  async function deliver(pdu: PDU): Promise<void> {
    const text = textOf(pdu.short_message) || textOf(pdu.message_payload);
    const heard = readDelivery({
      esmClass: pdu.esm_class ?? 0,
      from: pdu.source_addr ?? '',
      to: pdu.destination_addr ?? '',
      text,
      receiptedMessageId: pdu.receipted_message_id,
      messageState: pdu.message_state,
    });
    if (heard?.is === 'receipt') await ears?.receipt(heard.receipt);
    if (heard?.is === 'incoming') {
      // Nothing names it; the centre tells it again when our answer got lost, within a minute as a rule.
      const minute = Math.floor(clock.now().getTime() / 60_000);
      const all = [pdu.source_addr, pdu.destination_addr, text, minute].join('\n');
      const providerRef = createHash('sha256').update(all).digest('hex').slice(0, 32);
      await ears?.incoming({ ...heard.message, providerRef });
    }
  }

  async function keepOpen(): Promise<void> {
    let pauseMs = 1000;
    while (!closed.signal.aborted) {
      try {
        const mine = await getLine(closed.signal);
        pauseMs = 1000;
        await mine.ended;
      } catch {
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
      await delay(pauseMs, undefined, { signal: closed.signal, ref: false }).catch(() => {});
    }
  }

  return {
    send: async (message, signal) => {
      if (!/^\+[1-9]\d{6,14}$/.test(message.to)) throw new SendError('wrong-recipient');
      if (underWay >= config.window) {
        await unlessAborted(new Promise<void>((resolve) => waiting.push(resolve)), signal, false);
      }
      underWay++;
      try {
        const mine = await getLine(signal);
        return { providerRef: await submit(mine, config, message, signal), state: 'accepted' };
      } finally {
        underWay--;
        waiting.shift()?.();
      }
    },
    receive: (given) => {
      if (ears !== undefined) return;
      ears = given;
      // One that only sends makes room for one that receives as well.
      line?.close();
      line = undefined;
      void keepOpen();
    },
    close: async () => {
      closed.abort();
      const last = line ?? (await opening?.catch(() => undefined));
      last?.close();
      await last?.ended;
    },
  };
}

/** Rejects with a time-out when the signal comes first. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, mayHaveGone: boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new SendError('timeout', { mayHaveGone }));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

async function submit(
  line: Line,
  config: ConfigOf<'smpp'>,
  message: Outgoing,
  signal: AbortSignal,
): Promise<string | null> {
  const isNumber = /^\+?\d+$/.test(config.from);
  const answered = new Promise<PDU>((resolve, reject) => {
    const wasSent = line.session.submit_sm(
      {
        source_addr: config.from.replace('+', ''),
        source_addr_ton: isNumber ? 1 : 5,
        source_addr_npi: isNumber ? 1 : 0,
        destination_addr: message.to.replace('+', ''),
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        registered_delivery: 1,
        data_coding: 0,
        short_message: cutToSegment(message.text),
      },
      resolve,
    );
    if (!wasSent) reject(new SendError('unreachable'));
    void line.ended.then(() => reject(new SendError('broken-off', { mayHaveGone: true })));
  });
  const answer = await unlessAborted(answered, signal, true).catch((error: unknown) => {
    // Perhaps a firewall forgot the line: the next message must not wait for it as well.
    line.check();
    throw error;
  });
  if (answer.command_status !== 0) throw troubleOfStatus(answer.command_status);
  return answer.message_id ?? null;
}

function textOf(field: PDU['short_message']): string {
  const message = typeof field === 'object' && 'message' in field ? field.message : field;
  return typeof message === 'string' ? message : '';
}
