// What a person reads when the program does not start, the platform is away, or he presses Ctrl-C.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const src = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'nw-cli-errors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  err: string;
}

function start(program: string, args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(src, program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], NACHTWACHT_DATA: folder, LANG: 'C.UTF-8', ...environment },
  });
  let err = '';
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  child.stdout.resume();
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, err })));
  return { child, ended };
}

const wrong = { NACHTWACHT_PORT: 'many' };

test.each<[string, string[], Record<string, string>, RegExp]>([
  [
    'a setting that is wrong',
    ['serve'],
    wrong,
    /^The settings are not right: NACHTWACHT_PORT .*\nCorrect these .*`nachtwacht doctor --settings` lists them all\.\n$/,
  ],
  [
    'the same in Dutch',
    ['serve'],
    { ...wrong, LANG: 'nl_NL.UTF-8' },
    /^De instellingen kloppen niet: NACHTWACHT_PORT .*\nVerbeter deze omgevingsvariabelen; nachtwacht doctor --settings toont ze alle\.\n$/,
  ],
  ['LC_ALL, when it is empty, does not count', ['serve'], { ...wrong, LC_ALL: '', LANG: 'nl_NL' }, /^De instellingen/],
  ['a command that there is not', ['dance'], {}, /^The program has no command dance\.\nGive one of: serve, worker, /],
  [
    'the same in Dutch',
    ['dance'],
    { LANG: 'nl' },
    /^Het programma kent de opdracht dance niet\..*\nGeef een van: serve, /,
  ],
  [
    'what nobody expected',
    ['serve'],
    { NACHTWACHT_DATA: '/dev/null/data' },
    /^Something went wrong that Nachtwacht did not expect\. \(Error: E[A-Z]+: .*\)\nLook in the log of the platform; /,
  ],
  [
    'the same in Dutch',
    ['serve'],
    { NACHTWACHT_DATA: '/dev/null/data', LANG: 'nl' },
    /^Er ging iets mis dat Nachtwacht niet verwachtte\..*ENOTDIR.*\nKijk in het logboek van het platform; /,
  ],
])('the program does not start: %s', async (_name, args, environment, says) => {
  const { code, err } = await start('main.ts', args, environment).ended;
  expect(err).toMatch(says);
  expect(code).toBe(1);
});

test('a download from a platform that is away says so, and leaves no file', async () => {
  const file = path.join(folder, 'site.zip');
  const args = ['restore', 'brood.nl', '--download', file, '--url', 'http://127.0.0.1:9'];
  const english = await start('cli/main.ts', args, { NACHTWACHT_TOKEN: 'x' }).ended;
  expect(english).toEqual({
    code: 1,
    err: 'error: Nachtwacht does not answer at http://127.0.0.1:9.\nwhat to do: Start it (npm start), or give its address with --url.\n',
  });
  const dutch = await start('cli/main.ts', [...args, '--lang', 'nl'], { NACHTWACHT_TOKEN: 'x' }).ended;
  expect(dutch.err).toContain('Nachtwacht antwoordt niet op http://127.0.0.1:9.');
  expect(existsSync(file) || existsSync(`${file}.partial`)).toBe(false);
});

test('Ctrl-C while work is followed ends with 130, which help names, and says how to find it again', async () => {
  // The first request of `run watch` comes when the command follows: it is never answered.
  const followed = Promise.withResolvers<void>();
  const server = createServer(() => followed.resolve());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { child, ended } = start('cli/main.ts', ['run', 'watch', 'abc', '--url', url], { NACHTWACHT_TOKEN: 'x' });
  await followed.promise;
  child.kill('SIGINT');
  expect(await ended).toEqual({
    code: 130,
    err: 'The work goes on. Follow it with: nachtwacht run watch abc - stop it with: nachtwacht run cancel abc\n',
  });
  server.closeAllConnections();
  server.close();
  const help = spawn(process.execPath, [path.join(src, 'cli/main.ts'), 'help'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  for await (const part of help.stdout) out += String(part);
  expect(out).toMatch(/\n {2}130 {2}(broken off by Ctrl-C|afgebroken met Ctrl-C)/);
});
