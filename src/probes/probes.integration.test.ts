import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemActor, type Actor } from '../identity/index.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { openElsewhere, type Elsewhere } from './elsewhere.ts';
import { inviteProbe } from './invite-probe.ts';
import { Ask, readNotice } from './notices.ts';
import { joinCore, openFolder } from './outpost/index.ts';
import { removeProbe } from './remove-probe.ts';
import { makeKeyPair, signRequest } from './sign-request.ts';
import { listProbes, notify } from './store.ts';
import { joinTestOutpost, openTestCore, type TestOutpost } from './test-core.ts';
import { listen } from '../platform/database/index.ts';

// Times are ten times faster here; processes, sockets and the database are real.
const scale = 10;
const waiting = { timeout: 20_000, interval: 50 };

let platform: TestPlatform;
let core: { url: string; close(): Promise<void> };
let elsewhere: Elsewhere;
const outposts: TestOutpost[] = [];
const admin = systemActor('test');
const guard: Actor = { name: 'person:guard', scope: 'operate', kind: 'person', role: 'guard', signedInAt: new Date() };

beforeAll(async () => {
  platform = await openTestPlatform({ environment: { NACHTWACHT_TEST_TIME_SCALE: String(scale) } });
  core = await openTestCore(platform);
  const { db, clock, databaseUrl } = platform;
  elsewhere = openElsewhere({ databaseUrl, db, clock, timeScale: scale });
});
afterEach(async () => {
  for (const outpost of outposts.splice(0)) {
    await outpost.remove();
    await removeProbe(platform, admin, outpost.id).catch(() => {});
  }
});
afterAll(async () => {
  await elsewhere.close();
  await core.close();
  await platform.close();
});

async function join(name: string, url = core.url): Promise<TestOutpost> {
  const outpost = await joinTestOutpost(platform, url, name);
  outposts.push(outpost);
  return outpost;
}

const target = { url: 'https://bakkerij.nl', keyword: null, learnt: { hosts: ['bakkerij.nl'], status: 200 } };
const sees = (seen: 'up' | 'down' | 'none') => () => Promise.resolve({ seen, cause: null, detail: null });

interface Sent {
  status: number;
  code: string | undefined;
}

async function send(
  url: string,
  request: { path: string; body: string; headers: Record<string, string> },
): Promise<Sent> {
  const response = await fetch(`${url}${request.path}`, {
    method: 'POST',
    body: request.body,
    headers: { 'content-type': 'application/json', ...request.headers },
  });
  const said: unknown = await response.json();
  const data = typeof said === 'object' && said !== null && 'data' in said ? said.data : undefined;
  const code = typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : undefined;
  return { status: response.status, code };
}

function beatOf(outpost: TestOutpost, given: { privateKey?: string; time?: number } = {}) {
  const body = JSON.stringify({
    version: '0.1.0',
    streaming: false,
    facts: {
      sms: null,
      smsError: null,
      kitUntil: null,
      references: 'fine',
      loopDelayMs: 1,
      checks: 0,
      alarmsSince: null,
    },
  });
  const to = '/probe/beat';
  const { privateKey = outpost.privateKey, time = Date.now() } = given;
  const headers = signRequest({ probe: outpost.id, privateKey }, { method: 'POST', path: to, body, time });
  return { path: to, body, headers };
}

describe('joining', () => {
  test('with the one-time token; the private key stays in a file of its own user', async () => {
    const outpost = await join('FRANKFURT');
    expect(statSync(path.join(outpost.folder.path, 'identity.json')).mode & 0o777).toBe(0o600);
    const row = (await listProbes(platform.db)).find(({ id }) => id === outpost.id);
    expect(row?.public_key).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain('PRIVATE');
  });

  test('the same machine may ask again until it was heard, another one may not', async () => {
    const { token } = await inviteProbe(platform, admin, { name: 'TWICE' });
    const ask = (publicKey: Buffer): Promise<Sent> =>
      send(core.url, {
        path: '/probe/join',
        headers: {},
        body: JSON.stringify({ token, version: '1', publicKey: publicKey.toString('base64') }),
      });
    const [mine, others] = [makeKeyPair().publicKey, makeKeyPair().publicKey];
    expect((await ask(mine)).status).toBe(200);
    expect((await ask(mine)).status).toBe(200);
    expect(await ask(others)).toEqual({ status: 403, code: 'probe-token-wrong' });
    await removeProbe(platform, admin, 'twice');
    expect(await ask(mine)).toEqual({ status: 403, code: 'probe-token-wrong' });
  });

  test('not with a token that is over or made up, and not over http to a foreign host', async () => {
    const { token } = await inviteProbe(platform, admin, { name: 'LATE' });
    await platform.connection.pool.query(
      `update probes set join_expires_at = now() - interval '1 s' where name = 'LATE'`,
    );
    const folder = openFolder(path.join(platform.config.dataFolder, 'late'));
    const tokens = [token, `nwp_${randomUUID()}`];
    for (const each of tokens) {
      const joined = joinCore(folder, { url: core.url, token: each, version: '1', allowHttp: false });
      await expect(joined).rejects.toMatchObject({ code: 'probe-join-failed' });
    }
    const foreign = joinCore(folder, { url: 'http://nachtwacht.example', token, version: '1', allowHttp: false });
    await expect(foreign).rejects.toMatchObject({ code: 'probe-needs-https' });
    // One who is invited anew under the same name gets a new token; the old one is void.
    await expect(inviteProbe(platform, admin, { name: 'late' })).resolves.toMatchObject({ probe: { name: 'late' } });
    await removeProbe(platform, admin, 'late');
  });

  test('inviting and removing is for admins', async () => {
    await expect(inviteProbe(platform, guard, { name: 'X' })).rejects.toMatchObject({ code: 'not-allowed' });
    const outpost = await join('KEEP');
    await expect(removeProbe(platform, guard, outpost.id)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(inviteProbe(platform, admin, { name: 'keep' })).rejects.toMatchObject({ code: 'probe-name-taken' });
    await expect(removeProbe(platform, admin, 'nobody')).rejects.toMatchObject({ code: 'probe-not-found' });
  });
});

describe('signed requests', () => {
  test('count once; forged, altered, old and replayed ones do not', async () => {
    const outpost = await join('SIGNED');
    const good = beatOf(outpost);
    expect((await send(core.url, good)).status).toBe(200);
    expect(await send(core.url, good)).toEqual({ status: 403, code: 'probe-replayed' });
    const unknown = { status: 401, code: 'probe-unknown' };
    expect(await send(core.url, beatOf(outpost, { privateKey: makeKeyPair().privateKey }))).toEqual(unknown);
    const fresh = beatOf(outpost);
    expect(await send(core.url, { ...fresh, body: fresh.body.replace('0.1.0', '0.1.1') })).toEqual(unknown);
    expect(await send(core.url, { ...beatOf(outpost), path: '/probe/answer' })).toEqual(unknown);
    expect(await send(core.url, { ...beatOf(outpost), headers: {} })).toEqual(unknown);
    const old = beatOf(outpost, { time: Date.now() - 121_000 });
    expect(await send(core.url, old)).toEqual({ status: 401, code: 'probe-clock-off' });
  });

  test('of one that was removed are refused at once', async () => {
    const outpost = await join('GONE');
    expect((await send(core.url, beatOf(outpost))).status).toBe(200);
    await removeProbe(platform, admin, 'GONE');
    expect(await send(core.url, beatOf(outpost))).toEqual({ status: 401, code: 'probe-unknown' });
  });

  test('a second location whose clock is wrong learns the right time and is heard', async () => {
    const outpost = await join('SLOW');
    const { systemClock } = await import('../platform/clock.ts');
    const late = { ...systemClock, now: () => new Date(Date.now() - 3_600_000) };
    outpost.run({ clock: late });
    await vi.waitFor(async () => {
      const row = (await listProbes(platform.db)).find(({ id }) => id === outpost.id);
      expect(row?.last_seen_at).not.toBeNull();
    }, waiting);
  });
});

describe('asking elsewhere', () => {
  test.each(['up', 'down', 'none'] as const)('one that sees it %s', async (seen) => {
    const outpost = await join('ONE');
    const asked: string[] = [];
    outpost.run({
      look: ({ url }) => {
        asked.push(url);
        return sees(seen)();
      },
    });
    await vi.waitFor(() => expect(elsewhere.available()).toBe(true), waiting);
    expect(await elsewhere.ask(target)).toBe(seen);
    expect(asked).toEqual([target.url]);
  });

  test('several, at several web processes: one that sees the site is enough', async () => {
    const other = await openTestCore(platform);
    const [one, two] = [await join('ONE'), await join('TWO', other.url)];
    try {
      one.run({ look: sees('down') });
      two.run({ look: sees('down') });
      await vi.waitFor(async () => {
        const seen = (await listProbes(platform.db)).filter(({ last_seen_at: at }) => at !== null);
        expect(seen).toHaveLength(2);
        expect(await elsewhere.ask(target)).toBe('down');
      }, waiting);
      await two.stop();
      two.run({ look: sees('up') });
      await vi.waitFor(async () => expect(await elsewhere.ask(target)).toBe('up'), waiting);
    } finally {
      await two.stop();
      await other.close();
    }
  });

  test('nobody there: none, at once; one that is silent: none, after its time', async () => {
    await vi.waitFor(() => expect(elsewhere.available()).toBe(false), waiting);
    expect(await elsewhere.ask(target)).toBe('none');
    const outpost = await join('MUTE');
    outpost.run({ look: () => new Promise(() => {}) });
    await vi.waitFor(() => expect(elsewhere.available()).toBe(true), waiting);
    expect(await elsewhere.ask(target)).toBe('none');
    const ending = new AbortController();
    const asking = elsewhere.ask(target, ending.signal);
    ending.abort();
    expect(await asking).toBe('none');
  });

  test('an answer counts for what was asked, once, in time, and only signed', async () => {
    const outpost = await join('ANSWERS');
    outpost.run({ look: () => new Promise(() => {}) });
    await vi.waitFor(() => expect(elsewhere.available()).toBe(true), waiting);
    const asked = Promise.withResolvers<Ask>();
    const spy = listen(platform.databaseUrl, 'probe_ask', platform.clock, {
      onBegin: () => void elsewhere.ask(target).then((seen) => answers.resolve(seen)),
      onMessage: (payload) => {
        const ask = readNotice(Ask, payload);
        if (ask) asked.resolve(ask);
      },
    });
    const answers = Promise.withResolvers<string>();
    const { id } = await asked.promise;
    const answer = (given: { id: string; key?: string }) => {
      const body = JSON.stringify({ id: given.id, seen: 'down', cause: 'refused', detail: null });
      const to = '/probe/answer';
      const identity = { probe: outpost.id, privateKey: given.key ?? outpost.privateKey };
      const headers = signRequest(identity, { method: 'POST', path: to, body, time: Date.now() });
      return send(core.url, { path: to, body, headers });
    };
    const refused = { status: 409, code: 'probe-answer-refused' };
    expect(await answer({ id: 'neverasked00' })).toEqual(refused);
    expect(await answer({ id, key: makeKeyPair().privateKey })).toEqual({ status: 401, code: 'probe-unknown' });
    expect((await answer({ id })).status).toBe(200);
    expect(await answers.promise).toBe('down');
    expect(await answer({ id })).toEqual(refused);
    // Asked long ago.
    const late: Ask = { ...(await asked.promise), id: 'askedlongago', leftMs: 1 };
    await notify(platform.db, 'probe_ask', JSON.stringify(late));
    await vi.waitFor(async () => expect(await answer({ id: late.id })).toEqual(refused), waiting);
    await spy.stop();
  });
});
