// `npm run kills`: workers and PHP killed at any moment, as often as the promise says (50 and 20). About a quarter of an
// hour; `npm test` kills a few times only.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { ensureTestPackages } from '../e2e/harness/apt.ts';

await ensureTestPackages();

const child = spawn('vitest', ['run', '--project', 'wordpress', 'e2e/wordpress/kill.wordpress.test.ts'], {
  cwd: resolve(import.meta.dirname, '..'),
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { NACHTWACHT_TEST_KILLS: '50', NACHTWACHT_TEST_PHP_KILLS: '20', ...process.env },
});
child.on('error', (error) => {
  console.error(`vitest could not be started: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
