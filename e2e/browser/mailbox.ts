import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** A real mail server on loopback that keeps what it gets. */
export interface Mailbox {
  readonly host: string;
  readonly port: number;
  /** Resolves to the first mail to this address, whether it came already or comes later. */
  mailTo(address: string): Promise<Mail>;
  stop(): Promise<void>;
}

export interface Mail {
  from: string;
  to: string[];
  /** As it came over the wire: headers and encoded parts. */
  raw: string;
  /** All text of it with quoted-printable and base64 taken away, to look for links in. */
  text: string;
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), raw, text: plain(raw) });
        done();
        for (const wake of waiting) wake();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    mailTo: async (who) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = mails.find(({ to }) => to.includes(who));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Transfer encodings taken away part by part; enough for text, which is all that is looked at. */
export function plain(raw: string): string {
  const parts = raw.split(/\r?\n--[^\r\n]+\r?\n/);
  return parts
    .map((part) => {
      const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
      const body = rest.join('\n\n');
      if (/content-transfer-encoding:\s*base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
      if (/content-transfer-encoding:\s*quoted-printable/i.test(head)) return unquote(body);
      return body;
    })
    .join('\n');
}

function unquote(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
