// The part of npm's `smpp` (0.5.1) that we use; it brings no types.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type net from 'node:net';

  export interface PDU {
    command: string;
    command_status: number;
    sequence_number: number;
    message_id?: string;
    source_addr?: string;
    destination_addr?: string;
    esm_class?: number;
    registered_delivery?: number;
    data_coding?: number;
    short_message?: { message?: string | Buffer } | string | Buffer;
    message_payload?: { message?: string | Buffer } | string | Buffer;
    receipted_message_id?: string;
    message_state?: number;
    system_id?: string;
    password?: string;
    user_message_reference?: number;
    response(options?: Record<string, unknown>): PDU;
  }
  type Fields = Record<string, unknown>;
  type OnAnswer = (pdu: PDU) => void;

  export interface Session extends EventEmitter {
    socket: net.Socket;
    send(pdu: PDU, onAnswer?: OnAnswer): boolean;
    bind_transceiver(fields: Fields, onAnswer: OnAnswer): boolean;
    bind_transmitter(fields: Fields, onAnswer: OnAnswer): boolean;
    submit_sm(fields: Fields, onAnswer: OnAnswer, onSent?: () => void): boolean;
    deliver_sm(fields: Fields, onAnswer: OnAnswer): boolean;
    enquire_link(onAnswer: OnAnswer): boolean;
    unbind(onAnswer: OnAnswer): boolean;
    close(onClosed?: () => void): void;
    destroy(onClosed?: () => void): void;
  }
  export interface Server extends net.Server {
    sessions: Session[];
  }
  interface Smpp {
    connect(options: { host: string; port: number; tls?: boolean; servername?: string }): Session;
    createServer(options: Record<string, unknown>, listener: (session: Session) => void): Server;
  }
  const smpp: Smpp;
  export default smpp;
}
