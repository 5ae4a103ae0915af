import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { mailSecurities } from '../../platform/config.ts';
import { systemCodeOf } from '../../platform/errors.ts';
import type { SecretsOf } from '../kinds.ts';
import { saidBy, SendError, type Sender } from '../sender.ts';
import { smtpOptions } from './smtp-options.ts';

const Server = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(mailSecurities),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.string(),
});

/** Mail over the house's mail server as one more path for messages. */
export function mailSender(secrets: SecretsOf<'smtp'>): Sender {
  if (secrets.server === undefined) throw new SendError('not-configured');
  const { user, password, ...rest } = Server.parse(JSON.parse(secrets.server));
  const server = { ...rest, ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
  const hidden = [password, Buffer.from(password ?? '').toString('base64')];
  return {
    send: async (message, signal) => {
      if (!/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(message.to)) throw new SendError('wrong-recipient');
      const transport = createTransport(smtpOptions(server));
      // Connected and signed in: from here on only the server's own word says that it did not take the mail.
      let isUnderWay = false;
      transport.use('stream', (mail, next) => {
        mail.message.processFunc((content) => {
          isUnderWay = true;
          return content;
        });
        next();
      });
      const aborted = Promise.withResolvers<never>();
      const onAbort = (): void => aborted.reject(new SendError('timeout', { mayHaveGone: isUnderWay }));
      if (signal.aborted) throw new SendError('timeout');
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const sending = transport.sendMail({
          from: { name: secrets.sender ?? '', address: server.from },
          to: { name: '', address: message.to },
          subject: (message.subject ?? message.text.slice(0, 100)).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
          text: message.text,
          ...(message.html === undefined ? {} : { html: message.html }),
          messageId: `<${message.reference}@${server.from.split('@')[1] ?? 'nachtwacht'}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(message.urgency === 'low' ? {} : { 'X-Priority': '1', Importance: 'high' }),
          },
        });
        // When time was up first, its own end no longer matters.
        sending.catch(() => {});
        const sent = await Promise.race([sending, aborted.promise]);
        return { providerRef: sent.messageId, state: 'accepted' };
      } catch (error) {
        throw error instanceof SendError ? error : mailTrouble(error, isUnderWay, hidden);
      } finally {
        signal.removeEventListener('abort', onAbort);
        aborted.promise.catch(() => {});
        transport.close();
      }
    },
    close: () => Promise.resolve(),
  };
}

/** By nodemailer's codes and the server's answer. */
function mailTrouble(error: unknown, isUnderWay: boolean, hidden: readonly (string | undefined)[]): SendError {
  const facts: Record<string, unknown> = error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  const said = saidBy(error instanceof Error ? error.message : String(error), hidden);
  const status = typeof facts['responseCode'] === 'number' ? facts['responseCode'] : 0;
  const command = typeof facts['command'] === 'string' ? facts['command'] : '';
  if (status >= 400 && status < 500) return new SendError('busy', { said });
  if (command === 'RCPT TO' && status >= 500) return new SendError('wrong-recipient', { said });
  if (command.startsWith('AUTH')) return new SendError('wrong-credentials', { said });
  if (status >= 500) return new SendError('refused', { said });
  const code = systemCodeOf(error) ?? '';
  if (/certificate|self.signed/i.test(said)) return new SendError('certificate', { said });
  if (isUnderWay) return new SendError('broken-off', { mayHaveGone: true, said });
  if (code === 'ETIMEDOUT') return new SendError('timeout', { said });
  return new SendError('unreachable', { said });
}
