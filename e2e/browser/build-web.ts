import { runCommand } from '../harness/run-command.ts';
import { repository } from '../harness/machine.ts';

/** Builds the web that the platform serves; done before any test starts. */
export default async function buildWeb(): Promise<void> {
  await runCommand('vite', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], { cwd: repository });
}
