import { runCommand } from '../harness/run-command.ts';
import { repository } from '../harness/machine.ts';

/** Brings the built pages up to date before the first test, so that platforms which start side by side find them. */
export default async function buildWeb(): Promise<void> {
  await runCommand(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/build-web.ts'], {
    cwd: repository,
  });
}
