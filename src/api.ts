import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from './contract.ts';
import { notAllowed, type Actor, type ApiContext } from './identity/index.ts';
import { NachtwachtError } from './platform/errors.ts';
import { answerOf } from './platform/http/error-answer.ts';
import { includesScope } from './platform/http/procedure.ts';
import type { ApiHandler } from './platform/http/server.ts';
import type { Platform } from './platform/platform.ts';
import { routes } from './routes.ts';

// The one place where a procedure's scope is checked, before its input is even looked at. A procedure whose contract names
// no scope is refused to everybody.
const guarded = implement(contract)
  .$context<ApiContext>()
  .use(({ context, next, procedure }, input: unknown) => {
    const { scope } = procedure['~orpc'].meta;
    if (scope === 'nobody' || !includesScope(context.actor.scope, scope)) throw notAllowed(context.actor, scope);
    if (!isStorable(input)) throw notText();
    return next();
  })
  .router(routes);

/** Whether every text in it is one that a database can hold: no NUL, no half of a character. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => isStorable(name) && isStorable(inner));
}

function notText(): NachtwachtError {
  return new NachtwachtError({
    code: 'input-not-text',
    kind: 'bad-input',
    message: 'The input holds a sign that is no text.',
    nextStep: 'Type it anew instead of pasting it.',
    retryable: false,
  });
}

/** The HTTP forms of the contract: RPC under /api/rpc for our own clients, plain HTTP with OpenAPI under /api. */
export function createApi(platform: Platform): ApiHandler<Actor> {
  const toAnswer = async <T>(call: {
    next: () => Promise<T>;
    context: ApiContext;
    path: readonly string[];
  }): Promise<T> => {
    try {
      return await call.next();
    } catch (error) {
      const answer = answerOf(error);
      const about = { id: call.context.requestId, procedure: call.path.join('.') };
      if (answer.status >= 500) platform.log.error({ ...about, err: error }, 'request failed');
      throw answer;
    }
  };
  const rpc = new RPCHandler<ApiContext>(guarded, { clientInterceptors: [toAnswer] });
  const converter = new ZodToJsonSchemaConverter();
  const openapi = new OpenAPIHandler<ApiContext>(guarded, {
    clientInterceptors: [toAnswer],
    plugins: [new SmartCoercionPlugin({ schemaConverters: [converter] })],
  });
  const generator = new OpenAPIGenerator({ schemaConverters: [converter] });
  return {
    handle: async (request, actor, facts) => {
      const context = { platform, actor, requestId: facts.id };
      const asRpc = await rpc.handle(request, { prefix: '/api/rpc', context });
      if (asRpc.matched) return asRpc.response;
      const asHttp = await openapi.handle(request, { prefix: '/api', context });
      return asHttp.matched ? asHttp.response : undefined;
    },
    describe: (url) =>
      generator.generate(contract, {
        info: { title: 'Nachtwacht', version: '1', description: 'Long work answers with a run id; see /runs/watch.' },
        servers: [{ url: `${url}/api` }],
        security: [{ token: [] }],
        components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      }),
  };
}
