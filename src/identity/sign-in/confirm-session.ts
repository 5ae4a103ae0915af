import { createOTP } from '@better-auth/utils/otp';
import type { AuthContext } from 'better-auth';
import { symmetricDecrypt } from 'better-auth/crypto';
import { recordAudit } from '../../audit/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { refuse } from './api-error.ts';
import { markConfirmed, readFactors, readTotpSecret, useCode } from './store.ts';

/** Proves again who works in this session, by password and code; opens the dangerous deeds for some minutes. */
export async function confirmSession(
  platform: Platform,
  context: Pick<AuthContext, 'password' | 'secretConfig'>,
  session: { session: { id: string }; user: { id: string; email: string } },
  given: { password: string; code?: string | undefined },
): Promise<void> {
  const { id: userId, email } = session.user;
  const now = platform.clock.now();
  const factors = await readFactors(platform.db, userId);
  const isRight =
    factors?.password != null &&
    (await context.password.verify({ hash: factors.password, password: given.password })) &&
    (!factors.secondFactor || (await isCodeRight(platform, context, userId, given.code ?? '')));
  if (!isRight) {
    throw refuse(401, {
      code: 'confirm-wrong',
      message: 'The password or the code is not right.',
      nextStep: 'Try again, or use a passkey.',
    });
  }
  await markConfirmed(platform.db, session.session.id, now);
  const deed = { action: 'identity-confirmed', subject: `person:${userId}`, at: now };
  await recordAudit(platform.db, { name: `person:${email}` }, deed);
}

async function isCodeRight(
  platform: Platform,
  context: Pick<AuthContext, 'secretConfig'>,
  userId: string,
  code: string,
): Promise<boolean> {
  const sealed = await readTotpSecret(platform.db, userId);
  if (sealed === undefined || !/^\d{6}$/.test(code)) return false;
  const secret = await symmetricDecrypt({ key: context.secretConfig, data: sealed });
  if (!(await createOTP(secret, { digits: 6, period: 30 }).verify(code))) return false;
  return useCode(platform.db, userId, code, platform.clock.now());
}
