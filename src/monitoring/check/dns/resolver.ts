import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import type { AddressFrom } from '../checked.ts';
import { lookInHostsFile } from './hosts-file.ts';
import { Lane } from './lane.ts';

export interface ResolverOptions {
  monotonicMs(): number;
  /** `address` or `address:port`; undefined = those of this machine. */
  servers?: readonly string[] | undefined;
  references?: readonly string[] | undefined;
  /** Longest that an answer is kept, below its own TTL; default 30 s. */
  cacheMs?: number | undefined;
  /** Longest that one question to DNS takes, with one repeat; default 4 s. */
  patienceMs?: number | undefined;
  /** Take what the hosts file says of names that DNS does not have. */
  useHostsFile: boolean;
}

/** `failed`: DNS said no, or does not speak of this name while it speaks of others. `own`: our resolver is silent. */
export type Found =
  | { kind: 'found'; addresses: readonly string[]; from: AddressFrom }
  | { kind: 'failed'; code: string }
  | { kind: 'own' };

/** Names of different operators, that always are. */
const usualReferences = ['google.com', 'cloudflare.com', 'sidn.nl'];
/** How long an address is trusted when our own resolver is silent. */
const lastKnownMs = 3_600_000;
const mostKnown = 100_000;
/** Questions at once. Silent names have a lane of their own, so that others never wait for them. */
const mostQuestions = 1000;
const mostSilent = 200;
const renewMs = 30_000;
/** DNS said so; every other code means that it said nothing useful. */
const answers = new Set(['ENOTFOUND', 'ENODATA']);

interface Known {
  addresses: readonly string[];
  until: number;
  at: number;
}

/**
 * Addresses of names by c-ares: no thread is held, so a name that is never answered costs nobody else anything. Each name
 * is asked once at a time. When a name is silent, others tell whether it is the name or our resolver.
 */
export class Resolver {
  readonly #options: ResolverOptions;
  readonly #cacheMs: number;
  readonly #patienceMs: number;
  readonly #known = new Map<string, Known>();
  readonly #pending = new Map<string, Promise<Found>>();
  readonly #silent = new Set<string>();
  readonly #lanes = { usual: new Lane(mostQuestions), silent: new Lane(mostSilent) };
  #channels: { usual: dns.Resolver; silent: dns.Resolver };
  #renewedAt = 0;
  #answeredAt = -Infinity;
  #reference: { until: number; isAlive: Promise<boolean> } | undefined;

  constructor(options: ResolverOptions) {
    this.#options = options;
    this.#cacheMs = options.cacheMs ?? 30_000;
    this.#patienceMs = options.patienceMs ?? 4000;
    this.#channels = this.#open();
  }

  /** Never throws, and takes one and a half times `patienceMs` at most. `host` as in URL.hostname. */
  resolve(host: string): Promise<Found> | Found {
    const literal = host.startsWith('[') ? host.slice(1, -1) : host;
    if (isIP(literal) !== 0) return { kind: 'found', addresses: [literal], from: 'literal' };
    const known = this.#known.get(host);
    if (known !== undefined && known.until > this.#options.monotonicMs())
      return { kind: 'found', addresses: known.addresses, from: 'cache' };
    const asked = this.#pending.get(host);
    if (asked !== undefined) return asked;
    const asking = this.#ask(host).finally(() => this.#pending.delete(host));
    this.#pending.set(host, asking);
    return asking;
  }

  /** Whether our resolver said anything to anybody since a moment (monotonicMs), or shortly before it. */
  spokeSince(at: number): boolean {
    return this.#answeredAt > at - 2 * this.#patienceMs;
  }

  close(): void {
    this.#channels.usual.cancel();
    this.#channels.silent.cancel();
  }

  async #ask(host: string): Promise<Found> {
    const which = this.#silent.has(host) ? 'silent' : 'usual';
    const began = this.#options.monotonicMs();
    const said = await this.#lanes[which].run(() => this.#question(this.#channels[which], host));
    const now = this.#options.monotonicMs();
    if (said.addresses !== undefined) {
      this.#answeredAt = now;
      this.#silent.delete(host);
      this.#keep(host, { addresses: said.addresses, at: now, until: now + Math.min(said.ttl * 1000, this.#cacheMs) });
      return { kind: 'found', addresses: said.addresses, from: 'dns' };
    }
    if (answers.has(said.code)) {
      this.#answeredAt = now;
      this.#silent.delete(host);
      const own = this.#options.useHostsFile ? await lookInHostsFile(host) : [];
      if (own.length > 0) return { kind: 'found', addresses: own, from: 'dns' };
      this.#known.delete(host);
      return { kind: 'failed', code: said.code };
    }
    this.#silent.add(host);
    // Somebody else was answered while this name was not.
    if (this.#answeredAt > began || (await this.#isAlive())) return { kind: 'failed', code: said.code };
    this.#renew(now);
    const known = this.#known.get(host);
    return known !== undefined && now - known.at < lastKnownMs
      ? { kind: 'found', addresses: known.addresses, from: 'last-known' }
      : { kind: 'own' };
  }

  /** IPv4, and IPv6 when there is none. */
  async #question(
    channel: dns.Resolver,
    host: string,
  ): Promise<{ addresses: string[]; ttl: number } | { addresses?: undefined; code: string }> {
    const ask = async (work: Promise<{ address: string; ttl: number }[]>) => {
      const records = await work;
      return { addresses: records.map(({ address }) => address), ttl: Math.min(...records.map(({ ttl }) => ttl)) };
    };
    try {
      return await ask(channel.resolve4(host, { ttl: true })).catch((error: unknown) => {
        if (codeOf(error) !== 'ENODATA') throw error;
        return ask(channel.resolve6(host, { ttl: true }));
      });
    } catch (error) {
      return { code: codeOf(error) };
    }
  }

  /** Whether our resolver answers for names that always are; asked once for all who want to know. */
  #isAlive(): Promise<boolean> {
    const now = this.#options.monotonicMs();
    if (this.#reference !== undefined && this.#reference.until > now) return this.#reference.isAlive;
    const channel = this.#channel(this.#patienceMs / 2);
    const names = this.#options.references ?? usualReferences;
    const asked = names.map(async (name) => {
      const said = await this.#question(channel, name);
      if (said.addresses === undefined && !answers.has(said.code)) throw new Error(said.code);
    });
    const isAlive = Promise.any(asked)
      .then(() => {
        this.#answeredAt = this.#options.monotonicMs();
        return true;
      })
      .catch(() => false);
    this.#reference = { until: now + this.#patienceMs, isAlive };
    return isAlive;
  }

  #keep(host: string, known: Known): void {
    this.#known.delete(host);
    this.#known.set(host, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }

  #open(): { usual: dns.Resolver; silent: dns.Resolver } {
    return { usual: this.#channel(this.#patienceMs), silent: this.#channel(this.#patienceMs) };
  }

  /** A question is repeated once; c-ares waits twice as long the second time. */
  #channel(patienceMs: number): dns.Resolver {
    const channel = new dns.Resolver({ timeout: Math.ceil(patienceMs / 3), tries: 2 });
    if (this.#options.servers) channel.setServers(this.#options.servers);
    return channel;
  }

  /** c-ares reads the machine's settings once; a resolver that went silent may have become another. */
  #renew(now: number): void {
    if (this.#options.servers !== undefined || now - this.#renewedAt < renewMs) return;
    this.#renewedAt = now;
    this.#channels = this.#open();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERR_UNKNOWN';
}
