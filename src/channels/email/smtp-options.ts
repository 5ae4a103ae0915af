import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import type { MailServer } from '../../platform/config.ts';

/** No step of a mail may take longer: somebody waits for it. */
const usualPatienceMs = 15_000;

/**
 * What nodemailer needs to reach a mail server. `starttls` insists on encryption: without it a listener could strip it
 * and read password and links.
 */
export function smtpOptions(server: MailServer, patienceMs = usualPatienceMs): SMTPTransport.Options {
  const { host, port, security, user, password } = server;
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: patienceMs,
    // Before the time-out of the line as a whole, so that a server which says nothing is told from one that stalls.
    greetingTimeout: Math.floor(patienceMs * 0.9),
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    // Nothing of a mail may come from a file or an address: its words are partly other people's.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
