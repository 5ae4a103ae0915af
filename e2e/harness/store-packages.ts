import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress } from 'node:zlib';
import { compareVersions } from './cores.ts';
import { repository } from './machine.ts';
import { preparedFolder } from './suites.ts';

/** Released plugins and themes that lie beside the repository on some machines, never in it. */
const archive =
  process.env['NACHTWACHT_WORDPRESS_PACKAGES'] ?? resolve(repository, '../shared/packages/wordpress-packages.tar.zst');

/** Why tests that need those packages cannot run here, or undefined when they can. */
export function whyNoPackages(): string | undefined {
  return existsSync(archive) ? undefined : `the archive of WordPress packages is not at ${archive}`;
}

/** Folder of a released plugin or theme, `plugins/woocommerce` with a version or the highest there is. */
export async function releasedPackage(name: string, version?: string): Promise<string> {
  const missing = whyNoPackages();
  if (missing !== undefined) throw new Error(missing);
  const root = await preparedFolder('store', 'packages', unpack);
  const [kind = 'plugins', slug = ''] = name.split('/');
  const versions = (await readdir(join(root, kind)))
    .filter((each) => each.startsWith(`${slug}-`) && /^\d/.test(each.slice(slug.length + 1)))
    .map((each) => each.slice(slug.length + 1))
    .toSorted(compareVersions);
  const chosen = version ?? versions.at(-1);
  if (chosen === undefined || !versions.includes(chosen))
    throw new Error(`No ${name} ${version ?? ''} in the archive; there is ${versions.join(', ')}`);
  return join(root, kind, `${slug}-${chosen}`);
}

async function unpack(scratch: string): Promise<void> {
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', scratch], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(tar, 'close');
  // Packed with a window of 128 MB: the reader must allow it.
  const unzip = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } });
  await pipeline(createReadStream(archive), unzip, tar.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${String(code)} on ${archive}`);
}
