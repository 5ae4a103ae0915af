// `npm run bare-machine -- bookworm npm test`: runs a command of the README on a bare Debian: a fresh folder made by
// mmdebstrap with `nodejs npm` and nothing else, in a mount namespace of its own, on a clean clone of this checkout.
// Prints the seconds and exits with the command's code. Needs root and mmdebstrap (apt-get install mmdebstrap).
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const cache = process.env['NACHTWACHT_BARE'] ?? '/var/tmp/nachtwacht-bare';

/** Stops with a sentence that says what to do. */
function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

const [suite, ...command] = process.argv.slice(2);
if (!suite || command.length === 0) fail('Usage: npm run bare-machine -- bookworm|trixie COMMAND [ARGUMENT ...]');
if (process.getuid?.() !== 0) fail('Needs root: it makes a Debian folder and mounts in it.');

const base = join(cache, `${suite}.tar`);
if (!existsSync(base)) {
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const made = spawnSync(
    'mmdebstrap',
    ['--variant=apt', '--include=nodejs,npm', suite, `${base}.part`, '--format=tar'],
    { stdio: ['ignore', 2, 2] },
  );
  if (made.error) fail('mmdebstrap is missing: apt-get install mmdebstrap');
  if (made.status !== 0) fail(`mmdebstrap ended with exit code ${made.status}.`);
  execFileSync('mv', [`${base}.part`, base]);
}

// Below /var and with 755, since the servers of the tests run as ordinary users and must reach their folders.
const machine = mkdtempSync(join(cache, `${suite}-`));
execFileSync('chmod', ['755', machine]);
execFileSync('tar', ['-xf', base, '-C', machine, '--exclude=./dev/*']);

// What a machine's owner has set up for the network, not for the project: name service, certificates, npm registry.
cpSync('/etc/resolv.conf', join(machine, 'etc/resolv.conf'), { dereference: true });
cpSync('/etc/hosts', join(machine, 'etc/hosts'), { dereference: true });
const certificates = '/etc/ssl/certs/ca-certificates.crt';
const environment: Record<string, string> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
  CI: process.env['CI'] ?? '',
  npm_config_registry: execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim(),
};
if (existsSync(certificates)) {
  mkdirSync(join(machine, 'etc/owner'), { recursive: true });
  cpSync(certificates, join(machine, 'etc/owner/certificates.crt'), { dereference: true });
  environment['NODE_EXTRA_CA_CERTS'] = '/etc/owner/certificates.crt';
}

const project = join(machine, 'srv/work/main');
mkdirSync(dirname(project), { recursive: true });
execFileSync('git', ['clone', '--quiet', root, project]);
const shared = join(root, '../shared');
if (existsSync(shared)) cpSync(shared, join(machine, 'srv/work/shared'), { recursive: true });

const script = [
  'set -e',
  'mount --make-rprivate /',
  // Its root is a mount, as on every machine: `ip netns` changes how it propagates.
  `mount --bind ${machine} ${machine}`,
  `mount -t proc proc ${machine}/proc`,
  `mount --rbind /dev ${machine}/dev`,
  `mount --rbind /sys ${machine}/sys`,
  `mount -t tmpfs tmpfs ${machine}/run`,
  `exec chroot ${machine} /bin/sh -c 'cd /srv/work/main && exec "$@"' sh "$@"`,
].join('\n');
writeFileSync(join(machine, 'root/.bare-machine'), suite);
const started = performance.now();
const done = spawnSync(
  'unshare',
  ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', ...command],
  { stdio: ['ignore', 'inherit', 'inherit'], env: environment },
);
const seconds = Math.round((performance.now() - started) / 100) / 10;
console.log(JSON.stringify({ machine: suite, command: command.join(' '), exit: done.status, seconds }));
if (process.env['NACHTWACHT_BARE_KEEP']) console.error(`Kept: ${machine}`);
else rmSync(machine, { recursive: true, force: true });
process.exit(done.status ?? 1);
