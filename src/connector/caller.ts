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

/** Parses what a site said; throws `answer-invalid`. */
export function checked<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConnectorError('answer-invalid', {
    details: { where: issue?.path.join('.') ?? '', what: issue?.message ?? '' },
  });
}
