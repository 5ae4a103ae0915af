import { serve, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';
import type net from 'node:net';
import { NachtwachtError, systemCodeOf } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { HttpVariables } from './request-facts.ts';

export interface HttpServer {
  url: string;
  port: number;
  /** Takes no new requests and waits for those under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Listens on the configured address. */
export async function startHttp(platform: Platform, app: Hono<HttpVariables>): Promise<HttpServer> {
  const { host, port } = platform.config;
  let server: ServerType | undefined;
  const address = await new Promise<net.AddressInfo>((resolve, reject) => {
    server = serve({ fetch: app.fetch, hostname: host, port }, resolve);
    server.once('error', (cause) => reject(cannotListen(host, port, cause)));
  });
  const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${address.port}`,
    port: address.port,
    stop: async (graceMs) => {
      const closing = server;
      if (!closing) return;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      if ('closeIdleConnections' in closing) closing.closeIdleConnections();
      const grace = new AbortController();
      await Promise.race([closed, platform.clock.sleep(graceMs, grace.signal).catch(() => {})]);
      grace.abort();
      // What is left are streams of watchers: they come back to the next process.
      if ('closeAllConnections' in closing) closing.closeAllConnections();
      await closed;
    },
  };
}

function cannotListen(host: string, port: number, cause: unknown): NachtwachtError {
  const why = systemCodeOf(cause) ?? String(cause);
  return new NachtwachtError({
    code: 'cannot-listen',
    kind: 'conflict',
    message: `Nachtwacht cannot listen on ${host}:${port} (${why}).`,
    nextStep: 'Set NACHTWACHT_PORT to a free port (0 = any) or NACHTWACHT_HOST to an address of this machine.',
    retryable: true,
    cause,
  });
}
