import type { Clock } from '../platform/clock.ts';
import { ConnectorError, siteText } from './errors.ts';
import type { AnswerCollector } from './collect-answer.ts';
import type { AnswerEnd } from './frame-parser.ts';
import { NoMarkerError, readFrames, type Frame } from './frame-reader.ts';
import { explainAnswer, type Refusal } from './rules/explain-answer.ts';
import { firstLimits, type LearnedLimits } from './rules/limits.ts';
import { packPayload, signRequest, type EntryName, type SiteCredentials } from './sign-request.ts';
import type { PostAnswer, Transport } from './post-request.ts';

/** What is learned about one site; JSON; the caller keeps it between runs. */
export interface Learned {
  /** Entry that works for commands without WordPress. */
  entry?: EntryName;
  /** Entry that works for commands that need WordPress. */
  wordpressEntry?: EntryName;
  /** Where the signature survives. */
  signature: 'header' | 'body';
  /** Form of the answers: z deflated, y deflated in base64 for hosts that damage binary answers. */
  mode: AnswerMode;
  /** The site's clock minus ours, seconds. */
  skewSeconds: number;
  /** The site can inflate our requests. */
  zlib: boolean;
  limits: LearnedLimits;
}

export type AnswerMode = 'p' | 'z' | 'b' | 'y';

export const nothingLearned: Learned = {
  signature: 'header',
  mode: 'z',
  skewSeconds: 0,
  zlib: false,
  limits: firstLimits,
};

export interface CallInput {
  command: string;
  args: object;
  blob?: readonly Buffer[] | undefined;
  claim: number;
  needsWordPress?: boolean;
  /** Cap on the answer's bytes after inflating. */
  maxAnswerBytes: number;
  totalTimeoutMs: number;
  idleTimeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Gets the whole answer; then no frame is yielded. */
  into?: AnswerCollector | undefined;
}

export interface Site {
  credentials: SiteCredentials;
  transport: Transport;
  clock: Pick<Clock, 'now'>;
  /** Replaced when something new was learned. */
  learned: Learned;
}

// A clock further off than a wrong time zone is not corrected: signatures for a far day could be kept for it.
const MAX_SKEW_SECONDS = 26 * 3600;
const ENTRIES: readonly EntryName[] = ['direct', 'rest', 'ajax'];
const ELSEWHERE = new Set([
  'entry-missing',
  'not-our-answer',
  'challenge-page',
  'needs-wordpress',
  'redirect-loop',
  'site-error',
]);
const MAX_REDIRECTS = 3;

/**
 * One request, its answer as frames (the generator's return value is the end frame with `ok` true). Chooses the entry,
 * the place of the signature and the clock by itself and remembers them in `site.learned`; repeats nothing else.
 */
export async function* callSite(site: Site, input: CallInput): AsyncGenerator<Frame, AnswerEnd, void> {
  let first: unknown;
  for (const entry of entriesFor(site, input.needsWordPress === true)) {
    try {
      return yield* callEntry(site, entry, input);
    } catch (error) {
      if (!(error instanceof ConnectorError) || !ELSEWHERE.has(error.code)) throw error;
      first ??= error;
    }
  }
  throw first ?? new ConnectorError('entry-missing', { details: { command: input.command } });
}

function entriesFor(site: Site, needsWordPress: boolean): EntryName[] {
  const { learned, credentials } = site;
  const best = needsWordPress ? learned.wordpressEntry : learned.entry;
  const order = ENTRIES.filter(
    (name) => credentials.entries[name] !== undefined && !(needsWordPress && name === 'direct'),
  );
  return best !== undefined && order.includes(best) ? [best, ...order.filter((name) => name !== best)] : order;
}

async function* callEntry(site: Site, entry: EntryName, input: CallInput): AsyncGenerator<Frame, AnswerEnd, void> {
  // Each of these may be put right once: signature place, clock, a nonce that a proxy repeated.
  const corrected = new Set<string>();
  for (;;) {
    let yielded = false;
    try {
      const frames = exchange(site, entry, input);
      for (;;) {
        const step = await frames.next();
        if (step.done === true) {
          learnEntry(site, entry, input.needsWordPress === true, step.value);
          return checkedEnd(step.value, entry, input.command);
        }
        yielded = true;
        yield step.value;
      }
    } catch (error) {
      if (yielded || !(error instanceof ConnectorError) || corrected.has(error.code)) throw error;
      if (!correct(site, error)) throw error;
      corrected.add(error.code);
    }
  }
}

/** Puts right what can be: true when a second try makes sense. */
function correct(site: Site, error: ConnectorError): boolean {
  if (error.code === 'signature-missing' && site.learned.signature === 'header') {
    site.learned = { ...site.learned, signature: 'body' };
    return true;
  }
  if (error.code === 'clock') {
    const time = error.details['time'];
    if (typeof time !== 'number') return false;
    const skewSeconds = Math.round(time - site.clock.now().getTime() / 1000);
    if (Math.abs(skewSeconds) > MAX_SKEW_SECONDS || skewSeconds === site.learned.skewSeconds) return false;
    site.learned = { ...site.learned, skewSeconds };
    return true;
  }
  return error.code === 'replayed';
}

async function* exchange(site: Site, entry: EntryName, input: CallInput): AsyncGenerator<Frame, AnswerEnd, void> {
  const { credentials, learned } = site;
  let address = new URL(credentials.entries[entry] ?? '');
  for (let redirects = 0; ; redirects++) {
    const url = new URL(address);
    url.searchParams.append('nw', randomHex());
    const payload = packPayload(input.command, { mode: learned.mode, ...input.args }, input.blob, {
      deflate: learned.zlib,
    });
    const time = Math.floor(site.clock.now().getTime() / 1000) + learned.skewSeconds;
    const target = url.pathname + url.search;
    const { auth, nonce } = signRequest({ credentials, target, payload, time, claim: input.claim });
    const inBody = learned.signature === 'body';
    const answer = await site.transport.post({
      url,
      headers: headersOf(credentials, inBody ? undefined : auth),
      body: inBody ? [Buffer.from(`NW1 ${auth}\n`, 'latin1'), ...payload] : payload,
      totalTimeoutMs: input.totalTimeoutMs,
      idleTimeoutMs: input.idleTimeoutMs,
      signal: input.signal,
    });
    const location = redirectOf(answer);
    if (location === undefined) {
      const encoding = answer.headers['content-encoding'];
      try {
        const options = { nonce, maxBytes: input.maxAnswerBytes, encoding };
        if (input.into !== undefined) return await input.into.collect(answer.body, options);
        return yield* readFrames(answer.body, options);
      } catch (error) {
        if (error instanceof NoMarkerError)
          throw refusalError(explainAnswer(shapeOf(answer, error.text)), entry, input.command);
        throw error;
      } finally {
        answer.close();
      }
    }
    answer.close();
    if (redirects === MAX_REDIRECTS) throw new ConnectorError('redirect-loop', { details: { entry } });
    address = follow(url, location);
  }
}

/** Where a redirect leads, when it stays on the same host and does not give up https. */
function follow(from: URL, location: string): URL {
  let to: URL;
  try {
    to = new URL(location, from);
  } catch {
    throw new ConnectorError('redirected-elsewhere', { details: { to: siteText(location) } });
  }
  const samePort = to.port === from.port || (from.protocol === 'http:' && to.protocol === 'https:');
  const keepsHttps = to.protocol === 'https:' || from.protocol === to.protocol;
  if (to.hostname !== from.hostname || !samePort || !keepsHttps) {
    throw new ConnectorError('redirected-elsewhere', { details: { to: siteText(to.origin) } });
  }
  to.searchParams.delete('nw');
  to.username = '';
  to.password = '';
  return to;
}

function redirectOf(answer: PostAnswer): string | undefined {
  return [301, 302, 303, 307, 308].includes(answer.status) ? answer.headers.location : undefined;
}

export function headersOf(credentials: Pick<SiteCredentials, 'basicAuth'>, auth?: string): Record<string, string> {
  const { basicAuth } = credentials;
  return {
    'Content-Type': 'application/octet-stream',
    'Cache-Control': 'no-store',
    ...(auth === undefined ? {} : { 'X-Nachtwacht-Auth': auth }),
    ...(basicAuth === undefined
      ? {}
      : {
          Authorization: `Basic ${Buffer.from(`${basicAuth.user}:${basicAuth.password}`, 'utf8').toString('base64')}`,
        }),
  };
}

export function shapeOf(answer: PostAnswer, text: string): Parameters<typeof explainAnswer>[0] {
  const { headers, status } = answer;
  return {
    status,
    text,
    server: String(headers['server'] ?? ''),
    wantsPassword: headers['www-authenticate'] !== undefined,
  };
}

export function refusalError(refusal: Refusal, entry: EntryName | undefined, command: string): ConnectorError {
  const { code, status, time, siteSays } = refusal;
  return new ConnectorError(code, {
    details: {
      command,
      status,
      ...(entry === undefined ? {} : { entry }),
      ...(time === undefined ? {} : { time }),
      ...(siteSays === '' ? {} : { siteSays }),
    },
  });
}

/** The end frame when the site says ok; else its refusal as an error. */
export function checkedEnd(end: AnswerEnd, entry: EntryName | undefined, command: string): AnswerEnd {
  if (end.ok) return end;
  const code = typeof end.code === 'string' && /^[a-z0-9-]{1,60}$/.test(end.code) ? end.code : 'answer-invalid';
  throw new ConnectorError(code, {
    ...(end.retry === true ? { retryable: true } : {}),
    details: {
      ...refusalFacts(end),
      command,
      time: end.time,
      ...(entry === undefined ? {} : { entry }),
      siteSays: siteText(end.message ?? ''),
    },
  });
}

/** What the plugin may add to a refusal: nothing else that a site says there gets into errors, journals and logs. */
const REFUSAL_FACTS = ['rolled_back', 'stuck', 'free', 'have', 'errno'] as const;

function refusalFacts(end: AnswerEnd): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = {};
  for (const name of REFUSAL_FACTS) {
    const value = end[name];
    if (typeof value === 'number' || typeof value === 'boolean') found[name] = value;
    else if (typeof value === 'string') found[name] = siteText(value);
    else if (Array.isArray(value)) found[name] = siteText(value.filter((one) => typeof one === 'string').join(', '));
  }
  return found;
}

function learnEntry(site: Site, entry: EntryName, needsWordPress: boolean, end: AnswerEnd): void {
  const { learned } = site;
  if (end.code === 'needs-wordpress') return;
  const drift = Math.round(end.time - site.clock.now().getTime() / 1000);
  const skewSeconds =
    Math.abs(drift - learned.skewSeconds) > 30 && Math.abs(drift) <= MAX_SKEW_SECONDS ? drift : learned.skewSeconds;
  const known = needsWordPress ? learned.wordpressEntry : learned.entry;
  if (known === entry && skewSeconds === learned.skewSeconds) return;
  site.learned = { ...learned, skewSeconds, ...(needsWordPress ? { wordpressEntry: entry } : { entry }) };
}

function randomHex(): string {
  return crypto.getRandomValues(Buffer.alloc(8)).toString('hex');
}
