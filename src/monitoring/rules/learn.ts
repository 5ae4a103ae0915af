// What the watch finds out of a site by itself, from checks in which it was well.

export interface Learning {
  /** Text that stood on the page in all checks it was learnt from; null = not yet, or none that stays. */
  keyword: string | null;
  /** Usual status of the front page; null = not yet. */
  status: number | null;
  /** Where the front page ended: besides the site's own host. */
  hosts: readonly string[];
  /** Bytes of its page; null = not yet. */
  bytes: number | null;
  /** Texts that stood on it every time so far. */
  candidates: readonly string[];
  /** Good checks in a row that it was learnt from. */
  from: number;
  /** Milliseconds since 1970; null = not learnt yet. */
  since: number | null;
}

export const unlearnt: Learning = {
  keyword: null,
  status: null,
  hosts: [],
  bytes: null,
  candidates: [],
  from: 0,
  since: null,
};

/** Good checks that it takes: with 60 s between them a text that changes by the minute is seen to. */
export const learnNeeds = 5;

/** A good check: where it ended, with which status, and texts of the page that may be learnt, the best first. */
export interface GoodCheck {
  at: number;
  status: number;
  host: string;
  texts: readonly string[];
  bytes: number;
  /** Whether the learnt text stood on it; null = none was looked for. */
  hasKeyword: boolean | null;
}

/**
 * Learns from one good check. What is learnt stays until a person says 'learn anew', or until the page was made over:
 * it is good, but its text is gone; then text and size are learnt again.
 */
export function learn(before: Learning, seen: GoodCheck): Learning {
  const isMadeOver = before.since !== null && before.keyword !== null && seen.hasKeyword === false;
  const state = isMadeOver ? { ...unlearnt, status: before.status, hosts: before.hosts } : before;
  if (state.since !== null) return state;
  const candidates =
    state.from === 0 ? seen.texts.slice(0, 8) : state.candidates.filter((text) => seen.texts.includes(text));
  const from = state.from + 1;
  const { status, bytes } = seen;
  const next: Learning = { ...state, status, bytes, hosts: withHost(state.hosts, seen.host), candidates, from };
  if (from < learnNeeds) return next;
  return { ...next, keyword: candidates[0] ?? null, candidates: [], since: seen.at };
}

function withHost(hosts: readonly string[], host: string): readonly string[] {
  return hosts.includes(host) ? hosts : [...hosts, host];
}

/** What a person set; null = as learnt. */
export interface Wishes {
  /** Host of the site's own address. */
  host: string;
  keyword: string | null;
  expectedStatus: number | null;
  extraHosts: readonly string[];
}

/** What a good answer of a site looks like. */
export interface Expected {
  hosts: readonly string[];
  status: number;
  keyword: string | null;
  /** Half of the size that was learnt: see `Learnt` in verdict.ts. */
  leastBytes: number | null;
}

/** What a good answer of this site looks like: by what a person set, then by what was learnt, then as most sites are. */
export function expectationsOf(wishes: Wishes, learning: Learning): Expected {
  return {
    hosts: [...new Set([wishes.host, otherWww(wishes.host), ...wishes.extraHosts, ...learning.hosts])],
    status: wishes.expectedStatus ?? learning.status ?? 200,
    keyword: wishes.keyword ?? learning.keyword,
    leastBytes: wishes.keyword === null && learning.bytes !== null ? Math.ceil(learning.bytes / 2) : null,
  };
}

/**
 * The same for the very first answer, when nothing is known: where the page leads and whether it asks for a password
 * (401) is taken as this site's own way. An error, an empty page or a dead WordPress never is.
 */
export function expectationsAtFirst(
  expected: Expected,
  learning: Learning,
  wishes: Wishes,
  answer: { host: string; status: number },
): Expected {
  if (learning.from > 0 || learning.since !== null) return expected;
  const status = wishes.expectedStatus === null && answer.status === 401 ? 401 : expected.status;
  return { ...expected, status, hosts: [...expected.hosts, answer.host] };
}

/** `bakkerij.nl` and `www.bakkerij.nl` are one site. A port belongs to the host. */
function otherWww(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : `www.${host}`;
}
