import net from 'node:net';
import tls from 'node:tls';
import type { SeenCertificate } from './checked.ts';
import { CheckFailure, failureOf } from './check-failure.ts';
import { isFor, readCertificate } from './certificate.ts';
import type { Deadline } from './deadline.ts';

export interface Connected {
  socket: net.Socket;
  /** Milliseconds. */
  connectMs: number;
  tlsMs: number | null;
}

export interface ConnectInput {
  /** The vetted address; the name is not looked up again. */
  address: string;
  port: number;
  /** undefined = plain. `host`: whose certificate it must be, without brackets. */
  secure: { host: string; context: tls.SecureContext } | undefined;
  deadline: Deadline;
  /** Of connecting, when there is another address to try. */
  patienceMs?: number;
  monotonicMs(): number;
  /** Told of every certificate, also one that is not accepted. */
  onCertificate(certificate: SeenCertificate): void;
}

/** Opens a connection of its own, with the certificate verified before a byte of the request goes. Throws CheckFailure. */
export function connectTo(input: ConnectInput): Promise<Connected> {
  const { address, port, secure, deadline } = input;
  const began = input.monotonicMs();
  let connectedAt: number | undefined;
  let socket: net.Socket | undefined;
  let isOpen = false;
  const phase = (): 'connect' | 'tls' => (connectedAt === undefined ? 'connect' : 'tls');
  return deadline.race(
    phase,
    ({ resolve, reject }) => {
      const fail = (error: Error): void => {
        clearTimeout(patience);
        reject(failureOf(phase(), error));
        socket?.destroy();
      };
      const patience =
        input.patienceMs === undefined
          ? undefined
          : setTimeout(() => fail(new CheckFailure('connect', 'ETIMEDOUT')), input.patienceMs);
      const connected = (): void => {
        clearTimeout(patience);
        connectedAt = input.monotonicMs();
        if (secure === undefined && socket) resolve({ socket, connectMs: connectedAt - began, tlsMs: null });
      };
      if (secure === undefined) {
        socket = net.connect({ host: address, port, noDelay: true });
        socket.once('connect', connected).on('error', fail);
        return;
      }
      const own = openTls(address, port, secure);
      socket = own;
      own.once('connect', connected).on('error', fail);
      own.once('secureConnect', () => {
        const certificate = own.getPeerX509Certificate();
        if (certificate) input.onCertificate(readCertificate(certificate));
        const code = refusalOf(own, certificate !== undefined && isFor(certificate, secure.host));
        if (code !== undefined) return fail(new CheckFailure('tls', code));
        const secureAt = input.monotonicMs();
        const openAt = connectedAt ?? secureAt;
        isOpen = true;
        resolve({ socket: own, connectMs: openAt - began, tlsMs: secureAt - openAt });
      });
      own.once('close', () => {
        if (!isOpen) fail(new CheckFailure(phase(), 'ECONNRESET'));
      });
    },
    () => socket?.destroy(),
  );
}

function openTls(address: string, port: number, { host, context }: { host: string; context: tls.SecureContext }) {
  const socket = tls.connect({
    host: address,
    port,
    secureContext: context,
    servername: net.isIP(host) === 0 ? host : '',
    ALPNProtocols: ['http/1.1'],
    // Judged in connectTo, which wants to see the certificate in any case; nothing is sent before that.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  socket.setNoDelay(true);
  // Node asks for it at each handshake and makes objects of the whole chain, a third of what a check costs. The judgement
  // above needs the X509Certificate only.
  socket.getPeerCertificate = () => Object.create(null);
  return socket;
}

/** Why a certificate is not accepted, as a code; undefined = it is. */
function refusalOf(socket: tls.TLSSocket, isForHost: boolean): string | undefined {
  // Node's types say Error; it is the code (tls.TLSSocket.authorizationError).
  const refused: unknown = socket.authorizationError;
  if (!socket.authorized) return typeof refused === 'string' ? refused : 'ERR_TLS_UNAUTHORIZED';
  return isForHost ? undefined : 'ERR_TLS_CERT_ALTNAME_INVALID';
}
