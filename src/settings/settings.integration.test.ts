// The house's settings on a real database: what counts, who may change it, what the audit trail says, what never leaves.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openSiteRepository } from '../backups/index.ts';
import { addCustomer } from '../customers/index.ts';
import { systemActor, type Actor } from '../identity/index.ts';
import { readBranding, readHouse, readMailServer, readNewPlace, readStores } from '../platform/house/index.ts';
import { includesScope, scopes } from '../platform/http/procedure.ts';
import { openTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { addSite } from '../sites/index.ts';
import { changeMail, sendTestMail } from './change-mail.ts';
import { changeSettings } from './change-settings.ts';
import { changeStorage, changeStoreKeys, tryStorage } from './change-storage.ts';
import type { StorageInput } from './contract.ts';
import { exportKeys, listKeyStates } from './export-keys.ts';
import { previewRetention } from './preview-retention.ts';
import { logoFiles } from './serve-logo.ts';
import { setLogo } from './set-logo.ts';
import { showSettings } from './show-settings.ts';

const admin = systemActor('test');
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>');
let platform: TestPlatform;
let folder: string;

beforeAll(async () => {
  platform = await openTestPlatform();
  folder = await mkdtemp(path.join(os.tmpdir(), 'nw-settings-'));
});
afterEach(() => platform.connection.pool.query('truncate house_settings, house_stores, house_logo, audit'));
afterAll(async () => {
  await platform.close();
  await rm(folder, { recursive: true, force: true });
});

async function audited(): Promise<{ action: string; details: Record<string, unknown> }[]> {
  const { rows } = await platform.connection.pool.query<{ action: string; details: Record<string, unknown> }>(
    'select action, details from audit order by id',
  );
  return rows;
}

describe('what is set', () => {
  test('counts at once, and the audit trail says what it was and what it is', async () => {
    await changeSettings(platform, admin, { name: 'Bureau Nacht', timeZone: 'Europe/Brussels', accent: '#ffd400' });
    const house = await readHouse(platform);
    expect(house).toMatchObject({ name: 'Bureau Nacht', timeZone: 'Europe/Brussels' });
    expect(await readBranding(platform)).toMatchObject({ name: 'Bureau Nacht', accent: { dark: '#ffd400' } });
    expect((await audited()).map((row) => row.details)).toEqual([
      { setting: 'name', before: 'Nachtwacht', after: 'Bureau Nacht' },
      { setting: 'time-zone', before: 'Europe/Amsterdam', after: 'Europe/Brussels' },
      { setting: 'accent', before: null, after: house.accent },
    ]);
    await changeSettings(platform, admin, { name: 'Bureau Nacht', accent: null });
    expect(await readHouse(platform)).toMatchObject({ accent: null });
    expect(await audited()).toHaveLength(4);
  });

  test('the environment wins, the screen says by which variable, and a change is refused', async () => {
    const fixed = await openTestPlatform({
      environment: {
        NACHTWACHT_NAME: 'Uit de omgeving',
        NACHTWACHT_SMTP_HOST: 'mail.example',
        NACHTWACHT_MAIL_FROM: 'night@agency.example',
        NACHTWACHT_SMTP_PASSWORD: 'never-shown',
      },
    });
    try {
      const shown = await showSettings(fixed);
      expect(shown).toMatchObject({
        name: 'Uit de omgeving',
        mail: { host: 'mail.example', port: 587, hasPassword: true },
        fixed: { name: ['NACHTWACHT_NAME'] },
      });
      expect(shown.fixed.mail).toContain('NACHTWACHT_SMTP_HOST');
      expect(JSON.stringify(shown)).not.toContain('never-shown');
      await expect(changeSettings(fixed, admin, { name: 'x', language: 'en' })).rejects.toMatchObject({
        code: 'setting-fixed',
      });
      expect((await readHouse(fixed)).language).toBe('nl');
      await expect(changeMail(fixed, admin, null)).rejects.toMatchObject({ code: 'setting-fixed' });
    } finally {
      await fixed.close();
    }
  });

  test('what cannot be is refused, with nothing of it kept', async () => {
    await expect(changeSettings(platform, admin, { name: 'New', timeZone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'time-zone-wrong',
    });
    await expect(changeSettings(platform, admin, { accent: 'blueish' })).rejects.toMatchObject({
      code: 'colour-wrong',
    });
    expect((await readHouse(platform)).name).toBe('Nachtwacht');
    expect(await audited()).toEqual([]);
  });
});

describe('who may', () => {
  const storage: StorageInput = { kind: 'folder', folder: '/srv/backups' };
  const s3 = { endpoint: 'https://s3.example', bucket: 'b', region: 'eu', prefix: '', accessKey: 'k', secretKey: 's' };
  const verbs: [string, (actor: Actor) => Promise<unknown>][] = [
    ['change', (actor) => changeSettings(platform, actor, { name: 'Taken' })],
    ['set the logo', (actor) => setLogo(platform, actor, svg)],
    ['try a storage', (actor) => tryStorage(platform, actor, storage)],
    ['change the storage', (actor) => changeStorage(platform, actor, storage)],
    ['change keys', (actor) => changeStoreKeys(platform, actor, s3)],
    ['change the mail server', (actor) => changeMail(platform, actor, null)],
    ['send a test mail', (actor) => sendTestMail(platform, actor, { to: 'a@b.example', language: 'nl' })],
    ['export keys', (actor) => exportKeys(platform, actor, { dueOnly: false, language: 'nl' })],
  ];
  test.each(verbs)('only admin may %s', async (_what, verb) => {
    for (const scope of scopes) {
      if (includesScope(scope, 'admin')) continue;
      await expect(verb({ name: `person:${scope}`, kind: 'person', scope }), scope).rejects.toMatchObject({
        code: 'not-allowed',
      });
    }
    expect(await audited()).toEqual([]);
  });
});

describe('the logo', () => {
  test('is served under its hash, so that nothing in it can run', async () => {
    const at = await setLogo(platform, admin, svg);
    const files = logoFiles(platform);
    const answer = await files.answer(new Request(`http://here${at}`));
    expect(answer?.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer?.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*; sandbox$/);
    expect(Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer()).equals(svg)).toBe(true);
    expect(await files.answer(new Request('http://here/branding/logo-0000000000000000'))).toBeUndefined();
    await setLogo(platform, admin, undefined);
    expect(await files.answer(new Request(`http://here${at}`))).toBeUndefined();
    expect((await readBranding(platform)).logo).toBeNull();
  });

  test('with a script in it is refused', async () => {
    const wrong = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    await expect(setLogo(platform, admin, wrong)).rejects.toMatchObject({ code: 'logo-refused' });
  });
});

describe('the storage', () => {
  test('a folder that works is taken; one that does not is not', async () => {
    await changeStorage(platform, admin, { kind: 'folder', folder });
    expect(await readNewPlace(platform)).toEqual({ kind: 'folder', folder });
    for (const wrong of ['relative', '/', '/proc/x', '/dev/shm/../../sys/x'])
      await expect(changeStorage(platform, admin, { kind: 'folder', folder: wrong }), wrong).rejects.toMatchObject({
        code: 'storage-folder-wrong',
      });
    expect(await readNewPlace(platform)).toEqual({ kind: 'folder', folder });
    await changeStorage(platform, admin, { kind: 'folder', folder: null });
    expect((await showSettings(platform)).storage.now).toMatchObject({ kind: 'folder', isDefault: true });
  });

  test('the screen says how many repositories lie where, the places of before too', async () => {
    const customer = await addCustomer(platform, admin, { name: 'Opslag' });
    const made: string[] = [];
    for (const place of [null, folder]) {
      await changeStorage(platform, admin, { kind: 'folder', folder: place });
      const url = `https://opslag-${made.length}.example`;
      const { id } = await addSite(platform, admin, { url, customer: customer.id });
      await (await openSiteRepository(platform, id)).close();
      made.push(id);
    }
    const { now, folders } = (await showSettings(platform)).storage;
    expect(now).toMatchObject({ kind: 'folder', folder });
    expect(folders.find((one) => one.folder === folder)?.repositories).toBe(1);
    expect(folders.find((one) => one.folder !== folder)?.folder).toBe(
      path.join(platform.config.dataFolder, 'repositories'),
    );
    await platform.connection.pool.query('delete from repositories where site_id = any($1)', [made]);
  });

  test('an S3 store that does not answer is not taken, and its keys are not kept', async () => {
    const input = { endpoint: 'http://127.0.0.1:9', bucket: 'backups', region: 'eu', prefix: '' };
    const wrong = changeStorage(platform, admin, { kind: 's3', ...input, accessKey: 'key', secretKey: 'secret' });
    await expect(wrong).rejects.toMatchObject({ code: 'storage-test-failed', details: { problem: 'refused' } });
    await expect(changeStorage(platform, admin, { kind: 's3', ...input })).rejects.toMatchObject({
      code: 'storage-keys-needed',
    });
    expect(await readStores(platform)).toEqual([]);
  });
});

describe('the mail server', () => {
  const mail = {
    host: 'mail.example',
    port: 587,
    security: 'starttls',
    user: 'night',
    from: 'n@agency.example',
  } as const;

  test('its password is sealed, never shown, and never goes to another server than it was given for', async () => {
    await changeMail(platform, admin, { ...mail, password: 'correct horse' });
    expect(await readMailServer(platform)).toMatchObject({ host: 'mail.example', password: 'correct horse' });
    const { rows } = await platform.connection.pool.query('select * from house_settings');
    for (const text of [
      JSON.stringify(await showSettings(platform)),
      JSON.stringify(await audited()),
      JSON.stringify(rows),
    ])
      expect(text).not.toContain('correct horse');
    await changeMail(platform, admin, { ...mail, port: 2525 });
    expect(await readMailServer(platform)).toMatchObject({ port: 2525, password: 'correct horse' });
    for (const other of [{ host: 'elsewhere.example' }, { user: 'somebody' }, { security: 'none' as const }]) {
      await expect(changeMail(platform, admin, { ...mail, ...other })).rejects.toMatchObject({
        code: 'mail-password-needed',
      });
      const sent = sendTestMail(platform, admin, { to: 'a@b.example', mail: { ...mail, ...other }, language: 'nl' });
      await expect(sent).rejects.toMatchObject({ code: 'mail-password-needed' });
    }
    await changeMail(platform, admin, { ...mail, password: null });
    expect(await readMailServer(platform)).not.toHaveProperty('password');
    await changeMail(platform, admin, null);
    expect(await readMailServer(platform)).toBeUndefined();
  });
});

describe('retention', () => {
  test('a year of hourly backups: as many as the rule says, each with its reason', async () => {
    const retention = { hourly: 24, daily: 10, monthly: 6, beforeChangeDays: 14 };
    const preview = await previewRetention(platform, { retention, plan: 'hourly' });
    expect(preview.made).toBe(365 * 24);
    // 24 hours touch two days, and the last of a day or month can be one of the others as well.
    expect(preview.kept.length).toBeGreaterThanOrEqual(24 + 10 - 2);
    expect(preview.kept.length).toBeLessThanOrEqual(24 + 10 + 6);
    for (const one of preview.kept) expect(one.why.length, one.at).toBeGreaterThan(0);
    expect(preview.rule.nl.join(' ')).toContain('24 uur');
    expect(preview.rule.en.join(' ')).toContain('10 days');
  });
});

describe('keys to export', () => {
  test('one document for all, one for a customer; each counts as exported from then on', async () => {
    const sites: string[] = [];
    for (const name of ['Bakkerij', 'Slagerij']) {
      const customer = await addCustomer(platform, admin, { name });
      const url = `https://${name.toLowerCase()}.example`;
      const { id } = await addSite(platform, admin, { url, customer: customer.id });
      await (await openSiteRepository(platform, id)).close();
      sites.push(id);
    }
    expect((await showSettings(platform)).keysToExport).toBe(2);
    const one = await exportKeys(platform, admin, { customer: 'bakkerij', dueOnly: false, language: 'nl' });
    expect(one).toMatchObject({
      sites: 1,
      fileName: expect.stringMatching(/^backup-sleutels-bakkerij-\d{4}-/) as string,
    });
    expect(one.text).toContain('https://bakkerij.example');
    expect(one.text).not.toContain('slagerij');
    expect(one.text).toMatch(/export RESTIC_PASSWORD=[\w-]{43}\n/);
    expect(one.text).toContain(`restic -r ${platform.config.dataFolder}/repositories/${sites[0]} snapshots`);
    expect((await listKeyStates(platform)).map((each) => each.due)).toEqual([false, true]);
    const rest = await exportKeys(platform, admin, { dueOnly: true, language: 'en' });
    expect(rest).toMatchObject({ sites: 1 });
    expect((await showSettings(platform)).keysToExport).toBe(0);
    await expect(exportKeys(platform, admin, { dueOnly: true, language: 'en' })).rejects.toMatchObject({
      code: 'keys-none',
    });
    const rows = (await audited()).filter((row) => row.action === 'repository-key-exported');
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/RESTIC_PASSWORD|export /);
  });

  test('a person must have signed in just now', async () => {
    const now = platform.clock.now().getTime();
    const person: Actor = { name: 'person:jan@x.nl', kind: 'person', scope: 'admin', role: 'operator' };
    const ask = (actor: Actor) => exportKeys(platform, actor, { dueOnly: false, language: 'nl' });
    await expect(ask(person)).rejects.toMatchObject({ code: 'sign-in-not-fresh' });
    await expect(ask({ ...person, signedInAt: new Date(now - 11 * 60_000) })).rejects.toMatchObject({
      code: 'sign-in-not-fresh',
    });
    expect(await ask({ ...person, signedInAt: new Date(now - 60_000) })).toMatchObject({ sites: 2 });
  });
});
