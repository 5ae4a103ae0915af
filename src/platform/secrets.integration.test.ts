import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database/test-database.ts';
import { openSecretsOf, readMasterKey, rotateKeys } from './master-key.ts';
import { openSecrets } from './secrets.ts';

let database: TestDatabase;
const folders: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newPlace(): { dataFolder: string; masterKey: undefined } {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'nw-secrets-'));
  folders.push(dataFolder);
  return { dataFolder, masterKey: undefined };
}

async function emptyKeys(): Promise<void> {
  await database.pool.query('delete from data_keys');
}

describe('a sealed secret', () => {
  test('opens with its own context only, and not when a bit of it was changed', async () => {
    await emptyKeys();
    const secrets = await openSecrets(database.db, randomBytes(32));
    const sealed = await secrets.seal('site:1:key', 'a very private key');
    expect((await secrets.open('site:1:key', sealed)).toString()).toBe('a very private key');
    expect(sealed.includes('private')).toBe(false);
    expect((await secrets.seal('site:1:key', 'a very private key')).equals(sealed)).toBe(false);
    await expect(secrets.open('site:2:key', sealed)).rejects.toMatchObject({ code: 'secret-unreadable' });
    for (let at = 0; at < sealed.length; at++) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      await expect(secrets.open('site:1:key', bent), `byte ${at}`).rejects.toMatchObject({ code: 'secret-unreadable' });
    }
    for (const length of [0, 1, 32, sealed.length - 1]) {
      await expect(secrets.open('site:1:key', sealed.subarray(0, length))).rejects.toMatchObject({
        code: 'secret-unreadable',
      });
    }
  });

  test('is opened by another process, and by one that was running when the data key was rotated', async () => {
    await emptyKeys();
    const master = randomBytes(32);
    const one = await openSecrets(database.db, master);
    const before = await one.seal('x', 'old');
    const two = await openSecrets(database.db, master);
    await one.rotateDataKey();
    const after = await one.seal('x', 'new');
    expect((await two.open('x', before)).toString()).toBe('old');
    expect((await two.open('x', after)).toString()).toBe('new');
    expect(before.readUInt32BE(1)).not.toBe(after.readUInt32BE(1));
  });

  test('does not open with another master key', async () => {
    await emptyKeys();
    await (await openSecrets(database.db, randomBytes(32))).seal('x', 'y');
    await expect(openSecrets(database.db, randomBytes(32))).rejects.toMatchObject({ code: 'master-key-wrong' });
  });
});

describe('the master key', () => {
  test('is made once, for this user only, and refused when others may read it or it is damaged', () => {
    const place = newPlace();
    const file = path.join(place.dataFolder, 'master-key');
    const key = readMasterKey(place);
    expect(key).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readMasterKey(place)).toEqual(key);
    chmodSync(file, 0o640);
    expect(() => readMasterKey(place)).toThrow(expect.objectContaining({ code: 'master-key-open-to-others' }));
    chmodSync(file, 0o600);
    writeFileSync(file, 'short');
    expect(() => readMasterKey(place)).toThrow(expect.objectContaining({ code: 'master-key-damaged' }));
  });

  test('is rotated with all secrets still readable, also when killed between database and file', async () => {
    await emptyKeys();
    const place = newPlace();
    const file = path.join(place.dataFolder, 'master-key');
    const sealed = await (await openSecretsOf(database.db, place)).seal('x', 'y');
    const before = readFileSync(file);
    expect(await rotateKeys(database.db, place)).toEqual({ rewrapped: 2, nextFile: undefined });
    const after = readFileSync(file);
    expect(after.equals(before)).toBe(false);
    expect((await (await openSecretsOf(database.db, place)).open('x', sealed)).toString()).toBe('y');
    // As if killed before the last rename: the old key is in place, the new one beside it.
    writeFileSync(`${file}.next`, after, { mode: 0o600 });
    writeFileSync(file, before);
    expect((await (await openSecretsOf(database.db, place)).open('x', sealed)).toString()).toBe('y');
    expect(readFileSync(file)).toEqual(after);
  });

  test('from the environment is rotated into a file that the operator takes over', async () => {
    await emptyKeys();
    const { dataFolder } = newPlace();
    const masterKey = randomBytes(32).toString('base64');
    const sealed = await (await openSecretsOf(database.db, { dataFolder, masterKey })).seal('x', 'y');
    const { nextFile } = await rotateKeys(database.db, { dataFolder, masterKey });
    const next = readFileSync(nextFile ?? '', 'utf8').trim();
    await expect(openSecretsOf(database.db, { dataFolder, masterKey })).rejects.toMatchObject({
      code: 'master-key-wrong',
    });
    expect(
      (await (await openSecretsOf(database.db, { dataFolder, masterKey: next })).open('x', sealed)).toString(),
    ).toBe('y');
  });
});
