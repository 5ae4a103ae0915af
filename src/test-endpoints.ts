import type { AnyContractRouter } from '@orpc/contract';
import { isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import type { ProcedureMeta } from './platform/http/procedure.ts';

/** One procedure of the contract, as tests that walk all of them need it. */
export interface Endpoint {
  /** `sites.list` */
  name: string;
  rpcPath: string;
  method: string;
  path: string;
  scope: ProcedureMeta['scope'];
  /** JSON schema of its input; undefined = it takes none. */
  input: z.infer<typeof InputSchema> | undefined;
}

const PropertySchema = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  get anyOf() {
    return z.array(PropertySchema).optional();
  },
});
type PropertySchema = z.infer<typeof PropertySchema>;

const InputSchema = z.object({
  properties: z.record(z.string(), PropertySchema).default({}),
  required: z.array(z.string()).default([]),
});

/** Every procedure of a contract, in its order. */
export function endpointsOf(router: AnyContractRouter, names: string[] = []): Endpoint[] {
  if (isContractProcedure(router)) {
    const { meta, route, inputSchema } = router['~orpc'];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every procedure is made by `procedure(...)`
    const { scope } = meta as unknown as ProcedureMeta;
    const { method = '', path = '' } = route;
    const input =
      inputSchema instanceof z.ZodType
        ? InputSchema.parse(z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }))
        : undefined;
    const rpcPath = `/api/rpc/${names.join('/')}`;
    return [{ name: names.join('.'), rpcPath, method, path: `/api${path}`, scope, input }];
  }
  return Object.entries(router).flatMap(([name, inner]) => endpointsOf(inner as AnyContractRouter, [...names, name]));
}

/** Names of the inputs that are text: what could name somebody else's thing. */
export function textInputs(endpoint: Endpoint): string[] {
  return Object.entries(endpoint.input?.properties ?? {}).flatMap(([name, schema]) =>
    [schema, ...(schema.anyOf ?? [])].some((one) => one.type === 'string' && !one.enum && one.format !== 'date-time')
      ? [name]
      : [],
  );
}

/** An input that the schema takes: what is required, with the least value of its kind; `given` wins. */
export function sampleInput(endpoint: Endpoint, given: Record<string, unknown>): Record<string, unknown> {
  const { properties = {}, required = [] } = endpoint.input ?? {};
  const sample = Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]));
  const known = Object.entries(given).filter(([name]) => name in properties);
  return { ...sample, ...Object.fromEntries(known) };
}

function sampleOf(schema: PropertySchema): unknown {
  if (schema.anyOf) return schema.anyOf.some((one) => one.type === 'null') ? null : sampleOf(schema.anyOf[0] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'string') {
    if (schema.format === 'date-time') return '2026-11-25T00:00:00.000Z';
    if (schema.format === 'email') return 'sample@example.nl';
    return schema.format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'sample';
  }
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return true;
  return schema.type === 'array' ? [] : {};
}
