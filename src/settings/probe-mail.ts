import { createTransport } from 'nodemailer';
import { smtpOptions } from '../channels/email/smtp-options.ts';
import type { MailServer } from '../platform/config.ts';
import { explainMailError, serverWords, type MailProblem } from './rules/explain-mail-error.ts';

export interface MailTest {
  ok: boolean;
  /** The server's own words: to the mail when it took it, else to what it refused. Null = it never spoke. */
  serverSaid: string | null;
  problem: MailProblem | null;
}

export interface MailTestInput {
  server: MailServer;
  to: string;
  /** Name before the sender's address. */
  senderName: string;
  subject: string;
  text: string;
  /** Of one step; default 15 s. */
  patienceMs?: number;
}

/** Sends one mail and tells what the server said. Never throws for what a server or the network does. */
export async function probeMail(input: MailTestInput): Promise<MailTest> {
  const { server, to, senderName, subject, text } = input;
  const secrets = [server.password ?? '', Buffer.from(server.password ?? '').toString('base64')];
  const transport = createTransport(smtpOptions(server, input.patienceMs));
  try {
    const sent = await transport.sendMail({ from: { name: senderName, address: server.from }, to, subject, text });
    return { ok: true, serverSaid: serverWords(sent.response, secrets), problem: null };
  } catch (error) {
    const { code, originalCode, command, responseCode, response } = factsOfMail(error);
    const message = error instanceof Error ? error.message : String(error);
    const problem = explainMailError({ code, command, responseCode, message, systemCode: originalCode });
    return { ok: false, serverSaid: response === undefined ? null : serverWords(response, secrets), problem };
  } finally {
    transport.close();
  }
}

/** `originalCode`: the system's, where nodemailer put its own over it. */
function factsOfMail(error: unknown): {
  code: string;
  originalCode: string | undefined;
  command: string | undefined;
  responseCode: number | undefined;
  response: string | undefined;
} {
  const facts: Record<string, unknown> = error instanceof Error ? Object.fromEntries(Object.entries(error)) : {};
  const text = (name: string): string | undefined => (typeof facts[name] === 'string' ? facts[name] : undefined);
  const status = facts['responseCode'];
  return {
    code: text('code') ?? '',
    originalCode: text('originalCode'),
    command: text('command'),
    responseCode: typeof status === 'number' ? status : undefined,
    response: text('response'),
  };
}
