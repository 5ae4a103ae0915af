import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from '../platform/public-address.ts';
import { ConnectorError } from './errors.ts';

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * A `lookup` for node:http that connects to public addresses only. The check is on the very address that is connected
 * to, so a name that answers differently the second time gains nothing.
 */
export function publicLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    const allowed = addresses.filter((found) => isPublicAddress(found.address));
    const first = allowed[0];
    if (first === undefined) return callback(refused(hostname), '');
    if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
}

/** Throws `address-refused` when the host of a URL is a literal address that is not public (no lookup happens then). */
export function vetHost(hostname: string): void {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw refused(hostname);
}

function refused(host: string): ConnectorError {
  return new ConnectorError('address-refused', { details: { host } });
}
