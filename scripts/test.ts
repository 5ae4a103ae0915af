// `npm test`: everything, on a fresh machine. Sets up what the tests need (Debian packages with apt when root), then runs
// unit, integration, WordPress and browser tests and the plugin's PHP tests. `npm test -- WORDS` runs only the files whose
// path holds one of the WORDS (not the PHP tests).
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureTestPackages } from '../e2e/harness/apt.ts';
import { chooseCore, prepareCore } from '../e2e/harness/cores.ts';

const root = resolve(import.meta.dirname, '..');
const filter = process.argv.slice(2);

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a command with its output on ours. Resolves to the exit code; a command that cannot start counts as 127. */
async function run(command: string, args: string[], environment: Record<string, string> = {}): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return await new Promise((done) => {
    child.on('error', () => done(127));
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** Counts out of vitest's JSON report; a run that wrote none has failed as a whole. */
function countsOfVitest(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const json = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    numPendingTests: number;
    success: boolean;
  };
  // Suites count what lies around a failed test too: they matter only when no test could run.
  const failed = json.success ? 0 : json.numFailedTests || Math.max(1, json.numFailedTestSuites);
  return { passed: json.numPassedTests, failed, skipped: json.numPendingTests };
}

/** Counts out of Playwright's JSON report. */
function countsOfPlaywright(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** Counts out of PHPUnit's JUnit report. */
function countsOfPhpunit(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] ?? '';
  const figure = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = figure('errors') + figure('failures');
  return { passed: figure('tests') - failed - figure('skipped'), failed, skipped: figure('skipped') };
}

/** For the plugin's test of sites without the sodium extension: the stand-in that WordPress brings. */
async function sodiumOfWordPress(): Promise<Record<string, string>> {
  try {
    const core = await prepareCore(await chooseCore('native'));
    return { NW_SODIUM_COMPAT: join(core, 'wp-includes/sodium_compat/autoload.php') };
  } catch (error) {
    console.error(`No WordPress to take sodium_compat from, so its test is skipped: ${String(error)}`);
    return {};
  }
}

await ensureTestPackages();

const folder = mkdtempSync(join(tmpdir(), 'nachtwacht-test-'));
const all: Counts = { passed: 0, failed: 0, skipped: 0 };
const add = (counts: Counts, code: number) => {
  all.passed += counts.passed;
  all.failed += code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  all.skipped += counts.skipped;
};
for (const project of ['unit', 'integration', 'paced', 'measured', 'wordpress']) {
  const report = join(folder, `${project}.json`);
  const code = await run('vitest', [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filter,
  ]);
  add(countsOfVitest(report), code);
}
const browserReport = join(folder, 'browser.json');
const browserCode = await run(
  'playwright',
  ['test', '--config', 'e2e/browser/playwright.config.ts', '--pass-with-no-tests', ...filter],
  { NACHTWACHT_TEST_REPORT: browserReport },
);
add(countsOfPlaywright(browserReport), browserCode);
if (filter.length === 0) {
  const report = join(folder, 'phpunit.xml');
  const code = await run(
    'phpunit',
    ['--configuration', 'connector/phpunit.xml', '--log-junit', report],
    await sodiumOfWordPress(),
  );
  add(countsOfPhpunit(report), code);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${all.passed} passed, ${all.failed} failed${all.skipped > 0 ? `, ${all.skipped} skipped` : ''}`);
process.exit(all.failed === 0 && all.passed > 0 ? 0 : 1);
