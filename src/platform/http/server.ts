import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { countStandingAlarms } from '../alarms/index.ts';
import type { Platform } from '../platform.ts';
import { hostNotOurs, maxBodyBytes, notOurPage, notSignedIn, nothingThere, refuse, tooLarge } from './refusals.ts';
import { factsReader, peerOf, withClient, type HttpVariables, type RequestFacts } from './request-facts.ts';
import { judgeHost } from './rules/allowed-host.ts';
import { judgeCookieRequest, judgeSignInRequest } from './rules/same-origin.ts';
import { securityHeaders } from './rules/security-headers.ts';

export { startHttp, type HttpServer } from './listen.ts';
export type { HttpVariables, RequestFacts } from './request-facts.ts';

/** What serves the contract; the composition root makes it. `Actor`: whoever a token or a session belongs to. */
export interface ApiHandler<Actor> {
  /** Undefined = no such path. */
  handle(request: Request, actor: Actor, facts: RequestFacts): Promise<Response | undefined>;
  /** The OpenAPI description. */
  describe(url: string): Promise<object>;
}

/** What answers with files: the web's pages, the agency's logo. Undefined = there is no such file. */
export interface FileHandler {
  answer(request: Request): Promise<Response | undefined>;
}

export interface HttpOptions<Actor> {
  api: ApiHandler<Actor>;
  /** Who an API token belongs to. */
  authenticate(secret: string): Promise<Actor | undefined>;
  /** Who the cookie of this request belongs to. Asked only without a token, and only of requests of our own pages. */
  authenticateSession?: (request: Request) => Promise<Actor | undefined>;
  /** Signing in and out: everything under /api/auth. */
  auth?: (request: Request, facts: RequestFacts) => Promise<Response>;
  /** The plugin as a zip, for /connector/nachtwacht-connector.zip. */
  connectorZip?: () => Promise<Buffer>;
  /** The pages, for every path that is nothing else. */
  web?: FileHandler;
  /** The agency's own pictures under /branding, for everybody. */
  branding?: FileHandler;
  /** What capabilities answer outside the contract, each under a path of its own and with its own rule of who may. */
  parts?: readonly HttpPart[];
}

/** Adds its paths (`/probe/...`, `/hooks/...`) to the application. Whoever adds one names its secrets in `loggedPath`. */
export type HttpPart = (app: Hono<HttpVariables>) => void;

/** The web application, without a socket. */
export function createApp<Actor>(platform: Platform, options: HttpOptions<Actor>): Hono<HttpVariables> {
  const app = new Hono<HttpVariables>();
  const readFacts = factsReader(platform.config);
  app.use(async (c, next) => {
    const began = platform.clock.monotonicMs();
    const facts = readFacts(c);
    c.set('facts', facts);
    await next();
    finish(c, facts);
    const ms = platform.clock.monotonicMs() - began;
    platform.metrics.httpSeconds.observe({ method: c.req.method, status: String(c.res.status) }, ms / 1000);
    const { id, address } = facts;
    platform.log.debug({ id, address, method: c.req.method, path: loggedPath(c), status: c.res.status, ms }, 'request');
  });
  app.onError((error, c) => {
    platform.log.error({ err: error, id: c.get('facts').id, path: loggedPath(c) }, 'request failed');
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
  app.use(async (c, next) => {
    if (!isOurs(platform, c)) return refuse(c, hostNotOurs());
    await next();
    return undefined;
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
  app.get('/openapi.json', async (c) => c.json(await options.api.describe(ownOrigin(platform, c))));
  app.get('/connector/nachtwacht-connector.zip', async (c) => {
    if (!options.connectorZip) return c.notFound();
    return c.body(new Uint8Array(await options.connectorZip()), 200, {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="nachtwacht-connector.zip"',
    });
  });
  app.get('/branding/*', async (c) => (await options.branding?.answer(c.req.raw)) ?? c.notFound());

  for (const part of options.parts ?? []) part(app);

  app.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refuse(c, tooLarge()) }));
  app.all('/api/auth/*', async (c) => {
    if (!options.auth) return c.notFound();
    const verdict = judgeSignInRequest({ ...originFacts(platform, c), hasCookie: hasCookie(c) });
    if (!verdict.ok) return refuse(c, notOurPage(verdict.why));
    return options.auth(withClient(c.req.raw, c.get('facts')), c.get('facts'));
  });
  app.all('/api/*', async (c) => {
    const actor = await actorOf(platform, options, c);
    if (actor instanceof Response) return actor;
    return (await options.api.handle(c.req.raw, actor, c.get('facts'))) ?? c.notFound();
  });
  app.get('*', async (c) => (await options.web?.answer(c.req.raw)) ?? c.notFound());
  return app;
}

/** By token, or by the cookie of a request that one of our own pages made; else the refusal. */
async function actorOf<Actor>(
  platform: Platform,
  options: HttpOptions<Actor>,
  c: Context<HttpVariables>,
): Promise<Actor | Response> {
  if (c.req.header('authorization') !== undefined) {
    const secret = bearerOf(c);
    const actor = secret === undefined ? undefined : await options.authenticate(secret);
    return actor ?? refuse(c, notSignedIn());
  }
  if (!options.authenticateSession || !hasCookie(c)) return refuse(c, notSignedIn());
  const verdict = judgeCookieRequest({ ...originFacts(platform, c), marker: c.req.header('x-nachtwacht') });
  if (!verdict.ok) return refuse(c, notOurPage(verdict.why));
  // Sign-in reads the headers only; the body stays for the API.
  const headers = withClient(new Request(c.req.url, { headers: c.req.raw.headers }), c.get('facts')).headers;
  const actor = await options.authenticateSession(new Request(c.req.url, { headers }));
  return actor ?? refuse(c, notSignedIn());
}

/** What every answer gets. A handler's own header wins. */
function finish(c: Context, facts: RequestFacts): void {
  const { headers } = c.res;
  const isPage = !/^\/(api|openapi\.json|metrics|healthz|connector)(\/|$)/.test(c.req.path);
  const wanted: Record<string, string> = { ...securityHeaders({ isPage, isSecure: facts.isSecure }) };
  if (c.req.path.startsWith('/api/')) wanted['cache-control'] = 'no-store';
  wanted['x-request-id'] = facts.id;
  for (const [name, value] of Object.entries(wanted)) if (!headers.has(name)) c.header(name, value);
}

/** Links carry their secret in the path: of these only the beginning is logged. */
function loggedPath(c: Context): string {
  const { path } = c.req;
  if (/^\/(drill|g|hooks)\//.test(path)) return path.split('/').slice(0, 2).join('/');
  if (path.startsWith('/oncall/calendar/')) return '/oncall/calendar';
  return (path.startsWith('/api/auth/') ? path.split('/').slice(0, 4).join('/') : path).slice(0, 200);
}

function hostOf(c: Context): string {
  return c.req.header('host') ?? new URL(c.req.url).host;
}

function isOurs({ config }: Platform, c: Context): boolean {
  // Whoever reads the metrics with the token calls us by whatever name his network has for us.
  if (c.req.path === '/metrics' && config.metricsToken !== undefined) return true;
  return judgeHost({ host: hostOf(c), publicUrl: config.publicUrl, listensOn: config.host }).ok;
}

/** Scheme, host and port under which this request reached us; the host was judged already. */
function calledOrigin(c: Context<HttpVariables>): string {
  return `${c.get('facts').scheme}://${hostOf(c).toLowerCase()}`;
}

function ownOrigin({ config }: Platform, c: Context<HttpVariables>): string {
  return config.publicUrl ?? calledOrigin(c);
}

function originFacts({ config }: Platform, c: Context<HttpVariables>) {
  const called = calledOrigin(c);
  const ownOrigins = config.publicUrl === undefined ? [called] : [new URL(config.publicUrl).origin, called];
  const { method } = c.req;
  return { method, origin: c.req.header('origin'), fetchSite: c.req.header('sec-fetch-site'), ownOrigins };
}

function hasCookie(c: Context): boolean {
  return c.req.header('cookie') !== undefined;
}

function bearerOf(c: Context): string | undefined {
  return /^Bearer ([^\s]{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
}

function isLocal(c: Context): boolean {
  const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded');
  return forwarded === undefined && /^(::1|(::ffff:)?127(\.\d+){3})$/.test(peerOf(c) ?? '');
}
