import { createTransport } from 'nodemailer';
import { NachtwachtError } from '../../platform/errors.ts';
import { readHouse, readMailServer } from '../../platform/house/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { smtpOptions } from './smtp-options.ts';

export interface Mail {
  to: string;
  subject: string;
  /** A whole page; see letter.ts. */
  html: string;
  text: string;
}

/** Whether this house can send mail at all; without, whoever wants to send shows what he would have sent. */
export async function mailServerThere(platform: Platform): Promise<boolean> {
  return (await readMailServer(platform)) !== undefined;
}

/**
 * Hands one mail to the mail server of the house and waits until that took it. Errors: `mail-not-configured` (no mail
 * server), `mail-not-sent` (it cannot be reached, or did not take the mail; `details.said`: its own words).
 */
export async function sendMail(platform: Platform, mail: Mail): Promise<void> {
  const server = await readMailServer(platform);
  if (!server) throw notConfigured();
  const { name } = await readHouse(platform);
  const transport = createTransport(smtpOptions(server));
  try {
    await transport.sendMail({
      from: { name, address: server.from },
      to: { name: '', address: mail.to },
      subject: mail.subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
      html: mail.html,
      text: mail.text,
      // No answer by a holiday robot, please.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (cause) {
    throw notSent(cause, server.password);
  } finally {
    transport.close();
  }
}

function notConfigured(): NachtwachtError {
  return new NachtwachtError({
    code: 'mail-not-configured',
    kind: 'conflict',
    message: 'There is no mail server.',
    nextStep: 'Set one at Settings, or hand the message over yourself.',
    retryable: false,
  });
}

function notSent(cause: unknown, password: string | undefined): NachtwachtError {
  const words = cause instanceof Error ? cause.message : String(cause);
  const said = (password ? words.replaceAll(password, '…') : words).replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 300);
  return new NachtwachtError({
    code: 'mail-not-sent',
    kind: 'conflict',
    message: `The mail server did not take the mail: ${said}`,
    nextStep: 'Look at Settings whether the mail server works, or hand the message over yourself.',
    retryable: true,
    details: { said },
  });
}
