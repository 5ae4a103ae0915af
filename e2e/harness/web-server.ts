import { createHash } from 'node:crypto';

/** What a web server needs to know of a site. */
export interface WebServerOptions {
  root: string;
  socket: string;
  address: string;
  port: number;
  /** A basic-auth front, as on staging sites. */
  basicAuth?: { user: string; password: string };
  /** Request headers that never reach PHP, such as `X-Nachtwacht-Auth`. */
  stripHeaders?: readonly string[];
  /** Answers leave at most this fast, in bytes per second. */
  bytesPerSecond?: number;
  /** The server gives up on PHP after this many seconds (504). */
  proxySeconds?: number;
  /** Largest request body, in MB. */
  maxBodyMb?: number;
  multisite?: boolean;
  /** Certificate and key files: the server then speaks HTTPS only. */
  tls?: { certificate: string; key: string } | undefined;
}

export interface WebServer {
  readonly accessLog: string;
  readonly errorLog: string;
  stop(): Promise<void>;
}

/** One line of a password file that nginx and Apache both read. */
export function passwordLine(user: string, password: string): string {
  return `${user}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`;
}
