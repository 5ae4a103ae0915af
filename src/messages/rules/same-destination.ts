/** Settings that say where a secret is sent to, or how safely. */
const destinations = ['url', 'host', 'port', 'tls', 'accountSid', 'systemId', 'user'] as const;

/**
 * Whether secrets that were given for `before` would go to the same place under `after`: else whoever may change settings
 * could have a kept secret sent to a server of his own. A header or body of our own making may carry it elsewhere in the
 * request, never to another host.
 */
export function isSameDestination(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  return destinations.every((name) => before[name] === after[name]);
}
