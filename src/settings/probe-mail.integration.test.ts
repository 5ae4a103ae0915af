// The test mail against real SMTP servers that do what mail servers do to people.
import { createServer, type Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { MailServer } from '../platform/config.ts';
import { probeMail } from './probe-mail.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0)) await each();
});

/** Port of a server that behaves so. */
async function startSmtp(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ logger: false, disableReverseLookup: true, ...options });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function send(port: number, more: Partial<MailServer> = {}, patienceMs = 15_000) {
  const server: MailServer = { host: '127.0.0.1', port, security: 'none', from: 'night@agency.example', ...more };
  return probeMail({
    server,
    patienceMs,
    to: 'guard@agency.example',
    senderName: 'Bureau Nacht',
    subject: 'Proef',
    text: 'Dit is een proef.',
  });
}

const signIn: SMTPServerOptions['onAuth'] = (auth, _session, callback) => {
  if (auth.username === 'night' && auth.password === 'right-one') callback(null, { user: 'night' });
  else callback(new Error(`Invalid login ${auth.password ?? ''}`));
};

test('a mail that is taken: what the server said, and the mail is what it should be', async () => {
  let mail = '';
  const port = await startSmtp({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: signIn,
    onData: (stream, _session, callback) => {
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => callback(null, 'OK: queued as A1B2'));
    },
  });
  const result = await send(port, { user: 'night', password: 'right-one' });
  expect(result).toEqual({ ok: true, serverSaid: '250 OK: queued as A1B2', problem: null });
  expect(mail).toContain('From: Bureau Nacht <night@agency.example>');
  expect(mail).toContain('Subject: Proef');
});

test('a wrong password; the server that repeats it does not make us show it', async () => {
  const port = await startSmtp({ allowInsecureAuth: true, disabledCommands: ['STARTTLS'], onAuth: signIn });
  const result = await send(port, { user: 'night', password: 'not-the-one' });
  expect(result).toMatchObject({ ok: false, problem: { code: 'wrong-password' } });
  expect(result.serverSaid).toMatch(/^535 Invalid login …/);
  expect(JSON.stringify(result)).not.toContain('not-the-one');
});

test('the server wants us to sign in and we do not', async () => {
  const port = await startSmtp({ allowInsecureAuth: true, disabledCommands: ['STARTTLS'], onAuth: signIn });
  expect(await send(port)).toMatchObject({ ok: false, problem: { code: 'sign-in-needed' } });
});

test('the server does not offer to sign in: the mail goes without, and the password stays here', async () => {
  const port = await startSmtp({ disabledCommands: ['STARTTLS', 'AUTH'], authOptional: true });
  expect(await send(port, { user: 'night', password: 'right-one' })).toMatchObject({ ok: true });
});

test('encryption is asked for and not offered: the password is never sent', async () => {
  let tried = false;
  const port = await startSmtp({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, session, callback) => {
      tried = true;
      signIn(auth, session, callback);
    },
  });
  const result = await send(port, { security: 'starttls', user: 'night', password: 'right-one' });
  expect(result).toMatchObject({ ok: false, problem: { code: 'tls-not-offered' } });
  expect(tried).toBe(false);
});

test('a certificate that nobody vouches for', async () => {
  // smtp-server brings a self-signed certificate for localhost.
  const port = await startSmtp({ authOptional: true });
  expect(await send(port, { security: 'starttls' })).toMatchObject({ ok: false, problem: { code: 'certificate' } });
  const encrypted = await startSmtp({ authOptional: true, secure: true });
  expect(await send(encrypted, { security: 'tls' })).toMatchObject({ ok: false, problem: { code: 'certificate' } });
});

test('TLS from the start at a port that does not speak it', async () => {
  const port = await startSmtp({ authOptional: true, disabledCommands: ['STARTTLS'] });
  expect(await send(port, { security: 'tls' })).toMatchObject({ ok: false, problem: { code: 'no-tls' } });
});

test.each([
  ['onRcptTo', '550 5.7.1 Relaying denied', 'relay-denied'],
  ['onRcptTo', '550 5.1.1 No such user here', 'recipient-refused'],
  ['onMailFrom', '553 5.7.1 Sender address rejected: not owned by user', 'sender-refused'],
  ['onRcptTo', '451 4.7.1 Greylisted, try again later', 'try-later'],
])('%s answers %s', async (when, answer, code) => {
  const [status = '', ...words] = answer.split(' ');
  const refuse = (_address: unknown, _session: unknown, callback: (error?: Error | null) => void): void =>
    callback(Object.assign(new Error(words.join(' ')), { responseCode: Number(status) }));
  const port = await startSmtp({ authOptional: true, disabledCommands: ['STARTTLS'], [when]: refuse });
  const result = await send(port);
  expect(result).toMatchObject({ ok: false, problem: { code }, serverSaid: answer });
});

test('a server that refuses what was written', async () => {
  const port = await startSmtp({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, callback) => {
      stream.resume();
      stream.on('end', () => callback(Object.assign(new Error('5.7.1 Looks like spam'), { responseCode: 554 })));
    },
  });
  expect(await send(port)).toMatchObject({ ok: false, problem: { code: 'message-refused' } });
});

test('nobody there, no such name, and a server that says nothing', async () => {
  const silent = await new Promise<Server>((resolve) => {
    const server = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1', () =>
      resolve(server),
    );
  });
  const { port } = silent.address() as { port: number };
  // Long enough for a loaded machine to connect: only the greeting is waited for in vain.
  const quiet = send(port, {}, 2000);
  expect(await quiet).toMatchObject({ ok: false, serverSaid: null, problem: { code: 'says-nothing' } });
  silent.close();
  expect(await send(port)).toMatchObject({ ok: false, problem: { code: 'refused' } });
  const nowhere = await send(25, { host: 'mail.nachtwacht.invalid' });
  expect(nowhere).toMatchObject({ ok: false, problem: { code: 'unknown-host' } });
});
