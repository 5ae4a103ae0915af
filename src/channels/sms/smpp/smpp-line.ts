import net from 'node:net';
import smpp, { type PDU, type Session } from 'smpp';
import { systemCodeOf } from '../../../platform/errors.ts';
import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import { saidBy, SendError } from '../../sender.ts';
import { troubleOfStatus } from './rules/trouble-of-status.ts';

const enquireEveryMs = 30_000;
const enquireWaitMs = 5000;

/** A session that is bound at the message centre. */
export interface Line {
  session: Session;
  /** Resolves when it has ended, in whatever way. */
  ended: Promise<void>;
  isOpen(): boolean;
  /** Asks whether the centre is there; the line ends when no answer comes soon. */
  check: () => void;
  close: () => void;
}

/**
 * Connects and binds. `onDeliver`: with it the line also receives (transceiver), without it only sends (transmitter), so
 * that a sender for one message takes no receipts away from the process that waits for them.
 */
export async function openLine(
  config: ConfigOf<'smpp'>,
  { password = '' }: SecretsOf<'smpp'>,
  onDeliver: ((pdu: PDU) => Promise<void>) | undefined,
  signal: AbortSignal,
): Promise<Line> {
  const { host, port, tls } = config;
  if (signal.aborted) throw new SendError('timeout');
  const session = smpp.connect({ host, port, tls, ...(tls && net.isIP(host) === 0 ? { servername: host } : {}) });
  const ended = Promise.withResolvers<void>();
  let isOpen = true;
  let cause: unknown;
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    session.destroy();
    ended.resolve();
  };
  session.on('error', (error: unknown) => {
    cause ??= error;
    end();
  });
  session.on('close', end);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await beforeEnd(new Promise<void>((resolve) => session.on(tls ? 'secureConnect' : 'connect', resolve)));
    const fields = { system_id: config.systemId, password, system_type: config.systemType, interface_version: 0x34 };
    const bound = await beforeEnd(
      new Promise<PDU>((resolve) => {
        if (onDeliver === undefined) session.bind_transmitter(fields, resolve);
        else session.bind_transceiver(fields, resolve);
      }),
    );
    if (bound.command_status !== 0) throw troubleOfStatus(bound.command_status);
  } catch (error) {
    end();
    if (error instanceof SendError) throw error;
    throw new SendError('unreachable');
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
  session.on('unbind', (pdu: PDU) => {
    session.send(pdu.response());
    session.close();
  });
  session.on('deliver_sm', (pdu: PDU) => {
    // 0x64 = 'not now': the centre keeps it and tells it again.
    const answer = (status: number): unknown =>
      isOpen && session.send(pdu.response(status === 0 ? {} : { command_status: status }));
    if (onDeliver === undefined) answer(0x64);
    else
      void onDeliver(pdu).then(
        () => answer(0),
        () => answer(0x64),
      );
  });
  const asking = keepAsking(session, end);
  void ended.promise.then(asking.stop);
  return {
    session,
    ended: ended.promise,
    isOpen: () => isOpen,
    check: asking.ask,
    close: () => {
      if (isOpen) session.unbind(end);
      // A centre that does not answer is left anyway.
      setTimeout(end, 500).unref();
    },
  };

  function onAbort(): void {
    cause ??= new SendError('timeout');
    end();
  }

  async function beforeEnd<T>(work: Promise<T>): Promise<T> {
    const lost = ended.promise.then(() => {
      if (cause instanceof SendError) throw cause;
      const said = saidBy(systemCodeOf(cause) ?? (cause instanceof Error ? cause.message : 'closed'), [password]);
      throw new SendError(/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(said) ? 'certificate' : 'unreachable', { said });
    });
    return Promise.race([work, lost]);
  }
}

/** Asks the centre now and then whether it is there; ends the line when no answer comes. */
function keepAsking(session: Session, end: () => void): { ask: () => void; stop: () => void } {
  let waiting: NodeJS.Timeout | undefined;
  const ask = (): void => {
    waiting ??= setTimeout(end, enquireWaitMs);
    const wasSent = session.enquire_link(() => {
      clearTimeout(waiting);
      waiting = undefined;
    });
    if (!wasSent) end();
  };
  const asking = setInterval(ask, enquireEveryMs);
  asking.unref();
  const stop = (): void => {
    clearInterval(asking);
    clearTimeout(waiting);
  };
  return { ask, stop };
}
