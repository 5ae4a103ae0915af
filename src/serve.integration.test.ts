// The program as processes: started, killed, stopped, several beside each other, and driven by the command line.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from './platform/clock.ts';
import { findEmbedded } from './platform/database/index.ts';
import { readPostmasterPid } from './platform/database/postmaster-pid.ts';

const src = path.dirname(fileURLToPath(import.meta.url));
const dataFolder = mkdtempSync('/var/tmp/nw-serve-');
// mkdtemp makes 700: started by root, PostgreSQL's user must be able to pass.
chmodSync(dataFolder, 0o711);
const children = new Set<ChildProcess>();

interface Program {
  process: ChildProcess;
  url: string;
  ended: Promise<number | null>;
}

const environment = {
  PATH: process.env['PATH'],
  NACHTWACHT_DATA: dataFolder,
  NACHTWACHT_PORT: '0',
  NACHTWACHT_LOG: 'warn',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
};

/** Starts a command of main.ts and waits for the line that says it is ready. */
async function start(command: string, more: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, [path.join(src, 'main.ts'), command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, ...more },
  });
  children.add(child);
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())));
  const line = await Promise.race([
    ready,
    ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${errors}`))),
  ]);
  return { process: child, url: /http:\S+/.exec(line)?.[0] ?? '', ended };
}

interface Answer {
  code: number | null;
  out: string;
  err: string;
}

async function nachtwacht(args: string[], more: Record<string, string> = {}): Promise<Answer> {
  const child = spawn(process.execPath, [path.join(src, 'cli/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, ...more },
  });
  const answer: Answer = { code: null, out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (answer.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (answer.err += data.toString()));
  answer.code = await new Promise((resolve) => child.once('close', resolve));
  return answer;
}

function postgresPid(): number {
  const found = readPostmasterPid(path.join(dataFolder, 'postgres/cluster'));
  if (!found) throw new Error('no postmaster.pid');
  return found.pid;
}

const isHealthy = async (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );

let main: Program;
beforeAll(async () => {
  main = await start('serve');
});
afterAll(async () => {
  main.process.kill('SIGTERM');
  await main.ended;
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('serve', () => {
  test('makes everything it needs, secrets for this user only', async () => {
    expect(await isHealthy(main.url)).toBe(true);
    for (const name of ['cli.json', 'master-key'])
      expect(statSync(path.join(dataFolder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(dataFolder).mode & 0o066).toBe(0);
  });

  test('refuses a second main process on its data folder, and says what to do', async () => {
    await expect(start('serve')).rejects.toThrow(/Another Nachtwacht is running .*\n.*NACHTWACHT_DATA/);
    expect(await isHealthy(main.url)).toBe(true);
  });

  test('that is killed is started again on the server that went on running, with nothing lost', async () => {
    expect((await nachtwacht(['customer', 'add', 'Blijft'])).code).toBe(0);
    const before = postgresPid();
    main.process.kill('SIGKILL');
    await main.ended;
    expect(await isHealthy(main.url)).toBe(false);
    main = await start('serve');
    expect(postgresPid()).toBe(before);
    const list = await nachtwacht(['customer', 'list', '--json']);
    expect(JSON.parse(list.out)).toMatchObject([{ name: 'Blijft' }]);
  });

  test('starts PostgreSQL again when that is killed', async () => {
    const before = postgresPid();
    process.kill(before, 'SIGKILL');
    let healthy = false;
    for (let tries = 0; tries < 200 && !healthy; tries++) {
      await systemClock.sleep(100);
      healthy =
        (readPostmasterPid(path.join(dataFolder, 'postgres/cluster'))?.pid ?? before) !== before &&
        (await isHealthy(main.url));
    }
    expect(healthy).toBe(true);
    expect(JSON.parse((await nachtwacht(['customer', 'list', '--json'])).out)).toMatchObject([{ name: 'Blijft' }]);
  });

  test('a worker of its own attaches to the running one, ignores SIGHUP and stops on SIGTERM', async () => {
    const worker = await start('worker');
    worker.process.kill('SIGHUP');
    await systemClock.sleep(300);
    expect(worker.process.exitCode).toBeNull();
    worker.process.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(await isHealthy(main.url)).toBe(true);
  });
});

describe('several machines', () => {
  test('one more process with a folder of its own works on the same database with the same key', async () => {
    const other = mkdtempSync('/var/tmp/nw-serve-other-');
    const url = findEmbedded(dataFolder);
    const far = await start('serve', {
      NACHTWACHT_DATA: other,
      NACHTWACHT_ROLES: 'web',
      DATABASE_URL: url ?? '',
      NACHTWACHT_MASTER_KEY: readFileSync(path.join(dataFolder, 'master-key'), 'utf8').trim(),
    });
    const list = await nachtwacht(['customer', 'list', '--json'], { NACHTWACHT_DATA: other });
    expect(JSON.parse(list.out)).toMatchObject([{ name: 'Blijft' }]);
    far.process.kill('SIGTERM');
    expect(await far.ended).toBe(0);
    expect(await isHealthy(main.url)).toBe(true);
    await expect(
      start('serve', {
        NACHTWACHT_DATA: other,
        DATABASE_URL: url ?? '',
        NACHTWACHT_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      }),
    ).rejects.toThrow(/master key does not open/);
    rmSync(other, { recursive: true, force: true });
  });
});

describe('the command line', () => {
  test('works without set-up on this machine, in words and as one JSON document', async () => {
    expect(await nachtwacht(['site', 'add', 'https://brood.nl', '--customer', 'blijft'])).toMatchObject({
      code: 0,
      out: 'Site https://brood.nl was added.\n',
    });
    const json = await nachtwacht(['site', 'show', 'brood.nl', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ url: 'https://brood.nl', plan: 'daily', pairedAt: null });
    expect(json.err).toBe('');
    const dutch = await nachtwacht(['--lang', 'nl', 'site', 'list']);
    expect(dutch.out).toMatch(
      /^Site +Klant +Backup .*\nhttps:\/\/brood\.nl +Blijft +elke dag +niet gekoppeld +niet gemeten\n$/,
    );
    expect((await nachtwacht(['site', 'list'], { LANG: 'nl_NL.UTF-8' })).out).toBe(dutch.out);
  });

  test.each([
    ['wrong usage', ['site', 'add'], 2],
    ['an unknown command', ['dance'], 2],
    ['bad input', ['site', 'add', 'ftp://x.nl', '--customer', 'blijft'], 2],
    ['what is not there', ['site', 'show', 'nergens.nl'], 4],
    ['what is there already', ['customer', 'add', 'blijft'], 7],
    ['help', ['help', 'site'], 0],
    ['version', ['--version'], 0],
  ])('ends with its own code for %s', async (_name, args, code) => {
    const answer = await nachtwacht(args);
    expect(answer.code).toBe(code);
    const json = await nachtwacht([...args, '--json']);
    expect(json.code).toBe(code);
  });

  test('a token of too small a scope ends with 3, and never shows itself', async () => {
    const made = await nachtwacht(['token', 'create', 'kijker', '--scope', 'read', '--json']);
    const { secret } = JSON.parse(made.out) as { secret: string };
    const file = path.join(dataFolder, 'token');
    writeFileSync(file, `${secret}\n`, { mode: 0o600 });
    expect((await nachtwacht(['site', 'list', '--token-file', file])).code).toBe(0);
    const refused = await nachtwacht(['customer', 'add', 'Nieuw', '--token-file', file]);
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/error: .*\nwhat to do: .*--scope admin/);
    expect(refused.out + refused.err).not.toContain(secret);
    expect((await nachtwacht(['token', 'revoke', 'kijker'])).code).toBe(0);
    expect((await nachtwacht(['site', 'list', '--token-file', file])).code).toBe(3);
  });

  test('a platform that does not answer is said so', async () => {
    const answer = await nachtwacht(['site', 'list', '--url', 'http://127.0.0.1:9']);
    expect(answer).toMatchObject({ code: 1, out: '' });
    expect(answer.err).toContain('does not answer at http://127.0.0.1:9');
  });

  test('doctor finds nothing wrong here, and names what is wrong elsewhere with what to do', async () => {
    const well = await nachtwacht(['doctor', '--json']);
    expect(well.code).toBe(0);
    expect(JSON.parse(well.out)).toMatchObject({ ok: true });
    expect(well.out).toContain('"check": "trial"');
    const wrong = await nachtwacht(['doctor'], { NACHTWACHT_PORT: 'many', NACHTWACHT_COLOUR: 'blue' });
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/NACHTWACHT_PORT must be a whole number; NACHTWACHT_COLOUR is not a setting/);
    const open = path.join(dataFolder, 'master-key');
    chmodSync(open, 0o644);
    const key = await nachtwacht(['doctor', '--lang', 'nl']);
    chmodSync(open, 0o600);
    expect(key.code).toBe(1);
    expect(key.out).toContain('chmod 600');
    const settings = await nachtwacht(['doctor', '--settings']);
    expect(settings.out).toContain('NACHTWACHT_MASTER_KEY');
    expect(settings.out).not.toContain(readFileSync(open, 'utf8').trim());
  });

  test('keys are rotated under a running platform, which starts again with them', async () => {
    const before = readFileSync(path.join(dataFolder, 'master-key'), 'utf8');
    expect((await nachtwacht(['keys', 'rotate'])).code).toBe(0);
    expect(readFileSync(path.join(dataFolder, 'master-key'), 'utf8')).not.toBe(before);
    main.process.kill('SIGTERM');
    expect(await main.ended).toBe(0);
    expect(() => postgresPid()).toThrow('no postmaster.pid');
    main = await start('serve');
    expect(JSON.parse((await nachtwacht(['customer', 'list', '--json'])).out)).toMatchObject([{ name: 'Blijft' }]);
  });
});
