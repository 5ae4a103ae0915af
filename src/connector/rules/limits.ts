const MIB = 1024 * 1024;

/** What one site's host takes at a time, learned from its answers. JSON. */
export interface LearnedLimits {
  /** Milliseconds that one request may work on the site. */
  budgetMs: number;
  /** Bytes (before compression) that one answer may hold. */
  maxBytes: number;
  /** Bytes of one request's body. */
  maxPutBytes: number;
  /** Usual milliseconds of an answer beyond the site's own work (network, queue, boot), slow-moving; 0 = not known. */
  usualWaitMs: number;
}

export const firstLimits: LearnedLimits = { budgetMs: 6000, maxBytes: 4 * MIB, maxPutBytes: 2 * MIB, usualWaitMs: 0 };
export const highestLimits = { budgetMs: 20_000, maxBytes: 8 * MIB, maxPutBytes: 8 * MIB };
export const lowestLimits = { budgetMs: 500, maxBytes: 64 * 1024, maxPutBytes: 64 * 1024 };

/** What a site says of itself (`status`). Numbers as PHP gives them; 0 or -1 = no limit. */
export interface HostSays {
  /** Seconds. */
  maxExecutionTime?: number;
  /** Bytes. */
  memoryLimit?: number;
  /** Bytes. */
  postMaxSize?: number;
}

export type Observation =
  | { kind: 'answered'; wallMs: number; siteMs: number; usedBudget: boolean }
  | { kind: 'broke-off'; wallMs: number }
  | { kind: 'put-refused'; bytes: number };

export interface Decision<T> {
  value: T;
  reason: string;
}

/**
 * Limits from what the host says, before the first long request: half of the execution time (the rest is for its start
 * and for slow disks), a sixteenth of the memory for an answer, three quarters of the largest POST.
 */
export function limitsFromHost(limits: LearnedLimits, says: HostSays): Decision<LearnedLimits> {
  const time = positive(says.maxExecutionTime);
  const memory = positive(says.memoryLimit);
  const post = positive(says.postMaxSize);
  const value = clamp({
    ...limits,
    budgetMs: Math.min(limits.budgetMs, time === undefined ? Infinity : time * 500),
    maxBytes: Math.min(limits.maxBytes, memory === undefined ? Infinity : memory / 16),
    maxPutBytes: Math.min(
      limits.maxPutBytes,
      post === undefined ? Infinity : post * 0.75,
      memory === undefined ? Infinity : memory / 12,
    ),
  });
  return { value, reason: 'what the host says of itself' };
}

/** The next limits after one answer: a quarter up when it went well, half down when it broke off. */
export function nextLimits(limits: LearnedLimits, seen: Observation): Decision<LearnedLimits> {
  if (seen.kind === 'put-refused') {
    // Not half of the limit: what was read before the limit sank is refused again, and must not sink it further.
    const maxPutBytes = Math.min(limits.maxPutBytes, seen.bytes / 2);
    return { value: clamp({ ...limits, maxPutBytes }), reason: `the host refused a body of ${seen.bytes} bytes` };
  }
  if (seen.kind === 'broke-off') {
    // It died after wallMs: half of that is surely within what the host allows.
    const budgetMs = Math.min(limits.budgetMs, Math.max(seen.wallMs, 1000)) / 2;
    return {
      value: clamp({ ...limits, budgetMs, maxBytes: limits.maxBytes / 2 }),
      reason: `an answer broke off after ${Math.round(seen.wallMs)} ms`,
    };
  }
  const waitMs = Math.max(1, seen.wallMs - seen.siteMs);
  const usual = limits.usualWaitMs;
  const usualWaitMs = usual === 0 ? waitMs : usual * 0.9 + Math.min(waitMs, usual * 4) * 0.1;
  if (!seen.usedBudget) return { value: { ...limits, usualWaitMs }, reason: 'the work was small' };
  return {
    value: clamp({ ...limits, usualWaitMs, budgetMs: limits.budgetMs * 1.25, maxBytes: limits.maxBytes * 1.25 }),
    reason: 'a full budget went well',
  };
}

function clamp(limits: LearnedLimits): LearnedLimits {
  const within = (name: 'budgetMs' | 'maxBytes' | 'maxPutBytes'): number =>
    Math.round(Math.max(lowestLimits[name], Math.min(highestLimits[name], limits[name])));
  return { ...limits, budgetMs: within('budgetMs'), maxBytes: within('maxBytes'), maxPutBytes: within('maxPutBytes') };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}
