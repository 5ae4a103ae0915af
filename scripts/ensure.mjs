// The step before every command: plain JavaScript that runs on any Node from 18 (Debian 12 has 18.x).
// Installs the dependencies when the lock file changed, then hands over to the pinned Node 24 from npm. Where nothing is to
// be installed it writes nothing, so a service may run from a folder that it cannot write in (`npm run build` by its owner).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
const stamp = join(root, 'node_modules', '.installed-for');

const targets = {
  cli: ['src/cli/main.ts'],
  demo: ['scripts/demo.ts'],
  start: ['src/main.ts', 'serve'],
  test: ['scripts/test.ts'],
  kills: ['scripts/kills.ts'],
  build: ['scripts/build-web.ts'],
  web: ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts'],
  bench: ['bench/run.ts'],
  pictures: ['e2e/browser/take-pictures.ts'],
  verify: ['scripts/verify.ts'],
  'bare-machine': ['scripts/bare-machine.ts'],
};

/** The state that node_modules must belong to: lock file and platform. */
function wanted() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

function installed() {
  return existsSync(pinned) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** One installer at a time: a second command waits for the first rather than install over it. */
function withLock(work) {
  const lock = join(root, '.npm-ci-running');
  for (let waited = 0; ; waited += 500) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST')
        fail(
          `The dependencies of this version are not installed, and this user may not write in ${root} (${error.code}).\n` +
            `As the owner of that folder run: cd ${root} && npm run build\nThen start again.`,
        );
      if (Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > 600_000) rmdirSync(lock);
      else if (installed()) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      if (waited > 900_000) fail(`Another installation seems to hang. When none runs, remove ${lock} and try again.`);
    }
  }
  try {
    if (!installed()) work();
  } finally {
    rmdirSync(lock);
  }
}

/** npm's own program file, so that it can run on a Node of our choice. */
function npmProgram() {
  if (/\.c?js$/.test(process.env.npm_execpath ?? '')) return process.env.npm_execpath;
  const found = (process.env.PATH ?? '').split(':').find((folder) => existsSync(join(folder, 'npm')));
  if (!found) fail('npm is missing. Install it: apt-get install npm');
  return realpathSync(join(found, 'npm'));
}

/** `npm ci` in a folder, on the given Node. */
function npmCi(node, folder) {
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(node, [npmProgram(), ...flags], { cwd: folder, stdio: ['ignore', 2, 2] });
  if (done.error) fail(`npm could not be started (${done.error.message}). Install it: apt-get install npm`);
  if (done.status !== 0)
    fail(
      `npm ci failed with exit code ${done.status}; its message is above. Check the connection to the npm registry and try again.`,
    );
}

/**
 * A Node that npm may run on. npm leaves optional packages out whose `engines` exclude the Node that it runs on, and
 * most of ours exclude Debian 12's: so an old Node first fetches the pinned one alone, by the lock's own entry.
 */
function nodeForNpm() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  const folder = join(root, '.cache', 'node');
  const name = `node-${process.platform}-${process.arch}`;
  const entry = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
  if (!entry)
    fail(
      `There is no Node 24 for ${process.platform}-${process.arch} among the dependencies. Supported: Linux on x64 and arm64.`,
    );
  const own = { name: 'pinned-node', version: '1.0.0', dependencies: { [name]: entry.version } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
  const kept = { ...entry, optional: false };
  const packages = { '': own, [`node_modules/${name}`]: kept };
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...own, lockfileVersion: 3, requires: true, packages }),
  );
  npmCi(process.execPath, folder);
  return join(folder, 'node_modules', name, 'bin', 'node');
}

function install() {
  console.error('Installing dependencies (npm ci) ...');
  npmCi(nodeForNpm(), root);
  if (!existsSync(pinned)) fail(`npm ci did not bring ${pinned}. Remove node_modules and try again.`);
  writeFileSync(stamp, wanted());
}

if (!installed()) withLock(install);

const [name, ...rest] = process.argv.slice(2);
const target = targets[name];
if (!target) fail(`Unknown command '${name ?? ''}'. Known: ${Object.keys(targets).join(', ')}.`);

const child = spawn(
  pinned,
  ['--disable-warning=ExperimentalWarning', join(root, target[0]), ...target.slice(1), ...rest],
  {
    // Where we are need not be a folder that this user may enter (runuser by root in /root): then no chdir.
    ...(name === 'cli' ? {} : { cwd: root }),
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(pinned)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) =>
  fail(`The pinned Node did not start (${error.message}). Remove node_modules and run npm run build as its owner.`),
);
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
