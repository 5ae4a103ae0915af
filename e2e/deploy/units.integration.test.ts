// The units of deploy/ as they stand there, on a checkout that was installed and built before and cannot be written.
import { spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../harness/free-port.ts';
import { findProgram, repository } from '../harness/machine.ts';
import { nameWithReason } from '../harness/skip-reason.ts';
import { follow, readUnit, runBeside, startInUnit, whyNoUnit } from './hardened-unit.ts';

const core = readUnit('nachtwacht.service');
const probe = readUnit('nachtwacht-probe.service');
/** Our Node as a unit sees it: where this checkout lies itself may be hidden from it. */
const node = join(core.workingDirectory, relative(repository, process.execPath));
const room = mkdtempSync('/var/tmp/nw-unit-');
afterAll(() => rmdirSync(room));

const verify = findProgram('systemd-analyze');
const skip = whyNoUnit(core);
const skipVerify = skip ?? (verify === undefined ? 'there is no systemd-analyze' : undefined);

test('a unit may write in its StateDirectory only', () => {
  for (const unit of [core, probe]) {
    expect(unit.text).toMatch(/^ProtectSystem=strict$/m);
    expect(unit.text).not.toMatch(/^ReadWritePaths=/m);
    expect(unit.environment['NACHTWACHT_DATA']).toBe(unit.stateDirectory);
  }
});

describe.skipIf(skipVerify !== undefined)(`systemd-analyze verify${nameWithReason('', skipVerify)}`, () => {
  test.each([core, probe])('finds nothing wrong with $name', async (unit) => {
    const file = join(unit.workingDirectory, 'deploy', unit.name);
    const { text, ended } = follow(startInUnit(unit, { room }, [verify ?? '', 'verify', '--man=no', file]));
    expect({ code: await ended, text: text() }).toEqual({ code: 0, text: '' });
  });
});

describe.skipIf(skip !== undefined)(`a hardened unit on a read-only checkout${nameWithReason('', skip)}`, () => {
  let service: ChildProcess;
  let told: ReturnType<typeof follow>;
  let url: string;

  beforeAll(async () => {
    // What README has the owner do; the dependencies are there, since they run this test.
    const built = spawnSync(process.execPath, [join(repository, 'scripts/build-web.ts')], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`the pages could not be built: ${built.stderr}`);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    service = startInUnit(core, { room, more: { NACHTWACHT_PORT: String(port) } });
    told = follow(service);
    const isHealthy = (): Promise<boolean> =>
      fetch(`${url}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      );
    for (let tries = 0; !(await isHealthy()); tries += 1) {
      if (service.exitCode !== null || tries > 900) throw new Error(`the service does not answer: ${told.text()}`);
      await pause(100);
    }
  });
  afterAll(async () => {
    service?.kill('SIGTERM');
    await told?.ended;
  });

  test('comes to health with an embedded database, and serves the pages that were built', async () => {
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(told.text()).not.toMatch(/EROFS|EACCES|could not be built/);
  });

  test('cannot write in the checkout', () => {
    const { code, text } = runBeside(core, service, ['touch', join(core.workingDirectory, 'dist/x')]);
    expect(code).not.toBe(0);
    expect(text).toContain('Read-only file system');
  });

  test('answers the command line of its user, also from a folder that this user may not enter', () => {
    const program = join(core.workingDirectory, 'nachtwacht');
    expect(runBeside(core, service, [program, 'site', 'list', '--json'])).toMatchObject({ code: 0 });
    const { text } = runBeside(core, service, [program, 'doctor', '--json']);
    expect(text).toMatch(/"check": "web",\s+"state": "ok"/);
  });

  test('lets the web server read the copies of status pages, and nothing else', () => {
    const copies = join(core.stateDirectory, 'status');
    const write = `import('${core.workingDirectory}/src/status-pages/page-copies.ts').then((it) => it.writeCopy('${copies}', 'wit', 'all is well'))`;
    const underItsMask = [
      'sh',
      '-c',
      `umask ${core.umask} && exec "$@"`,
      'sh',
      node,
      '--input-type=module',
      '-e',
      write,
    ];
    expect(runBeside(core, service, underItsMask)).toMatchObject({ code: 0 });
    const byTheWebServer = (words: string[]) => runBeside(core, service, words, 'daemon');
    expect(byTheWebServer(['cat', join(copies, 'wit.html')])).toEqual({ code: 0, text: 'all is well' });
    for (const closed of [
      ['ls', core.stateDirectory],
      ['cat', join(core.stateDirectory, 'master-key')],
    ])
      expect(byTheWebServer(closed).text).toContain('Permission denied');
  });

  test('ends cleanly when systemd stops it', async () => {
    service.kill('SIGTERM');
    expect(await told.ended, told.text()).toBe(0);
  });

  test('says what its owner has to do when the dependencies are not installed', async () => {
    const { text, ended } = follow(startInUnit(core, { room, empty: ['node_modules'] }));
    expect(await ended).toBe(1);
    expect(text()).toContain(`cd ${core.workingDirectory} && npm run build`);
  });

  test('does not wait for a build that it cannot make, and says the same of the pages', async () => {
    const build = [node, 'scripts/build-web.ts'];
    const { text, ended } = follow(startInUnit(core, { room, empty: ['dist'] }, build));
    expect(await ended).toBe(1);
    expect(text()).toContain(`cd ${core.workingDirectory} && npm run build`);
  });

  test('a second location gets as far as its own program', async () => {
    const { text, ended } = follow(startInUnit(probe, { room }));
    expect(await ended).not.toBe(0);
    expect(text()).toContain(`There is no second location in ${probe.stateDirectory}/probe`);
  });
});
