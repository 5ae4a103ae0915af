import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/**
 * What this machine itself says of a name (hosts(5), and `localhost` of RFC 6761): for sites in one's own network whose
 * names no DNS has. Asked only when DNS does not have the name.
 */
export async function lookInHostsFile(host: string, file = '/etc/hosts'): Promise<string[]> {
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1'];
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return isIP(address) !== 0 && names.some((name) => name.toLowerCase() === host) ? [address] : [];
  });
}
