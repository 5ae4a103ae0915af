// Why a mail server did not take a test mail, told from nodemailer's code and the server's own answer.

import { isCertificate } from './explain-store-error.ts';

export interface MailFailure {
  /** nodemailer's: EAUTH, ETLS, ESOCKET, ECONNECTION, ETIMEDOUT, EENVELOPE, EDNS, EMESSAGE. */
  code: string;
  /** The system's or OpenSSL's code, of the error beneath. */
  systemCode?: string | undefined;
  /** SMTP command that was refused: AUTH PLAIN, MAIL FROM, RCPT TO, DATA, CONN. */
  command?: string | undefined;
  /** SMTP status of the refusal. */
  responseCode?: number | undefined;
  message: string;
}

export type MailProblem =
  | { code: 'wrong-password' }
  | { code: 'sign-in-needed' }
  | { code: 'sign-in-not-offered' }
  | { code: 'tls-not-offered' }
  | { code: 'says-nothing' }
  | { code: 'no-tls' }
  | { code: 'certificate'; reason: string }
  | { code: 'relay-denied' }
  | { code: 'sender-refused' }
  | { code: 'recipient-refused' }
  | { code: 'message-refused' }
  | { code: 'try-later' }
  | { code: 'unknown-host' }
  | { code: 'refused' }
  | { code: 'timeout' }
  | { code: 'other' };

export function explainMailError(failure: MailFailure): MailProblem {
  const { code, systemCode = '', command = '', responseCode = 0, message } = failure;
  if (code === 'EDNS' || systemCode === 'ENOTFOUND' || systemCode === 'EAI_AGAIN') return { code: 'unknown-host' };
  if (systemCode === 'ECONNREFUSED' || /ECONNREFUSED/.test(message)) return { code: 'refused' };
  if (isCertificate(systemCode)) return { code: 'certificate', reason: systemCode };
  const doubt = /self.signed|certificate has expired|unable to verify|unable to get|altnames|certificate/i.exec(
    message,
  );
  if (code === 'ETLS' && doubt !== null) return { code: 'certificate', reason: doubt[0] };
  if (/WRONG_VERSION_NUMBER|ERR_SSL_PACKET|EPROTO/.test(systemCode) || /wrong version number/i.test(message))
    return { code: 'no-tls' };
  // A server that speaks TLS from the start says nothing until it is spoken to.
  if (/greeting never received/i.test(message)) return { code: 'says-nothing' };
  if (code === 'ETIMEDOUT' || systemCode === 'ETIMEDOUT') return { code: 'timeout' };
  if (code === 'ETLS') return { code: 'tls-not-offered' };
  if (code === 'EAUTH' || code === 'ENOAUTH' || command.startsWith('AUTH')) {
    if (responseCode === 0 || responseCode === 502 || responseCode === 504) return { code: 'sign-in-not-offered' };
    return responseCode >= 400 && responseCode < 500 ? { code: 'try-later' } : { code: 'wrong-password' };
  }
  if (responseCode === 530 || /authentication required|must authenticate/i.test(message))
    return { code: 'sign-in-needed' };
  if (responseCode >= 400 && responseCode < 500) return { code: 'try-later' };
  if (command === 'MAIL FROM') return { code: 'sender-refused' };
  if (command === 'RCPT TO') {
    const isRelay = /relay|not permitted|not local|5\.7\.1|access denied/i.test(message);
    return isRelay ? { code: 'relay-denied' } : { code: 'recipient-refused' };
  }
  if (command === 'DATA' && responseCode >= 500) return { code: 'message-refused' };
  return { code: 'other' };
}

/** What the server said, fit for a screen: one line, at most 300 characters, never the password. */
export function serverWords(text: string, secrets: readonly string[]): string {
  let said = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  for (const secret of secrets) if (secret !== '') said = said.replaceAll(secret, '…');
  return said.slice(0, 300);
}
