// Truth 9: every endpoint without or with a wrong token is refused. Walks the whole contract over real HTTP.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from './api.ts';
import { contract } from './contract.ts';
import { authenticate, createToken, systemActor } from './identity/index.ts';
import { createApp, startHttp, type HttpServer } from './platform/http/server.ts';
import { includesScope, scopes, tokenScopes, type TokenScope } from './platform/http/procedure.ts';
import { defineSaga, startSaga, startSagaWorker, type SagaWorker } from './platform/saga/index.ts';
import { openTestPlatform, type TestPlatform } from './platform/test-platform.ts';
import { endpointsOf } from './test-endpoints.ts';

const endpoints = endpointsOf(contract);
let platform: TestPlatform;
let server: HttpServer;
const tokens = {} as Record<TokenScope | 'revoked', string>;

beforeAll(async () => {
  platform = await openTestPlatform({ environment: { NACHTWACHT_PORT: '0' } });
  const app = createApp(platform, {
    api: createApi(platform),
    authenticate: (secret) => authenticate(platform, secret),
  });
  server = await startHttp(platform, app);
  for (const scope of tokenScopes) {
    tokens[scope] = (await createToken(platform, systemActor('test'), { name: scope, scope })).secret;
  }
  tokens.revoked = (await createToken(platform, systemActor('test'), { name: 'gone', scope: 'admin' })).secret;
  await call('POST', '/api/tokens/revoke', tokens.admin, { token: 'gone' });
});
afterAll(async () => {
  await server.stop(1000);
  await platform.close();
});

async function call(
  method: string,
  path: string,
  token?: string,
  body?: unknown,
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method,
    signal,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  });
}

const bad: [string, () => Record<string, string>][] = [
  ['no token', () => ({})],
  ['an empty token', () => ({ authorization: 'Bearer ' })],
  ['a made-up token', () => ({ authorization: `Bearer nw_${'x'.repeat(43)}` })],
  ['a revoked token', () => ({ authorization: `Bearer ${tokens.revoked}` })],
  ['a token cut short', () => ({ authorization: `Bearer ${tokens.admin.slice(0, -1)}` })],
  ['a token with something behind it', () => ({ authorization: `Bearer ${tokens.admin}x` })],
  ['another scheme', () => ({ authorization: `Basic ${Buffer.from(`x:${tokens.admin}`).toString('base64')}` })],
  ['the token in the query', () => ({})],
];

describe('every endpoint of the contract', () => {
  test('has a path, a method and a scope, each path once', () => {
    expect(endpoints.length).toBeGreaterThan(20);
    for (const { name, method, path, scope } of endpoints) {
      expect(scopes, name).toContain(scope);
      expect(method, name).toMatch(/^(GET|POST|DELETE)$/);
      expect(path, name).toMatch(/^\/api\/[a-z]/);
    }
    expect(new Set(endpoints.map((each) => `${each.method} ${each.path}`)).size).toBe(endpoints.length);
  });

  test.each(endpoints)('$name is refused without a valid token', async ({ method, path, rpcPath }) => {
    for (const [what, headers] of bad) {
      for (const [verb, where] of [
        [method, path],
        ['POST', rpcPath],
        ['GET', `${rpcPath}?token=${tokens.admin}`],
      ] as const) {
        const answer = await fetch(`${server.url}${where}`, {
          method: verb,
          headers: { ...headers(), 'content-type': 'application/json' },
          ...(verb === 'GET' ? {} : { body: '{}' }),
        });
        expect(answer.status, `${what}: ${verb} ${where}`).toBe(401);
        const text = await answer.text();
        expect(text).toContain('"code":"not-signed-in"');
        expect(text).not.toContain(tokens.admin);
      }
    }
  });

  test.each(endpoints)('$name is refused to every smaller scope', async ({ method, path, rpcPath, scope }) => {
    for (const has of tokenScopes) {
      if (scope !== 'nobody' && includesScope(has, scope)) continue;
      for (const [verb, where] of [
        [method, path],
        ['POST', rpcPath],
      ] as const) {
        const answer = await call(verb, where, tokens[has], { json: {} });
        expect(answer.status, `${has}: ${verb} ${where}`).toBe(403);
        // RPC wraps its answers in `json`.
        expect(await answer.text()).toContain('"code":"not-allowed"');
      }
    }
  });

  // Those of a person himself (`own`) are walked in people.integration.test.ts.
  test.each(endpoints.filter(({ scope }) => scope !== 'own'))(
    '$name is not refused to its own scope',
    async ({ method, path, scope }) => {
      // A stream that never ends, such as that of all work, is hung up on.
      const gone = new AbortController();
      const answer = await call(method, path, tokens[scope as TokenScope], {}, gone.signal);
      expect([401, 403]).not.toContain(answer.status);
      gone.abort();
    },
  );
});

describe('long work', () => {
  test('is followed as a stream of events until it is over', async () => {
    const slow = defineSaga<{ id: string }, { counted: number }>({
      name: 'slow',
      subject: ({ id }) => `test:${id}`,
      run: async (run, _input, within) => {
        for (let at = 0; at < 4; at++) {
          run.progress({ step: `step-${at}`, filesDone: at, filesTotal: 4, bytesDone: at * 1000 });
          await within.clock.sleep(500, run.signal);
        }
        return { counted: 4 };
      },
    });
    const { runId } = await startSaga(platform, slow, { id: 'a' }, { requestedBy: 'test' });
    const client: ContractRouterClient<typeof contract> = createORPCClient(
      new RPCLink({ url: `${server.url}/api/rpc`, headers: { authorization: `Bearer ${tokens.read}` } }),
    );
    const seen: string[] = [];
    let worker: SagaWorker | undefined;
    for await (const run of await client.runs.watch({ run: runId })) {
      seen.push(run.progress?.step ?? run.state);
      // Only now may anybody take the run: so that it is surely seen waiting.
      worker ??= await startSagaWorker(platform, [slow], 1);
    }
    await worker?.stop(1000);
    expect(seen.at(0)).toBe('queued');
    expect(seen.filter((each) => each.startsWith('step-')).length).toBeGreaterThanOrEqual(3);
    expect(seen.at(-1)).toBe('done');
    // The same over plain HTTP, as server-sent events.
    const events = await (await call('GET', `/api/runs/watch?run=${runId}`, tokens.read)).text();
    expect(events).toMatch(/^event: message\ndata: \{.*"state":"done".*"counted":4/m);
  });

  test('that runs for a site is told as it comes and goes, with its phases', async () => {
    const backup = defineSaga<{ id: string }, null>({
      name: 'backup-site',
      subject: ({ id }) => `site:${id}`,
      run: async (run) => {
        run.progress({ step: 'database-rows', rowsDone: 1, rowsTotal: 2 });
        await platform.clock.sleep(1000, run.signal);
        return null;
      },
    });
    const client: ContractRouterClient<typeof contract> = createORPCClient(
      new RPCLink({ url: `${server.url}/api/rpc`, headers: { authorization: `Bearer ${tokens.read}` } }),
    );
    const seen: string[] = [];
    let worker: SagaWorker | undefined;
    for await (const runs of await client.runs.live({ site: 'live' })) {
      const [one] = runs;
      seen.push(one === undefined ? '-' : `${one.state} ${one.steps.map((step) => step.state).join(' ')}`);
      if (seen.length === 1) {
        await startSaga(platform, backup, { id: 'other' }, { requestedBy: 'test' });
        await startSaga(platform, backup, { id: 'live' }, { requestedBy: 'test' });
        continue;
      }
      if (one === undefined) break;
      worker ??= await startSagaWorker(platform, [backup], 1);
    }
    await worker?.stop(1000);
    expect(seen.slice(0, 2)).toEqual(['-', 'queued later later later later later']);
    expect(seen).toContain('running done now later later later');
    const [run] = await client.runs.list({ site: 'live' });
    expect(run).toMatchObject({ state: 'done', steps: [{ name: 'connect', state: 'done' }, {}, {}, {}, {}] });
    expect(await client.runs.list({ site: 'live', before: run!.createdAt })).toEqual([]);
  });

  test('that is not there is an ordinary 404', async () => {
    const answer = await call('GET', `/api/runs/watch?run=${randomUUID()}`, tokens.read);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ data: { code: 'run-not-found' } });
  });
});

describe('answers', () => {
  test('numbers and booleans in a plain query are understood', async () => {
    const answer = await call('GET', '/api/runs?limit=5&liveOnly=true', tokens.read);
    expect(await answer.json()).toEqual([]);
    expect((await call('GET', '/api/runs?limit=many', tokens.read)).status).toBe(400);
  });

  test('bad input is named, with what to do next', async () => {
    const answer = await call('POST', '/api/sites', tokens.admin, { url: 5 });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining('url') as string,
      data: { code: 'input-wrong', kind: 'bad-input', nextStep: expect.any(String) as string },
    });
  });

  test('a body beyond the limit is refused before it is read', async () => {
    const answer = await fetch(`${server.url}/api/customers`, {
      method: 'POST',
      // The server hangs up on what it will not read: a connection of its own.
      headers: { authorization: `Bearer ${tokens.admin}`, connection: 'close' },
      body: 'x'.repeat(1_100_000),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ data: { code: 'body-too-large' } });
  });

  test('an unknown path gives 404 only to those who have a token', async () => {
    expect((await call('GET', '/api/nothing', tokens.read)).status).toBe(404);
    expect((await call('GET', '/api/nothing')).status).toBe(401);
    expect((await call('GET', '/nothing')).status).toBe(404);
  });

  test('health, metrics and the description need no token here; metrics name no secret', async () => {
    expect(await (await call('GET', '/healthz')).json()).toEqual({ ok: true, database: true });
    const metrics = await (await call('GET', '/metrics')).text();
    expect(metrics).toContain('nachtwacht_open_alarms 0');
    const description = (await (await call('GET', '/openapi.json')).json()) as { paths: Record<string, unknown> };
    for (const { path } of endpoints) expect(description.paths).toHaveProperty([path.slice(4)]);
  });

  test('metrics are refused to what came through a proxy', async () => {
    const answer = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(answer.status).toBe(401);
  });
});
