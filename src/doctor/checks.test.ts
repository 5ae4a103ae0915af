import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../platform/config.ts';
import { checkTrial } from './checks.ts';

describe('doctor: where the monthly trial restore loads the database', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nw-doctor-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const put = (...names: string[]): void => {
    for (const name of names) writeFileSync(path.join(folder, name), '');
    for (const name of names) chmodSync(path.join(folder, name), 0o755);
  };
  const look = (environment: Record<string, string> = {}, language: 'nl' | 'en' = 'en') =>
    checkTrial(readConfig(environment), language, [folder]);
  const ownServer = { NACHTWACHT_TRIAL_DATABASE_URL: 'mysql://trial:secret@db.internal' };

  test('nothing of MariaDB is a warning that says what to do, in both languages', () => {
    for (const language of ['nl', 'en'] as const) {
      const found = look({}, language);
      expect(found).toMatchObject({ check: 'trial', state: 'warn' });
      expect(found.next).toMatch(/apt-get install mariadb-server-core mariadb-client.*NACHTWACHT_TRIAL_DATABASE_URL/);
    }
    expect(look({}, 'nl').says).toContain('maandelijkse proef');
    expect(look(ownServer)).toMatchObject({ state: 'warn', next: expect.stringContaining('mariadb-client') as string });
  });

  test('a process that is no worker needs none', () => {
    expect(look({ NACHTWACHT_ROLES: 'web,watch' })).toMatchObject({ state: 'ok' });
  });

  test('the client is enough for a server of your own, which is not named with its password', () => {
    put('mariadb');
    const found = look(ownServer);
    expect(found).toMatchObject({ state: 'ok' });
    expect(found.says).not.toContain('secret');
    expect(look()).toMatchObject({ state: 'warn' });
  });

  test('client, server and installer are enough', () => {
    put('mariadbd');
    expect(look()).toMatchObject({ state: 'warn' });
    put('mariadb-install-db');
    expect(look()).toMatchObject({
      state: 'ok',
      says: expect.stringContaining(path.join(folder, 'mariadbd')) as string,
    });
  });
});
