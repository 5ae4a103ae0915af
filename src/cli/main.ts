import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { carriesFacts, factsOf } from '../platform/errors.ts';
import { createCli, languageOf, toNachtwachtError, type Cli, type CliOptions } from './cli.ts';
import { registrations } from './commands.ts';
import { errorInWords } from '../error-words.ts';
import { exitCodes, exitOfKind, type ExitName } from './exit-codes.ts';
import { printable } from './rules/table.ts';
import { cliWords } from './words.ts';

// Help texts are made before commander has read the options, so the language is looked for by hand.
function wantedLanguage(args: string[]): string | undefined {
  const at = args.findIndex((each) => each === '--lang' || each.startsWith('--lang='));
  if (at < 0) return undefined;
  return args[at]?.includes('=') ? args[at]?.slice('--lang='.length) : args[at + 1];
}

function createProgram(args: string[]): { program: Command; cli: Cli } {
  const lang = wantedLanguage(args);
  const words = cliWords(languageOf(lang, process.env));
  const program = new Command('nachtwacht');
  const cli = createCli(() => ({ ...program.opts<CliOptions>(), ...(lang ? { lang } : {}) }), process.env);
  program
    .description(words.about)
    .option('--json', words.options.json)
    .option('--lang <language>', words.options.lang)
    .option('--url <url>', words.options.url)
    .option('--token-file <file>', words.options.token)
    .version(version(), '--version', words.options.version)
    .helpOption('-h, --help', words.options.help)
    .helpCommand('help [command]', words.commands.help)
    .configureHelp({ styleTitle: (title) => words.titles[title] ?? title })
    .showHelpAfterError(words.errors.usage)
    .exitOverride();
  for (const register of registrations) register(program, cli);
  makeAlike(program, program);
  const rows = (Object.entries(exitCodes) as [ExitName, number][]).map(
    ([name, code]) => `  ${code}  ${words.exitCodes[name]}`,
  );
  program.addHelpText('after', `\n${words.exitCodesTitle}\n${rows.join('\n')}`);
  return { program, cli };
}

/** Every command takes --json and --lang at its own end too, throws instead of exiting, and speaks the same language. */
function makeAlike(command: Command, root: Command): void {
  for (const child of command.commands) {
    child.exitOverride().copyInheritedSettings(root).configureHelp(root.configureHelp());
    makeAlike(child, root);
  }
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Global options may stand anywhere: before the command, as commander wants it, or after it, as people type. */
export function globalsFirst(args: string[]): string[] {
  const globals: string[] = [];
  const others: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const each = args[at] ?? '';
    if (each === '--') {
      others.push(...args.slice(at));
      break;
    }
    if (each === '--json' || /^--(lang|url|token-file)=/.test(each)) globals.push(each);
    else if (each === '--lang' || each === '--url' || each === '--token-file')
      globals.push(each, ...args.slice(++at, at + 1));
    else others.push(each);
  }
  return [...globals, ...others];
}

async function main(): Promise<number> {
  const args = globalsFirst(process.argv.slice(2));
  const { program, cli } = createProgram(args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(cli, toNachtwachtError(thrown));
  }
}

function report(cli: Cli, error: unknown): number {
  const facts = factsOf(error);
  if (cli.isJson) {
    const { code, kind, message, nextStep, retryable, details } = facts;
    console.log(JSON.stringify({ error: { code, kind, message, nextStep, retryable, details } }, null, 2));
  } else {
    const { message, nextStep } = errorInWords(facts, cli.language);
    const own = carriesFacts(error) ? message : `${message} (${String(error)})`;
    console.error(printable(`${cli.words.error}: ${own}`));
    if (nextStep !== '') console.error(printable(`${cli.words.nextStep}: ${nextStep}`));
  }
  return exitOfKind[facts.kind];
}

process.exitCode = await main();
