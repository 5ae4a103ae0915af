import { serve, type ServerType } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type net from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import { countStandingAlarms } from '../alarms/index.ts';
import { NachtwachtError, systemCodeOf } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { answerOf } from './error-answer.ts';

/** What serves the contract; the composition root makes it. `Actor`: whoever a token belongs to. */
export interface ApiHandler<Actor> {
  /** Undefined = no such path. */
  handle(request: Request, actor: Actor): Promise<Response | undefined>;
  /** The OpenAPI description. */
  describe(url: string): Promise<object>;
}

export interface HttpOptions<Actor> {
  api: ApiHandler<Actor>;
  authenticate(secret: string): Promise<Actor | undefined>;
  /** The plugin as a zip, for /connector/nachtwacht-connector.zip. */
  connectorZip?: () => Promise<Buffer>;
}

export interface HttpServer {
  url: string;
  port: number;
  /** Takes no new requests and waits for those under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Largest request body. Nothing in the contract takes files, so it is small. */
const maxBodyBytes = 1_000_000;

/** The web application, without a socket. */
export function createApp<Actor>(platform: Platform, options: HttpOptions<Actor>): Hono {
  const app = new Hono();
  app.use(secureHeaders());
  app.use(async (c, next) => {
    const began = platform.clock.monotonicMs();
    await next();
    const seconds = (platform.clock.monotonicMs() - began) / 1000;
    platform.metrics.httpSeconds.observe({ method: c.req.method, status: String(c.res.status) }, seconds);
  });
  app.onError((error, c) => {
    platform.log.error({ err: error, path: c.req.path }, 'request failed');
    return refuse(c, error);
  });
  app.notFound((c) => refuse(c, nothingThere(c.req.path)));

  app.get('/healthz', async (c) => {
    const database = await platform.connection.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return c.json({ ok: database, database }, database ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const token = platform.config.metricsToken;
    const allowed = token === undefined ? isLocal(c) : bearerOf(c) === token;
    if (!allowed) return refuse(c, notSignedIn());
    platform.metrics.openAlarms.set(await countStandingAlarms(platform.db));
    return c.text(await platform.metrics.registry.metrics(), 200, {
      'content-type': platform.metrics.registry.contentType,
    });
  });
  app.get('/openapi.json', async (c) => c.json(await options.api.describe(new URL(c.req.url).origin)));
  app.get('/connector/nachtwacht-connector.zip', async (c) => {
    if (!options.connectorZip) return c.notFound();
    return c.body(new Uint8Array(await options.connectorZip()), 200, {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="nachtwacht-connector.zip"',
    });
  });

  app.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refuse(c, tooLarge()) }));
  app.all('/api/*', async (c) => {
    const secret = bearerOf(c);
    const actor = secret === undefined ? undefined : await options.authenticate(secret);
    if (!actor) return refuse(c, notSignedIn());
    c.header('cache-control', 'no-store');
    return (await options.api.handle(c.req.raw, actor)) ?? c.notFound();
  });
  return app;
}

/** Listens on the configured address. */
export async function startHttp(platform: Platform, app: Hono): Promise<HttpServer> {
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

function bearerOf(c: Context): string | undefined {
  return /^Bearer ([^\s]{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
}

function isLocal(c: Context): boolean {
  const address = getConnInfo(c).remote.address ?? '';
  const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded');
  return forwarded === undefined && /^(::1|(::ffff:)?127(\.\d+){3})$/.test(address);
}

function refuse(c: Context, error: unknown): Response {
  const answer = answerOf(error);
  const headers: Record<string, string> = answer.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  // Our own clients speak oRPC's form, in which everything is wrapped in `json`.
  const body = c.req.path.startsWith('/api/rpc/') ? { json: answer.toJSON() } : answer.toJSON();
  return Response.json(body, {
    status: answer.status,
    headers: { ...headers, 'cache-control': 'no-store' },
  });
}

function notSignedIn(): NachtwachtError {
  return new NachtwachtError({
    code: 'not-signed-in',
    kind: 'not-signed-in',
    message: 'This needs a valid token.',
    nextStep: 'Make one on the machine of the platform: nachtwacht token create NAME --scope read',
    retryable: false,
  });
}

function nothingThere(path: string): NachtwachtError {
  return new NachtwachtError({
    code: 'no-such-path',
    kind: 'not-found',
    message: `There is nothing at ${path.slice(0, 200)}.`,
    nextStep: 'Look at /openapi.json for what there is.',
    retryable: false,
  });
}

function tooLarge(): NachtwachtError {
  return new NachtwachtError({
    code: 'body-too-large',
    kind: 'bad-input',
    message: `A request may hold at most ${maxBodyBytes} bytes.`,
    nextStep: 'Send less.',
    retryable: false,
  });
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
