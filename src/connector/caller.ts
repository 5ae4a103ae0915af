import type { z } from 'zod';
import { ConnectorError } from './errors.ts';
import type { AnswerEnd } from './frame-parser.ts';
import type { Frame } from './frame-reader.ts';
import type { LearnedLimits } from './rules/limits.ts';

export interface CallOptions {
  blob?: readonly Buffer[];
  /** Cap on the answer, bytes after inflating. Default: what `max_bytes` may be, and some. */
  maxAnswerBytes?: number;
  needsWordPress?: boolean;
  signal?: AbortSignal;
  /** How often a failed request is repeated; default 4. */
  retries?: number;
  /** Milliseconds that the site may work, when it is not the learned budget. */
  budgetMs?: number;
}

/** A JSON record of an answer with the bytes that belong to it. */
export interface AnswerRecord {
  value: unknown;
  data: readonly Buffer[];
}

export interface Answer {
  records: AnswerRecord[];
  end: AnswerEnd;
  /** The bytes in `records` are not looked at any more: their memory serves the next answer. Not calling it costs memory only. */
  release(): void;
}

/** Args of a command; a function when they depend on what the host takes (it is asked again for every repeat). */
export type ArgsFor = object | ((limits: LearnedLimits) => object);

/** Answers that one command may take to its end: a million files at 50 to an answer, for a host at its slowest. */
export const MOST_ANSWERS = 20_000;

/** What the groups of commands need of the client. */
export interface SiteCaller {
  call(command: string, args: ArgsFor, options?: CallOptions): Promise<Answer>;
  callUntilDone(command: string, args: object, onProgress?: (end: AnswerEnd) => void): Promise<AnswerEnd>;
  stream(command: string, args: object, options?: StreamOptions): AsyncGenerator<Frame, AnswerEnd, void>;
}

export interface StreamOptions extends CallOptions {
  totalTimeoutMs?: number;
  idleTimeoutMs?: number;
}

/**
 * Calls a command again, with `from` = the answer's `next`, until it is finished. Gives the last end frame; throws
 * `answer-invalid` when the site does not come to an end.
 */
export async function callUntilDone(
  site: Pick<SiteCaller, 'call'>,
  command: string,
  args: object,
  options: { maxAnswerBytes: number; onProgress?: ((end: AnswerEnd) => void) | undefined },
): Promise<AnswerEnd> {
  let cursor: unknown = null;
  for (let answers = 1; ; answers++) {
    const from = cursor === null ? {} : { from: cursor };
    const { end } = await site.call(command, (limits) => ({ ...args, budget_ms: limits.budgetMs, ...from }), options);
    options.onProgress?.(end);
    const next = nextCursor(command, { next: end['next'], cursor, answers });
    if (next === null) return end;
    cursor = next;
  }
}

/** Where a command goes on, null = it is finished. Throws `answer-invalid` when that is no way to an end. */
export function nextCursor(command: string, at: { next: unknown; cursor: unknown; answers: number }): unknown {
  const next = at.next ?? null;
  if (next === null) return null;
  const wrong = (what: string): ConnectorError => new ConnectorError('answer-invalid', { details: { command, what } });
  if (at.answers >= MOST_ANSWERS) throw wrong(`it does not end within ${MOST_ANSWERS} answers`);
  try {
    if (JSON.stringify(next) !== JSON.stringify(at.cursor)) return next;
  } catch {
    // Nested so deep that it could neither be sent back nor kept in the journal.
    throw wrong('a cursor that is a maze');
  }
  throw wrong('it does not advance');
}

/** Parses what a site said; throws `answer-invalid`. */
export function checked<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConnectorError('answer-invalid', {
    details: { where: issue?.path.join('.') ?? '', what: issue?.message ?? '' },
  });
}
