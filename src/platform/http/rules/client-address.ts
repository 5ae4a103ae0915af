/** Who a request comes from, as far as we may believe what stands in it. */
export interface ClientFacts {
  /** Of the machine at the other end of the connection; undefined without a connection (tests of the bare app). */
  peer: string | undefined;
  /** X-Forwarded-For and X-Forwarded-Proto as they came. */
  forwardedFor: string | undefined;
  forwardedProto: string | undefined;
  isTrusted: (address: string) => boolean;
}

export interface Client {
  /** IPv4 or IPv6 without brackets, port or zone; empty when it is not known. */
  address: string;
  /** The client speaks TLS with the outermost proxy of ours. */
  isSecure: boolean;
  why: 'direct' | 'proxy-not-trusted' | 'forwarded' | 'forwarded-unreadable';
}

/**
 * Reads X-Forwarded-For from the right: each trusted proxy vouches for the one address it added, so the first that is no
 * proxy of ours is the client. What a client wrote itself stands further left and is never looked at.
 */
export function judgeClient(facts: ClientFacts): Client {
  const peer = plainAddress(facts.peer ?? '') ?? '';
  const hops = listOf(facts.forwardedFor);
  const protos = listOf(facts.forwardedProto);
  if (hops.length === 0 && protos.length === 0) return { address: peer, isSecure: false, why: 'direct' };
  if (!facts.isTrusted(peer)) return { address: peer, isSecure: false, why: 'proxy-not-trusted' };
  let address = peer;
  // From here on counted from the right: how many proxies of ours were between.
  let depth = 0;
  let why: Client['why'] = 'forwarded';
  for (const hop of hops.toReversed()) {
    const next = plainAddress(hop);
    if (next === undefined) {
      why = 'forwarded-unreadable';
      break;
    }
    address = next;
    depth++;
    if (!facts.isTrusted(next)) break;
  }
  // A proxy that does not add its own leaves a shorter list: then the outermost of ours wrote the only one.
  const proto = protos.at(-Math.max(depth, 1)) ?? protos[0];
  return { address, isSecure: proto?.toLowerCase() === 'https', why };
}

function listOf(header: string | undefined): string[] {
  if (header === undefined) return [];
  return header
    .slice(0, 2000)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `[2001:db8::1]:443`, `::ffff:192.0.2.1`, `192.0.2.1:8080` and `fe80::1%eth0` as the address alone. */
function plainAddress(text: string): string | undefined {
  const bare = (/^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text).replace(/%.*$/, '').toLowerCase();
  const mapped = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(bare)?.[1];
  if (mapped !== undefined) return mapped.split('.').every((part) => Number(part) <= 255) ? mapped : undefined;
  return /^[0-9a-f:.]{2,45}$/.test(bare) && bare.includes(':') ? bare : undefined;
}
