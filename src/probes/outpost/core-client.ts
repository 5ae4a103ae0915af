import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { signRequest } from '../sign-request.ts';
import { Beat, paths, StreamLine, type CheckAnswer, type SignOfLife, type Told } from '../wire.ts';
import type { Identity } from './folder.ts';

/** The core answered, and refused: it lives, but knows this second location no more. */
export class CoreRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the core refuses: ${code}`);
    this.name = 'CoreRefused';
    this.code = code;
  }
}

/** How a second location speaks to its core. Everything rejects when the core does not answer in time. */
export interface CoreClient {
  beat(said: SignOfLife): Promise<Beat>;
  answer(answer: CheckAnswer): Promise<void>;
  tell(told: Told): Promise<void>;
  /** Until the stream ends, or `quietMs` passed without a line. */
  follow(take: (line: StreamLine) => void, quietMs: number, signal: AbortSignal): Promise<void>;
}

const Refusal = z.object({
  data: z.object({ code: z.string(), details: z.object({ at: z.iso.datetime().optional() }).optional() }),
});

/** `timeoutMs`: for one request and its answer. */
export function openCore(identity: Identity, clock: Clock, timeoutMs: number): CoreClient {
  /** How far the core's clock is before ours: a machine whose clock is wrong must not be mute for it. */
  let offsetMs = 0;
  const post = async (path: string, document: object, signal: AbortSignal): Promise<Response> => {
    const body = JSON.stringify(document);
    const send = (): Promise<Response> => {
      const time = clock.now().getTime() + Math.round(offsetMs);
      const signed = signRequest(
        { probe: identity.id, privateKey: identity.privateKey },
        { method: 'POST', path, body, time },
      );
      const headers = { ...signed, 'content-type': 'application/json' };
      return fetch(`${identity.url}${path}`, { method: 'POST', body, headers, signal, redirect: 'error' });
    };
    const first = await send();
    if (first.ok) return first;
    const refusal = await refusalOf(first);
    if (refusal?.code !== 'probe-clock-off' || refusal.at === undefined) throw asError(first, refusal?.code);
    offsetMs = new Date(refusal.at).getTime() - clock.now().getTime();
    const second = await send();
    if (second.ok) return second;
    throw asError(second, (await refusalOf(second))?.code);
  };
  const ask = async (path: string, document: object): Promise<unknown> => {
    const response = await post(path, document, AbortSignal.timeout(timeoutMs));
    return response.json();
  };
  return {
    beat: async (said) => Beat.parse(await ask(paths.beat, said)),
    answer: async (answer) => void (await ask(paths.answer, answer)),
    tell: async (told) => void (await ask(paths.told, told)),
    follow: async (take, quietMs, signal) => {
      const quiet = new AbortController();
      const both = AbortSignal.any([quiet.signal, signal]);
      let timer = setTimeout(() => quiet.abort(), quietMs);
      const again = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => quiet.abort(), quietMs);
      };
      try {
        const response = await post(paths.stream, {}, both);
        if (!response.body) return;
        for await (const line of linesOf(response.body)) {
          again();
          const read = StreamLine.safeParse(parsed(line));
          // A newer core may say what this version does not know.
          if (read.success) take(read.data);
        }
      } finally {
        clearTimeout(timer);
        quiet.abort();
      }
    },
  };
}

/** Lines that are longer are nothing of ours. */
const longestLine = 2_000_000;

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of body) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('the stream of the core makes no sense');
    yield* lines.filter((line) => line !== '');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function refusalOf(response: Response): Promise<{ code: string; at: string | undefined } | undefined> {
  const { data } = Refusal.safeParse(await response.json().catch(() => undefined));
  return data && { code: data.data.code, at: data.data.details?.at };
}

function asError(response: Response, code: string | undefined): Error {
  const isRefusal = code !== undefined && response.status >= 400 && response.status < 500;
  return isRefusal ? new CoreRefused(code) : new Error(`the core answers ${response.status}`);
}

const Health = z.object({ ok: z.boolean(), database: z.boolean() });

/** The core's public page, by a fresh connection: the second path. Undefined = nothing of ours answers there. */
export async function askHealth(url: string, timeoutMs: number): Promise<{ database: boolean } | undefined> {
  try {
    const response = await fetch(`${url}/healthz`, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { connection: 'close' },
      redirect: 'error',
    });
    const { data } = Health.safeParse(await response.json());
    return data && { database: data.database };
  } catch {
    return undefined;
  }
}
