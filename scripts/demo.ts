// `npm run demo`: Nachtwacht with embedded defaults caring for a real WordPress site: pairs, backs up, breaks, puts back.
// Every step is a command of the CLI that the reader could type. `--exit` ends after it, for automated runs.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { ensurePackages } from '../e2e/harness/apt.ts';
import { breakSite } from '../e2e/harness/breakages.ts';
import { startDemoSite } from '../e2e/harness/demo-site.ts';
import { compareFingerprints, takeFingerprint } from '../e2e/harness/fingerprints.ts';
import type { TestSite } from '../e2e/harness/test-site.ts';
import { judge } from '../e2e/harness/visit.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'data/demo');
const exitAfter = process.argv.includes('--exit');
const started = performance.now();

/** Prints a heading with the seconds since the start. */
function heading(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(4);
  console.log(`\n${seconds} s  ${text}`);
}

/** A port that is free now: 4100, where people expect it, or any other. */
async function freePort(wished: number): Promise<number> {
  return await new Promise((done, fail) => {
    const server = createServer();
    server.once('error', () => (wished === 0 ? fail(new Error('no free port')) : done(freePort(0))));
    server.listen(wished, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : wished));
    });
  });
}

/** Waits for a started Nachtwacht; throws with its log's place when it ended or takes over a minute. */
async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((next) => {
      setTimeout(next, 100);
    });
  }
  throw new Error(`Nachtwacht did not start. Its log: ${log}`);
}

/** Runs one command of the CLI before the reader's eyes; throws when it fails. */
async function nachtwacht(environment: NodeJS.ProcessEnv, ...words: string[]): Promise<void> {
  console.log(
    `\n      $ ./nachtwacht ${words.map((word) => (/^[\w:./@-]+$/.test(word) ? word : `'${word}'`)).join(' ')}`,
  );
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => process.stdout.write(text.replace(/^(?=.)/gm, '      ')));
  const code = await new Promise<number>((done) => {
    child.on('close', (status) => done(status ?? 1));
  });
  if (code !== 0) throw new Error(`'nachtwacht ${words[0] ?? ''}' ended with exit code ${code}.`);
}

/** What a visitor sees, in one line. */
async function look(site: TestSite): Promise<boolean> {
  const seen = await site.visit('/?p=1');
  const health = judge(seen, site.keyword);
  console.log(
    health.ok
      ? `      ● the site works: 200 in ${seen.ms.toFixed(0)} ms`
      : `      ▲ the site is broken: ${health.why.slice(0, 160).replace(/\s+/g, ' ')}`,
  );
  return health.ok;
}

await ensurePackages(['php', 'mariadb', 'nginx'], (line) => console.log(`      ${line}`));
heading('Starting Nachtwacht (embedded PostgreSQL) and a real WordPress site');
if (existsSync(folder)) rmSync(folder, { recursive: true });
mkdirSync(folder, { recursive: true });
const port = await freePort(4100);
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  NACHTWACHT_DATA: join(folder, 'platform'),
  NACHTWACHT_PORT: String(port),
  NACHTWACHT_ALLOW_PRIVATE: '1',
  NACHTWACHT_NAME: 'Nachtwacht demonstration',
};
const log = join(folder, 'nachtwacht.log');
const platform = spawn(process.execPath, [join(root, 'src/main.ts'), 'serve'], {
  cwd: root,
  env: environment,
  stdio: ['ignore', 'pipe', 'pipe'],
});
const written = createWriteStream(log);
platform.stdout.pipe(written);
platform.stderr.pipe(written);
const url = `http://127.0.0.1:${port}`;
let site: TestSite | undefined;

/** Ends both; also on Ctrl-C. */
async function end(code: number): Promise<never> {
  const gone = new Promise((done) => {
    platform.once('exit', done);
  });
  if (platform.exitCode === null && platform.kill('SIGTERM')) await gone;
  await site?.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));

try {
  const [, ready] = await Promise.all([untilReady(url, platform, log), startDemoSite()]);
  site = ready;
  console.log(`      WordPress ${site.core.version} on PHP ${site.php.version} and nginx: ${site.url}`);
  await look(site);

  heading('Under care: register, pair by a one-time code, measure');
  await nachtwacht(environment, 'customer', 'add', 'Bakkerij De Wit', '--email', 'info@bakkerij.example');
  await nachtwacht(environment, 'site', 'add', site.url, '--customer', 'Bakkerij De Wit');
  await nachtwacht(environment, 'site', 'pair', site.host, '--code', await site.makePairingCode());
  await nachtwacht(environment, 'site', 'show', site.host);

  heading('The first backup, then one after a change: only the change travels');
  await nachtwacht(environment, 'backup', site.host);
  // The watch is a visitor: it looks away until all was compared, row for row.
  await nachtwacht(environment, 'monitor', 'set', site.host, '--off');
  await site.runPhp(
    `wp_insert_post( array( 'post_title' => 'Nieuw brood', 'post_content' => 'Vanaf morgen.', 'post_status' => 'publish' ) );`,
  );
  await nachtwacht(environment, 'backup', site.host);
  await nachtwacht(environment, 'snapshots', site.host);

  heading('Breaking it: core folder deleted, a table dropped, uploads emptied');
  const before = await takeFingerprint(site);
  for (const how of ['table-dropped', 'uploads-emptied', 'core-folder-deleted'] as const) await breakSite(site, how);
  if (await look(site)) throw new Error('The site still works: the demonstration broke nothing.');

  heading('Putting it back through the rescue entry: WordPress is dead');
  await nachtwacht(environment, 'restore', site.host, '--yes');
  // Compared before anybody visits the site again: WordPress writes into its own tables at every visit.
  const differences = await compareFingerprints(before, await takeFingerprint(site));
  const works = await look(site);
  if (!works || differences.length > 0)
    throw new Error(`The site is not what it was: ${differences.slice(0, 5).join('; ')}`);
  console.log('      ● every file is the same by its hash, every table row for row');

  heading('Watched around the clock again');
  await nachtwacht(environment, 'monitor', 'set', site.host, '--on');
  await nachtwacht(environment, 'duties');

  heading('Done.');
  console.log(`
      The site        ${site.url}   (admin: ${site.url}/wp-admin/, ${site.admin.user} / ${site.admin.password})
      Nachtwacht      ${url}   (API: ${url}/openapi.json; log: ${log})
      Try             NACHTWACHT_DATA=${join(folder, 'platform')} NACHTWACHT_PORT=${port} ./nachtwacht help`);
  if (exitAfter) await end(0);
  console.log('\n      Both keep running. Ctrl-C ends them.');
} catch (error) {
  console.error(
    `\n      ✗ ${error instanceof Error ? error.message : String(error)}\n        Log of Nachtwacht: ${log}`,
  );
  await end(1);
}
