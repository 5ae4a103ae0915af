import { readFile } from 'node:fs/promises';
import type net from 'node:net';
import smpp, { type PDU, type Server, type Session } from 'smpp';

/**
 * deliver: takes it, then tells DELIVRD; silent: takes it and never delivers; busy: throttled; hang: never answers; lost:
 * takes and delivers it, and hangs up without an answer; undelivered: takes it, then tells UNDELIV; dead: answers to nothing
 * on lines that are there, as when a firewall has forgotten them.
 */
export type CenterMode = 'dead' | 'deliver' | 'silent' | 'busy' | 'hang' | 'lost' | 'undelivered';

export interface CenterSms {
  id: string;
  to: string;
  from: string;
  text: string;
  dataCoding: number;
  registeredDelivery: number;
  at: number;
}

export interface SmppCenter {
  readonly host: string;
  readonly port: number;
  readonly systemId: string;
  readonly password: string;
  mode: CenterMode;
  readonly sent: CenterSms[];
  /** Sessions that are bound now. */
  readonly bound: ReadonlySet<Session>;
  /** How often somebody bound himself. */
  binds: number;
  /** A phone answers. Resolves with the status of our answer (0 = stored). */
  reply(message: { from: string; text: string }): Promise<number>;
  /** Tells a receipt of a message, `stat` as in SMPP's appendix B. */
  tell(sms: CenterSms, stat: string): Promise<number>;
  /** Cuts all lines, as a centre does that starts anew. */
  hangUp(): void;
  stop(): Promise<void>;
}

/** A message centre that speaks SMPP 3.4 over real TCP, or TLS: the server side of npm's `smpp`. */
export async function startSmppCenter(
  mode: CenterMode = 'deliver',
  tls?: { certificate: string; key: string },
): Promise<SmppCenter> {
  const bound = new Set<Session>();
  const receiving = new Set<Session>();
  let lastId = 0x7f_00_00_00;
  const options = tls ? { cert: await readFile(tls.certificate), key: await readFile(tls.key) } : {};
  const server: Server = smpp.createServer(options, (session) => {
    session.on('error', () => session.destroy());
    session.on('close', () => {
      bound.delete(session);
      receiving.delete(session);
    });
    for (const command of ['bind_transceiver', 'bind_transmitter', 'bind_receiver']) {
      session.on(command, (pdu: PDU) => {
        if (pdu.system_id !== center.systemId || pdu.password !== center.password) {
          session.send(pdu.response({ command_status: 0x0e }));
          return;
        }
        bound.add(session);
        if (command !== 'bind_transmitter') receiving.add(session);
        center.binds++;
        session.send(pdu.response({ system_id: 'CENTER' }));
      });
    }
    session.on('enquire_link', (pdu: PDU) => {
      if (center.mode !== 'dead') session.send(pdu.response());
    });
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: PDU) => submitted(session, pdu));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;

  const center: SmppCenter = {
    host: '127.0.0.1',
    port,
    systemId: 'nachtwacht',
    password: 'geheim12',
    mode,
    sent: [],
    bound,
    binds: 0,
    reply: ({ from, text }) =>
      deliver({
        source_addr: from.replace('+', ''),
        destination_addr: '31970000002',
        esm_class: 0,
        short_message: text,
      }),
    tell: (sms, stat) => {
      // As many centres do: hexadecimal in the answer, decimal in the receipt.
      const id = BigInt(`0x${sms.id}`).toString().padStart(10, '0');
      const text = `id:${id} sub:001 dlvrd:001 submit date:2611280545 done date:2611280545 stat:${stat} err:000 text:${sms.text.slice(0, 20)}`;
      return deliver({
        source_addr: sms.to.replace('+', ''),
        destination_addr: '31970000002',
        esm_class: 4,
        short_message: text,
      });
    },
    hangUp: () => {
      for (const session of server.sessions) session.destroy();
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      center.hangUp();
      await closed;
    },
  };

  function submitted(session: Session, pdu: PDU): void {
    const refuse = (status: number): unknown => session.send(pdu.response({ command_status: status }));
    if (!bound.has(session)) return void refuse(0x04);
    if (center.mode === 'hang' || center.mode === 'dead') return;
    if (center.mode === 'busy') return void refuse(0x58);
    const to = `+${pdu.destination_addr ?? ''}`;
    if (!/^\+[1-9]\d{6,14}$/.test(to) || to === '+15005550001') return void refuse(0x0b);
    const { short_message: said } = pdu;
    const text = typeof said === 'object' && 'message' in said ? String(said.message) : '';
    const sms: CenterSms = {
      id: (++lastId).toString(16),
      to,
      from: pdu.source_addr ?? '',
      text,
      dataCoding: pdu.data_coding ?? -1,
      registeredDelivery: pdu.registered_delivery ?? 0,
      at: performance.now(),
    };
    center.sent.push(sms);
    if (center.mode === 'lost') session.destroy();
    else session.send(pdu.response({ message_id: sms.id }));
    if (center.mode === 'silent' || sms.registeredDelivery === 0) return;
    void center.tell(sms, center.mode === 'undelivered' ? 'UNDELIV' : 'DELIVRD').catch(() => {});
  }

  async function deliver(fields: Record<string, unknown>): Promise<number> {
    const [session] = receiving;
    if (session === undefined) throw new Error('nobody is bound who receives');
    return new Promise<number>((resolve, reject) => {
      const onClose = (): void => reject(new Error('the line was cut'));
      session.on('close', onClose);
      const wasSent = session.deliver_sm({ data_coding: 0, ...fields }, (answer) => {
        session.off('close', onClose);
        resolve(answer.command_status);
      });
      if (!wasSent) onClose();
    });
  }
  return center;
}
