import { randomBytes } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { insertSecret, readSecret } from './store.ts';

const context = 'identity:sign-in';

/** What signs cookies and seals authenticator secrets: made once, kept sealed in the database, alike in all processes. */
export async function signInSecret(platform: Platform): Promise<string> {
  const known = await readSecret(platform.db);
  if (known) return (await platform.secrets.open(context, known)).toString('base64url');
  const sealed = await platform.secrets.seal(context, randomBytes(48));
  await insertSecret(platform.db, sealed, platform.clock.now());
  // Another process may have been first: what is stored counts.
  const stored = await readSecret(platform.db);
  if (!stored) throw new Error('sign-in secret missing');
  return (await platform.secrets.open(context, stored)).toString('base64url');
}
