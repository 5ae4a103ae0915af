import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import type { Config } from '../config.ts';
import { judgeClient } from './rules/client-address.ts';

/** What is known of a request before anybody reads it. */
export interface RequestFacts {
  /** In the answer as `x-request-id`, and with every line of log about it. */
  id: string;
  /** Address of the client, behind our own proxies; empty when it is not known. For rate limits and the audit trail. */
  address: string;
  /** As a proxy of ours says. */
  scheme: 'http' | 'https';
  /** People reach us over TLS: so we were told, or so NACHTWACHT_URL says. Then cookies are `Secure`. */
  isSecure: boolean;
}

export type HttpVariables = { Variables: { facts: RequestFacts } };

/** The proxies of NACHTWACHT_TRUSTED_PROXIES. */
export function trustedProxies(networks: readonly string[]): (address: string) => boolean {
  const list = new net.BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = net.isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const version = net.isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}

/** Reads them once for each request. */
export function factsReader(config: Config): (c: Context) => RequestFacts {
  const isTrusted = trustedProxies(config.trustedProxies);
  const isPublicSecure = config.publicUrl?.startsWith('https:') === true;
  return (c) => {
    const peer = peerOf(c);
    const client = judgeClient({
      peer,
      forwardedFor: c.req.header('x-forwarded-for'),
      forwardedProto: c.req.header('x-forwarded-proto'),
      isTrusted,
    });
    const given = c.req.header('x-request-id');
    const id = given && isTrusted(peer ?? '') && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
    const scheme = client.isSecure ? 'https' : 'http';
    return { id, address: client.address, scheme, isSecure: client.isSecure || isPublicSecure };
  };
}

/** Address of the other end of the connection; undefined when the app is called without one (tests). */
export function peerOf(c: Context): string | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Hono types the environment as any
  const bindings = c.env as { incoming?: unknown } | undefined;
  return bindings?.incoming === undefined ? undefined : getConnInfo(c).remote.address;
}

/**
 * The request as sign-in gets it: what a client may have written about where it comes from is gone, and what we know of it
 * stands in `x-nachtwacht-client`.
 */
export function withClient(request: Request, facts: RequestFacts): Request {
  const headers = new Headers([...request.headers].filter(([name]) => !isAboutOrigin(name)));
  headers.set('x-nachtwacht-client', facts.address);
  return new Request(request, { headers });
}

function isAboutOrigin(name: string): boolean {
  return (
    name.startsWith('x-forwarded-') ||
    ['forwarded', 'x-real-ip', 'x-client-ip', 'cf-connecting-ip', 'true-client-ip', 'x-nachtwacht-client'].includes(
      name,
    )
  );
}
