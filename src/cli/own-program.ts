import type { Command } from 'commander';
import type { MainCommand } from '../main.ts';
import type { Cli } from './cli.ts';

/** Commands that run the program itself in this process instead of asking a running one. */
export function registerOwnProgram(program: Command, cli: Cli): void {
  const { commands, options } = cli.words;
  // The program is loaded only when it is asked for: it is most of the house.
  const run = async (
    command: MainCommand,
    given: { roles?: string; settings?: boolean; email?: string },
  ): Promise<void> => {
    const { runMain } = await import('../main.ts');
    const code = await runMain(command, {
      language: cli.language,
      json: cli.isJson,
      ...(given.roles ? { roles: given.roles } : {}),
      ...(given.settings ? { settings: true } : {}),
      ...(given.email ? { email: given.email } : {}),
    });
    process.exit(code);
  };
  program
    .command('serve')
    .description(commands.serve)
    .option('--roles <roles>', options.roles)
    .action((given: { roles?: string }) => run('serve', given));
  program
    .command('worker')
    .description(commands.worker)
    .action(() => run('worker', {}));
  program
    .command('watch')
    .description(commands.watch)
    .action(() => run('watch', {}));
  program
    .command('migrate')
    .description(commands.migrate)
    .action(() => run('migrate', {}));
  program
    .command('doctor')
    .description(commands.doctor)
    .option('--settings', options.settings)
    .action((given: { settings?: boolean }) => run('doctor', given));
  program
    .command('keys')
    .description(commands.keys)
    .command('rotate')
    .description(commands.keysRotate)
    .action(() => run('rotate-keys', {}));
  program
    .command('first-link')
    .description(commands.firstLink)
    .action(() => run('first-link', {}));
  program
    .command('operator')
    .description(commands.operator)
    .command('reset-link')
    .description(commands.operatorResetLink)
    .argument('<email>')
    .action((email: string) => run('reset-link', { email }));
}
