import { readLocalAccess } from '../../platform/local-access.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * Where people reach us, for links that leave the house; never taken from a request. Without NACHTWACHT_URL the loopback
 * address, called `localhost` there: browsers give passkeys to names only, not to addresses.
 */
export function publicUrl(platform: Pick<Platform, 'config'>): string {
  const { publicUrl: wanted, host, port, dataFolder } = platform.config;
  if (wanted !== undefined) return wanted;
  const own = readLocalAccess(dataFolder)?.url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return own.replace(/^http:\/\/(127\.0\.0\.1|\[::1\])(?=:|$)/, 'http://localhost');
}
