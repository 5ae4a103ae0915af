// `npm run verify`: format, lint, types, unit tests; under a minute. Lint and types run beside each other.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

interface Check {
  name: string;
  command: [string, ...string[]];
}

/** Runs one check, keeps its output, prints it when it failed. Resolves to whether it passed. */
async function run(check: Check): Promise<boolean> {
  const started = performance.now();
  const child = spawn(check.command[0], check.command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (status) => resolve(status ?? 1));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)`);
  if (code !== 0) process.stdout.write(Buffer.concat(chunks));
  return code === 0;
}

const first: Check[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the web', command: ['tsc', '-p', 'web'] },
];
const passed = await Promise.all(first.map(run));
passed.push(await run({ name: 'unit tests', command: ['vitest', 'run', '--project', 'unit'] }));
process.exit(passed.every(Boolean) ? 0 : 1);
