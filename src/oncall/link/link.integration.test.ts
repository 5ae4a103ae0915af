// A guard's link over real HTTP and a real database: what it shows, what it changes, and what it tells nobody.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addCustomer } from '../../customers/index.ts';
import { systemActor } from '../../identity/index.ts';
import { findIncident, openOutage, resolveOutage } from '../../incidents/index.ts';
import { TestClock } from '../../platform/clock.ts';
import { createApp, startHttp, type HttpServer } from '../../platform/http/server.ts';
import { openTestPlatform, type TestPlatform } from '../../platform/test-platform.ts';
import { addSite } from '../../sites/index.ts';
import { answerGuardLinks } from './answer-links.ts';
import { makeGuardLink } from './make-link.ts';

const clock = new TestClock('2026-11-25T02:12:00Z');
const admin = systemActor('test');
let platform: TestPlatform;
let http: HttpServer;
let site: string;
let incidentId: string;

const sql = (text: string, values: unknown[] = []) => platform.connection.pool.query(text, values);
const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${http.url}${path}`, { redirect: 'manual', ...init });
const post = (path: string, body?: string): Promise<Response> =>
  ask(path, {
    method: 'POST',
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });
const text = async (path: string): Promise<string> => (await ask(path)).text();
const incident = async () => {
  const row = await findIncident(platform.db, incidentId);
  if (!row) throw new Error('no incident');
  return row;
};

/** The path of a new link of this guard. */
async function linkOf(guardId: string, id = incidentId): Promise<string> {
  const url = await makeGuardLink(platform.db, platform.config, { incidentId: id, guardId, at: clock.now() });
  return new URL(url ?? '').pathname;
}

beforeAll(async () => {
  platform = await openTestPlatform({
    clock,
    environment: { NACHTWACHT_URL: 'https://nw.example', NACHTWACHT_PORT: '0' },
  });
  const customer = await addCustomer(platform, admin, {
    name: 'Kaashuis <b>Holland</b>',
    contact: 'mevr. de Groot',
    phone: '+31 20 123 45 67',
  });
  site = (await addSite(platform, admin, { url: 'https://kaashuis-holland.nl', customer: customer.id })).id;
  await sql(`
    insert into guards (id, name, phone, language, created_at) values
      ('noor', 'Noor', '+31600000001', 'nl', now()), ('daan', 'Daan', '+31600000002', 'en', now()),
      ('gone', 'Gone', '+31600000003', 'nl', now());
    update guards set removed_at = now() where id = 'gone';
    insert into rotas (id, name, position, time_zone, every, handover, first_turn, created_at) values
      ('r1', 'First line', 0, 'Europe/Amsterdam', 'week', '09:00', '2026-01-02', now()),
      ('r2', 'Second line', 1, 'Europe/Amsterdam', 'week', '09:00', '2026-01-02', now());
    insert into rota_turns (rota_id, position, guard_id) values ('r1', 0, 'noor'), ('r2', 0, 'daan');
    insert into message_providers (id, kind, means, name, position, config, created_at)
      values ('p1', 'http-sms', 'sms', 'One', 0, '{}', now());`);
  const app = createApp(platform, {
    api: { handle: async () => undefined, describe: async () => ({}) },
    authenticate: async () => undefined,
    parts: [answerGuardLinks(platform)],
  });
  http = await startHttp(platform, app);
});
afterAll(async () => {
  await http.stop(1000);
  await platform.close();
});

/** An outage that Noor was asked about just now. */
beforeEach(async () => {
  clock.advance(3_600_000);
  const at = clock.now();
  const opened = await platform.db.transaction().execute((trx) =>
    openOutage(trx, {
      targetId: site,
      siteId: site,
      firstFailureAt: new Date(at.getTime() - 100_000),
      confirmedAt: new Date(at.getTime() - 40_000),
      cause: 'database-error',
      detail: '',
      reason: { code: 'confirmed-elsewhere', cause: 'database-error', failures: 3 },
      address: '192.0.2.7',
      watcher: 'w',
      inMaintenance: false,
      at,
    }),
  );
  ({ incidentId } = opened);
  const { number } = await incident();
  await sql(
    `insert into messages (id, purpose, means, provider_id, incident_id, guard_id, recipient, content, step, attempt,
       short_code, state, created_at, next_try_at, give_up_at)
     values ($1, 'alarm', 'sms', 'p1', $2, 'noor', '+31600000001', '{"text":"x"}', 0, 0, 1, 'accepted', $3, $3, $3)`,
    [`alarm-${number}-0`, incidentId, at],
  );
  return async () => {
    await platform.db
      .transaction()
      .execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: clock.now(), at: clock.now() }));
  };
});

describe('the page', () => {
  test('tells what is known in the language of the guard, and who is asked next', async () => {
    const nl = await text(await linkOf('noor'));
    expect(nl).toContain('<html lang="nl">');
    expect(nl).toContain('Kaashuis-holland.nl: databasefout.');
    expect(nl).toContain('3 keer achter elkaar mis, en ook van een tweede plek gezien: databasefout.');
    expect(nl).toContain('Ik pak het');
    expect(nl).toMatch(/Pakt niemand het binnen 5 minuten \(\d\d:17\)\? Dan wordt Daan gevraagd\./);
    expect(nl).toContain('href="tel:+31201234567"');
    expect(nl).toContain('Kaashuis &lt;b&gt;Holland&lt;/b&gt;');
    expect(nl).not.toContain('<b>Holland');
    const en = await text(await linkOf('daan'));
    expect(en).toContain('<html lang="en">');
    expect(en).toContain('I take it');
    const path = await linkOf('noor');
    expect(await text(`${path}?lang=en`)).toContain('I take it');
  });

  test('is for nobody else: not kept, not found, not told on; its style and script by their hashes alone', async () => {
    const answer = await ask(await linkOf('noor'));
    const body = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    expect(policy).not.toContain('unsafe');
    for (const tag of ['style', 'script']) {
      const inside = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(body)?.[1] ?? '';
      const hash = createHash('sha256').update(inside).digest('base64');
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
    expect(body).not.toMatch(/ (style|on[a-z]+)="/);
  });

  test('looking at it changes nothing, whoever looks', async () => {
    const path = await linkOf('noor');
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await ask(path, { method });
    for (const verb of ['acknowledge', 'hand-over', 'done', 'note']) {
      const answer = await ask(`${path}/${verb}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    }
    expect((await incident()).acknowledged_at).toBeNull();
  });
});

describe('what he does', () => {
  test('takes it; once more is no news; the other is told by whom', async () => {
    const [mine, other] = [await linkOf('noor'), await linkOf('daan')];
    const answer = await post(`${mine}/acknowledge?lang=nl`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${mine}?lang=nl&said=taken`]);
    expect(await incident()).toMatchObject({ acknowledged_by: 'guard:noor' });
    await post(`${mine}/acknowledge`);
    expect((await post(`${other}/acknowledge`)).headers.get('location')).toBe(`${other}?said=late`);
    expect(await text(mine)).toMatch(/Je hebt het sinds \d\d:\d\d/);
    expect(await text(other)).toMatch(/Already taken by Noor at \d\d:\d\d/);
    const { rows } = await sql('select kind from incident_events where incident_id = $1 order by id', [incidentId]);
    const kinds = rows.map((row: { kind: string }) => row.kind);
    expect(kinds.filter((kind) => kind.startsWith('acknowledged'))).toEqual(['acknowledged', 'acknowledged-late']);
  });

  test('of two at once one has it, and both see the same name', async () => {
    const paths = [await linkOf('noor'), await linkOf('daan')];
    const said = await Promise.all(
      paths.map(async (path) => (await post(`${path}/acknowledge`)).headers.get('location')),
    );
    expect(said.filter((one) => one?.endsWith('said=taken'))).toHaveLength(1);
    expect(said.filter((one) => one?.endsWith('said=late'))).toHaveLength(1);
  });

  test('hands it over: the next one gets an SMS at once, also when it is pressed twice', async () => {
    const mine = await linkOf('noor');
    await post(`${mine}/acknowledge`);
    await Promise.all([post(`${mine}/hand-over`), post(`${mine}/hand-over`)]);
    expect((await post(`${mine}/hand-over`)).headers.get('location')).toContain('said=handed');
    expect((await incident()).acknowledged_at).toBeNull();
    const { rows } = await sql(
      "select guard_id, step, state, content->>'text' as text from messages where incident_id = $1 and step > 0",
      [incidentId],
    );
    expect(rows).toMatchObject([{ guard_id: 'daan', step: 1, state: 'queued' }]);
    expect(rows[0].text).toMatch(
      /^OUTAGE kaashuis-holland\.nl .*since \d\d:\d\d\. 1A=I take it 1D=done https:\/\/nw\.example\/g\/\w{22}$/,
    );
    await post(`${await linkOf('daan')}/acknowledge`);
    expect((await post(`${mine}/hand-over`)).headers.get('location')).toContain('said=late');
    expect((await incident()).acknowledged_by).toBe('guard:daan');
  });

  test('writes something, and says that it is done: the watch decides whether it is', async () => {
    const mine = await linkOf('noor');
    const form = await text(`${mine}?write=1`);
    expect(form).toContain('<textarea');
    expect(form).not.toContain('<script');
    await post(`${mine}/note`, new URLSearchParams({ text: '<i>gebeld</i>' }).toString());
    await post(`${mine}/done`);
    expect((await incident()).resolved_at).toBeNull();
    const page = await text(mine);
    expect(page).toContain('Noor: &lt;i&gt;gebeld&lt;/i&gt;');
    expect(page).toContain('Noor zegt dat het klaar is.');
    const { rows } = await sql(
      "select actor from audit where action in ('incident-noted', 'incident-said-done') and at = $1",
      [clock.now()],
    );
    expect(rows).toEqual([{ actor: 'guard:noor' }, { actor: 'guard:noor' }]);
  });

  test('what is over says so, and nothing can be taken any more', async () => {
    const mine = await linkOf('noor');
    await platform.db
      .transaction()
      .execute((trx) => resolveOutage(trx, { targetId: site, fixedAt: clock.now(), at: clock.now() }));
    const page = await text(mine);
    expect(page).toContain('Welterusten');
    expect(page).not.toContain('Ik pak het');
    expect(page).not.toContain('<script');
    await post(`${mine}/acknowledge`);
    expect((await incident()).acknowledged_at).toBeNull();
  });
});

describe('a link that opens nothing', () => {
  test('says what to do instead: wrong, over its time, of a guard who left', async () => {
    const wrong = await ask(`/g/${'x'.repeat(22)}`, { headers: { 'accept-language': 'en' } });
    expect(wrong.status).toBe(404);
    expect(await wrong.text()).toContain('Answer the SMS with the number and A');
    expect((await ask('/g/short')).status).toBe(404);
    expect((await ask(await linkOf('gone'))).status).toBe(404);
    const old = await linkOf('noor');
    clock.advance(4 * 86_400_000);
    expect((await ask(old)).status).toBe(410);
    expect((await post(`${old}/acknowledge`)).status).toBe(410);
    expect((await incident()).acknowledged_at).toBeNull();
  });

  test('after thirty wrong ones an address has to wait, with a right one as well', async () => {
    clock.advance(60_000);
    const right = await linkOf('noor');
    for (let i = 0; i < 30; i += 1) await ask(`/g/${String(i).padStart(22, '0')}`);
    expect((await ask(right)).status).toBe(429);
    clock.advance(60_000);
    expect((await ask(right)).status).toBe(200);
  });

  test('the database holds no secret', async () => {
    const secret = (await linkOf('noor')).split('/').at(-1) ?? '';
    const { rows } = await sql('select encode(hash, $1) as hash from guard_links', ['escape']);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
