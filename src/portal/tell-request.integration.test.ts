import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import type { RequestRow } from './store.ts';
import { tellCustomer, tellOperators } from './tell-request.ts';

const sent: { to: string; mail: string }[] = [];
let smtp: SMTPServer;
let platform: TestPlatform;

const request: RequestRow = {
  id: 'r1',
  customer_id: 'c1',
  customer_name: 'Bakker <script>alert(1)</script>',
  site_id: 's1',
  site_url: 'https://bakkerij.nl',
  kind: 'restore',
  moment: new Date('2026-11-25T08:05:00Z'),
  snapshot_id: 'a1',
  note: 'weg\r\nBcc: steal@evil.nl',
  asked_by: 'person:jan@bakker.nl',
  asked_at: new Date('2026-11-25T09:00:00Z'),
  state: 'open',
  answer: null,
  answered_by: null,
  answered_at: null,
};

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((each) => each.address).join(',');
        sent.push({ to, mail: Buffer.concat(parts).toString() });
        callback();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = smtp.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? (address satisfies AddressInfo).port : 0);
    });
  });
  platform = await openTestPlatform({
    environment: {
      NACHTWACHT_URL: 'https://wacht.bureau.nl',
      NACHTWACHT_SMTP_HOST: '127.0.0.1',
      NACHTWACHT_SMTP_PORT: String(port),
      NACHTWACHT_SMTP_SECURITY: 'none',
      NACHTWACHT_MAIL_FROM: 'wacht@bureau.nl',
    },
  });
  await platform.connection.pool.query(`insert into customers (id, name, created_at) values ('c1', 'Bakker', now())`);
  const people = [
    ['baas@bureau.nl', 'operator', null, 'nl', null],
    ['boss@bureau.nl', 'operator', null, 'en', null],
    ['weg@bureau.nl', 'operator', null, 'nl', new Date()],
    ['wacht@bureau.nl', 'guard', null, 'nl', null],
    ['jan@bakker.nl', 'customer', 'c1', 'nl', null],
  ] as const;
  for (const [email, role, customer, language, gone] of people) {
    await platform.connection.pool.query(
      `insert into auth_users (id, name, email, "emailVerified") values ($1, $1, $1, true)`,
      [email],
    );
    await platform.connection.pool.query(
      `insert into people (user_id, role, customer_id, language, created_at, deactivated_at) values ($1, $2, $3, $4, now(), $5)`,
      [email, role, customer, language, gone],
    );
  }
});
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await platform.close();
});

test('a request is mailed to every operator in his language, and what a customer wrote stays text', async () => {
  await tellOperators(platform, request);
  expect(sent.map(({ to }) => to).toSorted()).toEqual(['baas@bureau.nl', 'boss@bureau.nl']);
  const [dutch] = sent.filter(({ to }) => to === 'baas@bureau.nl');
  expect(dutch?.mail).toContain('Subject: Verzoek om bakkerij.nl terug te zetten');
  expect(dutch?.mail).toContain('https://wacht.bureau.nl/sites/s1');
  for (const { mail } of sent) {
    const page = mail.slice(mail.indexOf('text/html')).replaceAll('=\r\n', '');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
    expect(mail.slice(0, mail.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im);
  }
});

test('its answer is mailed to who asked, and to nobody when he no longer comes in', async () => {
  sent.length = 0;
  const answered: RequestRow = { ...request, state: 'done', answer: 'Staat terug.' };
  await tellCustomer(platform, answered);
  expect(sent.map(({ to }) => to)).toEqual(['jan@bakker.nl']);
  expect(sent[0]?.mail).toContain('https://wacht.bureau.nl/mine/s1');
  await tellCustomer(platform, { ...answered, asked_by: 'person:other@bakker.nl' });
  await tellCustomer(platform, { ...answered, customer_id: 'c2' });
  expect(sent).toHaveLength(1);
});
