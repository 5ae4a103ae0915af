/** What is the matter, in one word. `ours` ones say nothing about the site. */
export type Cause =
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'dns-gone'
  | 'dns-silent'
  | 'tls-expired'
  | 'tls-wrong-host'
  | 'tls-untrusted'
  | 'tls-failed'
  | 'too-slow'
  | 'status'
  | 'maintenance'
  | 'database-error'
  | 'critical-error'
  | 'white-page'
  | 'keyword-gone'
  | 'foreign-redirect'
  | 'redirect-loop'
  | 'answer-broken';

export type OwnCause = 'own-resolver' | 'own-network' | 'overload' | 'no-check-yet';

/** One finished check, as the checker measured it. */
export type CheckOutcome =
  | {
      kind: 'answer';
      status: number;
      /** Host of the last address, after redirects. */
      host: string;
      /** Bytes of the body that were read; the checker caps it. */
      bodyBytes: number;
      /** Whether the learnt keyword was in it; null = none learnt yet. */
      hasKeyword: boolean | null;
      /** Text of a dead WordPress that was found in the body. */
      deadText: 'database-error' | 'critical-error' | 'maintenance' | null;
    }
  | {
      kind: 'failure';
      phase: 'dns' | 'connect' | 'tls' | 'answer';
      code: string;
      /** Host of the hop that failed, when it is known. */
      host?: string;
    }
  | { kind: 'own'; code: OwnCause };

/** What was learnt of a site while it was well. */
export interface Learnt {
  /** Hosts that its front page may end at (itself, with or without www, and what a person allowed). */
  hosts: readonly string[];
  /** Usual status of its front page: 200 for most, 401 behind a sign-in. */
  status: number;
  /**
   * From this size on a page without the learnt text is still the site's own, made over: nobody is woken for a new
   * footer. Absent or null = a page without it never is (a person set the text, or no size was learnt).
   */
  leastBytes?: number | null;
}

export type Verdict =
  | { verdict: 'up' }
  | { verdict: 'down'; cause: Cause; detail: string }
  | { verdict: 'unknown'; cause: OwnCause };

const whiteBelowBytes = 200;

/** Error codes of Node's net, tls and of c-ares, and what each means for the visitor of a site. */
const causeOf: Record<string, Cause> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  // Its name, or where it leads, is an address that no visitor reaches.
  ERR_ADDRESS_PRIVATE: 'unreachable',
  ENOTFOUND: 'dns-gone',
  ENODATA: 'dns-gone',
  ESERVFAIL: 'dns-silent',
  EREFUSED: 'dns-silent',
  ETIMEOUT: 'dns-silent',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-untrusted',
  CERT_UNTRUSTED: 'tls-untrusted',
  CERT_REJECTED: 'tls-untrusted',
  CERT_REVOKED: 'tls-untrusted',
  CERT_SIGNATURE_FAILURE: 'tls-untrusted',
  CERT_CHAIN_TOO_LONG: 'tls-untrusted',
  INVALID_CA: 'tls-untrusted',
  INVALID_PURPOSE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
  ERR_REDIRECT_LOOP: 'redirect-loop',
};

/** Judges one check as a visitor would: does the site answer, with its own page, in time? */
export function judgeCheck(outcome: CheckOutcome, learnt: Learnt): Verdict {
  if (outcome.kind === 'own') return { verdict: 'unknown', cause: outcome.code };
  const down = (cause: Cause, detail: string): Verdict => ({ verdict: 'down', cause, detail });
  if (outcome.kind === 'failure') {
    // It led to a stranger, and that one is broken: the first is what is the matter.
    const isForeign = outcome.host !== undefined && !learnt.hosts.includes(outcome.host);
    return isForeign ? down('foreign-redirect', outcome.host ?? '') : down(causeOfFailure(outcome), outcome.code);
  }
  const { status, host, deadText } = outcome;
  if (!learnt.hosts.includes(host)) return down('foreign-redirect', host);
  // The words on the page say more than the status: WordPress sends 500 with both, and plugins send 200 with either.
  if (deadText !== null) return down(deadText, String(status));
  if (status !== learnt.status && (status < 200 || status >= 300)) return down('status', String(status));
  if (outcome.hasKeyword === false) {
    const isWhite = outcome.bodyBytes < whiteBelowBytes;
    if (!isWhite && learnt.leastBytes && outcome.bodyBytes >= learnt.leastBytes) return { verdict: 'up' };
    return down(isWhite ? 'white-page' : 'keyword-gone', `${outcome.bodyBytes} B`);
  }
  // No keyword was learnt, so an empty body is all there is to see.
  if (outcome.hasKeyword === null && outcome.bodyBytes === 0 && status !== 204) return down('white-page', '0 B');
  return { verdict: 'up' };
}

function causeOfFailure({ phase, code }: { phase: 'dns' | 'connect' | 'tls' | 'answer'; code: string }): Cause {
  if (phase === 'dns') return causeOf[code] ?? 'dns-silent';
  if (code === 'ETIMEDOUT' || code === 'ETIMEOUT') return phase === 'connect' ? 'unreachable' : 'too-slow';
  const known = causeOf[code];
  if (known !== undefined) return known;
  return phase === 'tls' ? 'tls-failed' : phase === 'connect' ? 'unreachable' : 'answer-broken';
}
