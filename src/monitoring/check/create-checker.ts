import { networkInterfaces } from 'node:os';
import { isIPv6 } from 'node:net';
import tls from 'node:tls';
import { constants } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { isPublicAddress } from '../../platform/public-address.ts';
import type { CheckOutcome } from '../rules/verdict.ts';
import { CheckFailure } from './check-failure.ts';
import type { AddressFrom, Checked, CheckTarget, SeenCertificate } from './checked.ts';
import { connectTo, type Connected } from './connect.ts';
import { Deadline } from './deadline.ts';
import { Resolver } from './dns/resolver.ts';
import { fetchPage } from './fetch-page.ts';
import { findDeadText } from './rules/dead-text.ts';
import { hasKeyword } from './rules/has-keyword.ts';
import { cookieHeader, keepCookies, mostRedirects, nextHop, type Cookies } from './rules/next-hop.ts';
import { ownTrouble } from './rules/own-trouble.ts';
import type { SeenPage } from './seen-page.ts';

export interface CheckerOptions {
  clock: Clock;
  /** Look at private, loopback and link-local addresses too (NACHTWACHT_ALLOW_PRIVATE). */
  allowPrivate: boolean;
  /** DNS servers as `address` or `address:port`; default: those of this machine. */
  dnsServers?: readonly string[];
  /** Names that tell whether our resolver works when others are silent; default: three of different operators. */
  dnsReferences?: readonly string[];
  /** Longest that an answer of DNS is kept, below its own TTL; default 30 s. Divide by the time scale in tests. */
  dnsCacheMs?: number;
  /** Longest that one question to DNS takes; default 4 s. Divide by the time scale in tests. */
  dnsPatienceMs?: number;
  /** Certificate authorities besides those of Node, PEM. */
  authorities?: readonly string[];
}

export interface Checker {
  /**
   * Whatever happens is in the outcome; throws only when the target's address is no URL. `signal` ends it at once
   * (outcome: own, no-check-yet).
   */
  check(target: CheckTarget, signal?: AbortSignal): Promise<Checked>;
  close(): void;
}

const usualTimeoutMs = 10_000;
const usualBodyBytes = 1024 * 1024;
/** Of a name with several addresses, as browsers do; and how long one that is not the last may take. */
const mostAddresses = 3;
const shareOfFirst = 0.3;

/** Makes the checker of this process: it keeps DNS answers, and shares what TLS needs between checks. */
export function createChecker(options: CheckerOptions): Checker {
  const monotonicMs = (): number => options.clock.monotonicMs();
  const resolver = new Resolver({
    monotonicMs,
    servers: options.dnsServers,
    references: options.dnsReferences,
    cacheMs: options.dnsCacheMs,
    patienceMs: options.dnsPatienceMs,
    useHostsFile: options.allowPrivate,
  });
  let context: tls.SecureContext | undefined;
  const ground: Ground = {
    monotonicMs,
    resolver,
    allowPrivate: options.allowPrivate,
    // Made at the first use: reading all authorities takes a while, and somebody may add one until then.
    secureContext: () => (context ??= makeContext(options.authorities)),
  };
  return {
    check: async (target, signal) => new Check(ground, target, signal).run(),
    close: () => resolver.close(),
  };
}

interface Ground {
  monotonicMs(): number;
  resolver: Resolver;
  allowPrivate: boolean;
  secureContext(): tls.SecureContext;
}

function makeContext(authorities: readonly string[] | undefined): tls.SecureContext {
  return tls.createSecureContext({
    ...(authorities === undefined ? {} : { ca: [...tls.getCACertificates('default'), ...authorities] }),
    // A key share for X25519 only: one for ML-KEM beside it makes a check an eighth to a quarter dearer (measured). Servers
    // without X25519 ask for one of the others by themselves (HelloRetryRequest).
    ecdhCurve: 'X25519:P-256:P-384:P-521',
    minVersion: 'TLSv1.2',
    // Old servers that browsers still reach.
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT | constants.SSL_OP_NO_TICKET,
  });
}

/** One check, hop by hop. */
class Check {
  readonly #ground: Ground;
  readonly #target: CheckTarget;
  readonly #deadline: Deadline;
  readonly #cookies: Cookies = new Map();
  readonly #startedAt: number;
  readonly #phases: {
    dnsMs: number | null;
    connectMs: number | null;
    tlsMs: number | null;
    firstByteMs: number | null;
  };
  /** The hop. */
  #url: URL;
  #redirects = 0;
  #address: string | null = null;
  #addressFrom: AddressFrom | null = null;
  #certificate: SeenCertificate | null = null;

  constructor(ground: Ground, target: CheckTarget, signal: AbortSignal | undefined) {
    this.#ground = ground;
    this.#target = target;
    this.#url = new URL(target.url);
    this.#startedAt = ground.monotonicMs();
    this.#phases = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null };
    this.#deadline = new Deadline(target.timeoutMs ?? usualTimeoutMs, signal);
  }

  async run(): Promise<Checked> {
    try {
      const page = await this.#follow();
      return this.#checked(this.#judged(page), page);
    } catch (error) {
      if (this.#deadline.isUnwanted) return this.#checked({ kind: 'own', code: 'no-check-yet' }, null);
      if (error instanceof OwnTrouble) return this.#checked({ kind: 'own', code: error.code }, null);
      const { phase, code } = error instanceof CheckFailure ? error : new CheckFailure('answer', 'ERR_UNKNOWN');
      return this.#checked({ kind: 'failure', phase, code, host: this.#url.hostname }, null);
    } finally {
      this.#deadline.clear();
    }
  }

  /** The page itself, after redirects. */
  async #follow(): Promise<SeenPage> {
    const seen = new Set<string>();
    for (;;) {
      const cookies = cookieHeader(this.#cookies, this.#url.hostname);
      const visit = `${this.#url.href} ${cookies ?? ''}`;
      if (seen.has(visit) || this.#redirects > mostRedirects) throw new CheckFailure('answer', 'ERR_REDIRECT_LOOP');
      seen.add(visit);
      const page = await this.#get(cookies);
      const next = nextHop(this.#url, { status: page.status, location: page.headers.location });
      if (next.kind === 'stay') return page;
      if (next.kind === 'failure') throw new CheckFailure('answer', next.code);
      keepCookies(this.#cookies, this.#url.hostname, page.headers['set-cookie']);
      this.#redirects += 1;
      this.#url = next.url;
    }
  }

  async #get(cookies: string | undefined): Promise<SeenPage> {
    const { socket, connectMs, tlsMs } = await this.#connect(await this.#findAddresses());
    this.#add('connectMs', connectMs);
    if (tlsMs !== null) this.#add('tlsMs', tlsMs);
    const askedAt = this.#ground.monotonicMs();
    return fetchPage({
      socket,
      url: this.#url,
      cookies,
      mostBytes: this.#target.maxBodyBytes ?? usualBodyBytes,
      deadline: this.#deadline,
      leadsElsewhere: ({ status, headers }) =>
        nextHop(this.#url, { status, location: headers.location }).kind !== 'stay',
      onFirstByte: () => this.#add('firstByteMs', this.#ground.monotonicMs() - askedAt),
    });
  }

  /** Addresses of the hop's host that may be connected to. */
  async #findAddresses(): Promise<readonly string[]> {
    const found = this.#ground.resolver.resolve(this.#url.hostname);
    const began = this.#ground.monotonicMs();
    const said =
      found instanceof Promise
        ? await this.#deadline
            .race<Awaited<typeof found>>(
              () => 'dns',
              ({ resolve, reject }) => void found.then(resolve, reject),
            )
            .catch((error: unknown) => {
              // Our time was over before it was known whose silence it is.
              if (this.#ground.resolver.spokeSince(this.#startedAt)) throw error;
              throw new OwnTrouble('own-resolver');
            })
        : found;
    this.#add('dnsMs', this.#ground.monotonicMs() - began);
    this.#address = null;
    if (said.kind === 'own') throw new OwnTrouble('own-resolver');
    if (said.kind === 'failed') throw new CheckFailure('dns', said.code);
    this.#addressFrom = said.from;
    const mayBePrivate = this.#ground.allowPrivate || this.#target.isOurs === true;
    const allowed = mayBePrivate ? said.addresses : said.addresses.filter(isPublicAddress);
    if (allowed.length === 0) throw new CheckFailure('connect', 'ERR_ADDRESS_PRIVATE');
    return allowed.slice(0, mostAddresses);
  }

  /** To the first address that answers; the failure is that of the last one. */
  async #connect(addresses: readonly string[]): Promise<Connected> {
    for (const [at, address] of addresses.entries()) {
      this.#address = address;
      try {
        return await this.#connectTo(address, at === addresses.length - 1);
      } catch (error) {
        const failure = error instanceof CheckFailure ? error : new CheckFailure('connect', 'ERR_UNKNOWN');
        const facts = { isIpv6: isIPv6(address), hasIpv6: isIPv6(address) && hasIpv6() };
        const own = failure.phase === 'connect' ? ownTrouble(failure.code, facts) : null;
        if (own !== null) throw new OwnTrouble(own);
        // Whoever answers is the site: what TLS says does not become better elsewhere.
        if (at === addresses.length - 1 || failure.phase !== 'connect' || this.#deadline.isOver) throw failure;
      }
    }
    throw new CheckFailure('connect', 'ERR_UNKNOWN');
  }

  #connectTo(address: string, isLast: boolean): Promise<Connected> {
    const url = this.#url;
    const isSecure = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    return connectTo({
      address,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      secure: isSecure ? { host, context: this.#ground.secureContext() } : undefined,
      deadline: this.#deadline,
      ...(isLast ? {} : { patienceMs: (this.#target.timeoutMs ?? usualTimeoutMs) * shareOfFirst }),
      monotonicMs: () => this.#ground.monotonicMs(),
      onCertificate: (certificate) => {
        this.#certificate = certificate;
      },
    });
  }

  #judged(page: SeenPage): CheckOutcome {
    const { keyword } = this.#target;
    const found = keyword === null ? null : hasKeyword(page.body, keyword, () => page.text);
    return {
      kind: 'answer',
      status: page.status,
      host: this.#url.hostname,
      bodyBytes: page.bytes,
      // What was not read may hold it.
      hasKeyword: found === false && page.isCut ? null : found,
      deadText: findDeadText({ status: page.status, body: page.body, hasKeyword: found }),
    };
  }

  #add(phase: 'dnsMs' | 'connectMs' | 'tlsMs' | 'firstByteMs', ms: number): void {
    this.#phases[phase] = (this.#phases[phase] ?? 0) + ms;
  }

  #checked(outcome: CheckOutcome, page: SeenPage | null): Checked {
    return {
      outcome,
      phases: { ...this.#phases, totalMs: this.#ground.monotonicMs() - this.#startedAt },
      address: this.#address,
      addressFrom: this.#addressFrom,
      certificate: this.#certificate,
      redirects: this.#redirects,
      finalUrl: this.#url.href,
      page,
    };
  }
}

/** It is us, not the site. */
class OwnTrouble extends Error {
  readonly code: 'own-resolver' | 'own-network' | 'overload' | 'no-check-yet';

  constructor(code: OwnTrouble['code']) {
    super(code);
    this.code = code;
  }
}

/** Whether this machine has an address of IPv6 that leads anywhere. */
function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((all) =>
    all?.some(({ family, internal, address }) => family === 'IPv6' && !internal && !address.startsWith('fe80')),
  );
}
