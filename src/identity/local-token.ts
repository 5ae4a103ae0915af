import os from 'node:os';
import { readLocalAccess, saveLocalAccess } from '../platform/local-access.ts';
import type { Platform } from '../platform/platform.ts';
import { systemActor } from './actor.ts';
import { authenticate } from './authenticate.ts';
import { createToken } from './create-token.ts';
import { revoke } from './store.ts';

/** Keeps the CLI's own token valid: whoever can read the data folder rules the platform anyway. */
export async function writeLocalAccess(platform: Platform, url: string): Promise<void> {
  const { dataFolder } = platform.config;
  const known = readLocalAccess(dataFolder);
  const actor = known && (await authenticate(platform, known.token));
  let token = actor?.scope === 'admin' ? known?.token : undefined;
  if (!token) {
    const name = `cli on ${os.hostname()} in ${dataFolder}`;
    await revoke(platform.db, { name }, platform.clock.now());
    token = (await createToken(platform, systemActor('serve'), { name, scope: 'admin', days: null })).secret;
  }
  saveLocalAccess(dataFolder, { url, token });
}
