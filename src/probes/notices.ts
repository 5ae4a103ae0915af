import { z } from 'zod';

/** What watchers and web processes tell each other through NOTIFY, below 8000 bytes. */
export const Ask = z.object({
  id: z.string(),
  url: z.string(),
  keyword: z.string().nullable(),
  hosts: z.array(z.string()),
  status: z.number(),
  leastBytes: z.number().nullable(),
  leftMs: z.number(),
});
export type Ask = z.infer<typeof Ask>;

export const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('present'), probe: z.string() }),
  z.object({ kind: z.literal('gone'), probe: z.string() }),
  z.object({ kind: z.literal('answer'), id: z.string(), probe: z.string(), seen: z.enum(['up', 'down', 'none']) }),
]);
export type Notice = z.infer<typeof Notice>;

/** PostgreSQL takes payloads of less than 8000 bytes. */
export const longestPayload = 7900;

/** Undefined = it is none of ours. */
export function readNotice<T>(schema: z.ZodType<T>, payload: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
