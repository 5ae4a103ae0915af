// Inviting people and ending their access: by mail through a real SMTP server, by hand without one, and never by others.
import { SMTPServer } from 'smtp-server';
import type net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { systemActor } from '../actor.ts';
import { goodPassword, letIn, openTestHouse, type TestBrowser, type TestHouse } from '../sign-in/test-browser.ts';
import { changeRole, deactivatePerson, reactivatePerson, sendResetLink } from './change-person.ts';
import { invitePerson, resendInvitation, revokeInvitation } from './invite-person.ts';
import { passwordLinksSent } from './request-password-link.ts';

let house: TestHouse;
let mailing: TestHouse;
let smtp: SMTPServer;
let operator: TestBrowser;
let operatorId: string;
const mails: { to: string[]; text: string }[] = [];

beforeAll(async () => {
  house = await openTestHouse();
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (address, _session, done) =>
      done(address.address.startsWith('refused') ? new Error('no such mailbox') : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString();
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address
  const { port } = smtp.server.address() as net.AddressInfo;
  mailing = await openTestHouse({
    NACHTWACHT_SMTP_HOST: '127.0.0.1',
    NACHTWACHT_SMTP_PORT: String(port),
    NACHTWACHT_SMTP_SECURITY: 'none',
    NACHTWACHT_MAIL_FROM: 'wacht@bureau.example',
    NACHTWACHT_NAME: 'Studio Noord',
  });
  for (const each of [house, mailing]) {
    await each.platform.connection.pool.query(
      `insert into customers (id, name, created_at) values ('vos', 'Bakkerij Vos', now())`,
    );
  }
  const made = await letIn(house, { email: 'olga@bureau.nl', role: 'operator', name: 'Olga' });
  operator = made.browser;
  operatorId = made.userId;
});
afterAll(async () => {
  await Promise.all([house.close(), mailing.close()]);
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

/** The mail's text as its reader sees it: quoted-printable undone. */
function readable(mail: string): string {
  const joined = mail.replaceAll(/=\r?\n/g, '');
  return Buffer.from(
    joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
}

const secretIn = (text: string): string => /\/invitation#([\w-]{43})/.exec(text)?.[1] ?? '';

describe('an invitation', () => {
  test('without a mail server gives the link, once, and lets that person in with that role', async () => {
    const invited = await operator.rpc('people/invite', { email: 'Piet@Vos.nl', role: 'customer', customer: 'vos' });
    expect(invited.body).toMatchObject({ mailed: false, mailProblem: null, invitation: { email: 'piet@vos.nl' } });
    const listed = await operator.rpc('people/invitations');
    expect(JSON.stringify(listed.body)).not.toContain(secretIn(invited.body.link));
    const browser = house.browser();
    const secret = secretIn(invited.body.link);
    expect((await browser.auth('/entry/accept', { secret, name: 'Piet', password: goodPassword })).status).toBe(200);
    const me = (await browser.rpc('account/me')).body;
    expect(me).toMatchObject({ role: 'customer', name: 'Piet', customer: { id: 'vos' }, mustSetUp: false });
    expect((await operator.rpc('people/invitations')).body).toEqual([]);
  });

  test('is not made twice for one address, nor for who is there already', async () => {
    await operator.rpc('people/invite', { email: 'twice@vos.nl', role: 'customer', customer: 'vos' });
    const again = await operator.rpc('people/invite', { email: 'TWICE@vos.nl', role: 'customer', customer: 'vos' });
    expect(again.body.data.code).toBe('invited-already');
    const there = await operator.rpc('people/invite', { email: 'olga@bureau.nl', role: 'guard' });
    expect(there.body.data.code).toBe('email-taken');
  });

  test('sent again has a new link, and the old one is void; withdrawn, neither works', async () => {
    const first = await operator.rpc('people/invite', { email: 'again@vos.nl', role: 'customer', customer: 'vos' });
    const second = await operator.rpc('people/resend', { invitation: first.body.invitation.id });
    const look = (link: string) => house.browser().auth('/entry/look', { secret: secretIn(link) });
    expect((await look(first.body.link)).body.details).toEqual({ state: 'revoked' });
    expect((await look(second.body.link)).body).toMatchObject({ email: 'again@vos.nl', customer: 'Bakkerij Vos' });
    await operator.rpc('people/revoke', { invitation: second.body.invitation.id });
    expect((await look(second.body.link)).status).toBe(404);
    expect((await operator.rpc('people/revoke', { invitation: second.body.invitation.id })).status).toBe(404);
  });

  test('names the customer for the role customer, and for no other', async () => {
    const invite = async (input: object) => (await operator.rpc('people/invite', input)).body.data.code;
    expect(await invite({ email: 'a@vos.nl', role: 'customer' })).toBe('customer-needed');
    expect(await invite({ email: 'a@vos.nl', role: 'guard', customer: 'vos' })).toBe('customer-not-wanted');
    expect(await invite({ email: 'a@vos.nl', role: 'customer', customer: 'nobody' })).toBe('customer-not-found');
  });
});

describe('mail', () => {
  const admin = systemActor('test');

  test('goes out in the language wanted, as page and as text, with the link that lets in', async () => {
    const wanted = { email: 'nl@vos.nl', name: 'Jan <b>', role: 'customer', customer: 'vos', language: 'nl' } as const;
    const sent = await invitePerson(mailing.platform, admin, wanted);
    expect(sent).toMatchObject({ mailed: true, link: null });
    const mail = mails.find(({ to }) => to.includes('nl@vos.nl'));
    const text = readable(mail?.text ?? '');
    expect(text).toContain('Subject: Je toegang bij Studio Noord');
    expect(text).toContain('From: Studio Noord <wacht@bureau.example>');
    expect(text).toContain('Content-Type: text/plain');
    expect(text).toContain('Content-Type: text/html');
    expect(text).toContain('Hallo Jan &lt;b&gt;');
    expect(text).toContain('Bakkerij Vos');
    const look = await mailing.browser().auth('/entry/look', { secret: secretIn(text) });
    expect(look.body).toMatchObject({ kind: 'invitation', email: 'nl@vos.nl' });
    await invitePerson(mailing.platform, admin, { ...wanted, email: 'en@vos.nl', language: 'en' });
    expect(readable(mails.find(({ to }) => to.includes('en@vos.nl'))?.text ?? '')).toContain(
      'Your access at Studio Noord',
    );
  });

  test('that the server does not take gives the link and the reason', async () => {
    const sent = await invitePerson(mailing.platform, admin, {
      email: 'refused@vos.nl',
      role: 'customer',
      customer: 'vos',
    });
    expect(sent.mailed).toBe(false);
    expect(sent.mailProblem).toContain('no such mailbox');
    expect(sent.link).toContain('/invitation#');
  });

  test('brings a forgotten password back, with the second step still asked', async () => {
    const { secret } = await letIn(mailing, { email: 'forgot@bureau.nl', role: 'guard' });
    expect(secret).toBeDefined();
    expect((await mailing.browser().auth('/entry/forgot', { email: 'forgot@bureau.nl' })).body).toEqual({ mail: true });
    expect((await mailing.browser().auth('/entry/forgot', { email: 'nobody@bureau.nl' })).body).toEqual({ mail: true });
    await passwordLinksSent();
    expect(mails.some(({ to }) => to.includes('nobody@bureau.nl'))).toBe(false);
    const mail = mails.findLast(({ to }) => to.includes('forgot@bureau.nl'));
    const password = 'kraan pleister dromedaris zolder';
    const browser = mailing.browser({ address: '192.0.2.251' });
    const entered = await browser.auth('/entry/accept', { secret: secretIn(readable(mail?.text ?? '')), password });
    expect(entered.body).toEqual({ next: 'sign-in' });
    expect((await browser.rpc('account/me')).status).toBe(401);
    expect((await browser.signIn('forgot@bureau.nl', password)).body.twoFactorRedirect).toBe(true);
  });
});

describe('a person', () => {
  test('whose access ended is signed out everywhere and does not come in, until it is given again', async () => {
    const { browser, userId } = await letIn(house, { email: 'gone@vos.nl', role: 'customer', customerId: 'vos' });
    await operator.rpc('people/deactivate', { person: userId });
    expect((await browser.rpc('account/me')).status).toBe(401);
    const refused = await house.browser().signIn('gone@vos.nl', goodPassword);
    expect(refused.body.code).toBe('access-ended');
    await operator.rpc('people/reactivate', { person: userId });
    expect((await house.browser().signIn('gone@vos.nl', goodPassword)).status).toBe(200);
  });

  test('made an operator sets up a second step before anything opens', async () => {
    const { browser, userId } = await letIn(house, { email: 'rise@vos.nl', role: 'customer', customerId: 'vos' });
    await operator.rpc('people/changeRole', { person: userId, role: 'operator' });
    const refused = await browser.rpc('people/list');
    expect(refused.body.data.code).toBe('second-factor-needed');
    await operator.rpc('people/changeRole', { person: userId, role: 'customer', customer: 'vos' });
    expect((await browser.rpc('people/list')).body.data.code).toBe('not-allowed');
  });

  test('does not end his own access, and the last operator stays', async () => {
    expect((await operator.rpc('people/deactivate', { person: operatorId })).body.data.code).toBe('not-yourself');
    const admin = systemActor('test');
    await expect(deactivatePerson(house.platform, admin, operatorId)).rejects.toMatchObject({ code: 'last-operator' });
    await expect(changeRole(house.platform, admin, { person: operatorId, role: 'guard' })).rejects.toMatchObject({
      code: 'last-operator',
    });
  });

  test('gets a link to begin anew, but not as an operator', async () => {
    const { userId } = await letIn(house, { email: 'anew@vos.nl', role: 'customer', customerId: 'vos' });
    const sent = await operator.rpc('people/resetLink', { person: userId });
    expect(sent.body.link).toContain('/invitation#');
    const other = await letIn(house, { email: 'second@bureau.nl', role: 'operator' });
    expect((await operator.rpc('people/resetLink', { person: other.userId })).body.data.code).toBe(
      'on-the-machine-only',
    );
  });

  test('proves again who he is before roles change, when that was long ago', async () => {
    const { userId } = await letIn(house, { email: 'old@vos.nl', role: 'customer', customerId: 'vos' });
    const { browser, secret = '', userId: own } = await letIn(house, { email: 'third@bureau.nl', role: 'operator' });
    expect(secret).not.toBe('');
    await house.platform.connection.pool.query(
      `update auth_sessions set "confirmedAt" = now() - interval '11 minutes' where "userId" = $1`,
      [own],
    );
    const role = { person: userId, role: 'guard' };
    expect((await browser.rpc('people/changeRole', role)).body.data.code).toBe('sign-in-not-fresh');
    expect((await browser.auth('/confirm', { password: 'wrong one altogether' })).status).toBe(401);
    const { codeOf } = await import('../sign-in/test-browser.ts');
    const confirmed = await browser.auth('/confirm', { password: goodPassword, code: await codeOf(secret) });
    expect(confirmed.status).toBe(200);
    expect((await browser.rpc('people/changeRole', role)).status).toBe(200);
  });
});

describe('who may not', () => {
  const guard: Actor = { name: 'person:g@bureau.nl', kind: 'person', scope: 'operate', userId: 'g', role: 'guard' };
  const id = 'whatever';
  test.each<[string, () => Promise<unknown>]>([
    ['invitePerson', () => invitePerson(house.platform, guard, { email: 'x@vos.nl', role: 'guard' })],
    ['resendInvitation', () => resendInvitation(house.platform, guard, id)],
    ['revokeInvitation', () => revokeInvitation(house.platform, guard, id)],
    ['changeRole', () => changeRole(house.platform, guard, { person: id, role: 'guard' })],
    ['deactivatePerson', () => deactivatePerson(house.platform, guard, id)],
    ['reactivatePerson', () => reactivatePerson(house.platform, guard, id)],
    ['sendResetLink', () => sendResetLink(house.platform, guard, id)],
  ])('%s', async (_name, call) => {
    await expect(call()).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
