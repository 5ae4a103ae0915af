import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/index.ts';
import { requireScope, type Actor } from '../identity/index.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { logoPath, putLogo } from '../platform/house/index.ts';
import type { Platform } from '../platform/platform.ts';
import { houseSubject } from './change-settings.ts';
import { judgeLogo, type LogoProblem } from './rules/judge-logo.ts';
import { settingsWords } from './words.ts';

/** Keeps a picture as the agency's logo, undefined = none. Gives the path under which it is served. */
export async function setLogo(platform: Platform, actor: Actor, picture: Buffer | undefined): Promise<string | null> {
  requireScope(actor, 'admin');
  const at = platform.clock.now();
  const logo = picture === undefined ? undefined : checked(picture);
  await platform.db.transaction().execute(async (trx) => {
    await putLogo(trx, logo, at);
    const details = logo === undefined ? { removed: true } : { type: logo.type, bytes: logo.bytes.length };
    await recordAudit(trx, actor, { action: 'logo-changed', subject: houseSubject, details, at });
  });
  return logo === undefined ? null : logoPath(logo.hash);
}

function checked(bytes: Buffer) {
  const verdict = judgeLogo(bytes);
  if (!verdict.ok) throw refused(verdict.why);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { type: verdict.type, bytes, hash };
}

function refused(why: LogoProblem): NachtwachtError {
  const [message, nextStep] = settingsWords('en').logo[why];
  return new NachtwachtError({
    code: 'logo-refused',
    kind: 'bad-input',
    message,
    nextStep,
    retryable: false,
    details: { why },
  });
}
