import { Argument, type Command } from 'commander';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SettingsView } from '../settings/contract.ts';
import { NachtwachtError } from '../platform/errors.ts';
import type { Cli } from './cli.ts';
import { settingsCliWords } from './settings-words.ts';

const names = ['name', 'time-zone', 'language', 'accent'] as const;

/** `nachtwacht settings …` */
export function registerSettings(program: Command, cli: Cli): void {
  const words = settingsCliWords(cli.language);
  const settings = program.command('settings').description(words.about.settings);
  settings
    .command('list')
    .description(words.about.list)
    .action(async () => {
      const view = await cli.client().settings.show();
      cli.table(view, words.head, rowsOf(cli, view), '');
    });
  settings
    .command('set')
    .description(words.about.set)
    .addArgument(new Argument('<name>').choices(names))
    .argument('<value>')
    .action(async (name: (typeof names)[number], value: string) => {
      const view = await cli.client().settings.change(changeOf(name, value));
      cli.answer(view, words.changed(name));
    });
  settings
    .command('test-mail')
    .description(words.about.testMail)
    .argument('<to>')
    .action(async (to: string) => {
      const result = await cli.client().settings.testMail({ to, language: cli.language });
      const said = result.serverSaid ?? '';
      if (result.problem === null) return cli.answer(result, words.mailTaken(said));
      if (said !== '') cli.remark(words.serverSaid(said));
      throw failed('mail-test-failed', result.problem, cli);
    });
  settings
    .command('test-storage')
    .description(words.about.testStorage)
    .action(async () => {
      const { storage } = await cli.client().settings.show();
      const { now } = storage;
      const result = await cli
        .client()
        .settings.testStorage(now.kind === 'folder' ? { kind: 'folder', folder: now.folder } : now);
      if (result.problem === null) return cli.answer(result, words.storageWell);
      throw failed('storage-test-failed', result.problem, cli);
    });
  settings
    .command('export-keys')
    .description(words.about.exportKeys)
    .option('--customer <name>', words.option.customer)
    .option('--out <file>', words.option.out)
    .action(async (given: { customer?: string; out?: string }) => {
      const { language } = cli;
      const customer = given.customer === undefined ? {} : { customer: given.customer };
      const { fileName, text, sites } = await cli.client().settings.exportKeys({ language, ...customer });
      const file = path.resolve(given.out ?? fileName);
      // A file that is there may be the only copy of older passwords.
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      cli.answer({ file, sites }, words.written(file, sites));
    });
}

interface Change {
  name?: string;
  timeZone?: string;
  language?: 'nl' | 'en';
  accent?: string | null;
}

function changeOf(name: (typeof names)[number], value: string): Change {
  if (name === 'name') return { name: value };
  if (name === 'time-zone') return { timeZone: value };
  if (name === 'accent') return { accent: value === 'none' ? null : value };
  if (value === 'nl' || value === 'en') return { language: value };
  throw new NachtwachtError({
    code: 'language-unknown',
    kind: 'bad-input',
    message: 'nl, en',
    nextStep: 'nachtwacht settings set language nl',
    retryable: false,
  });
}

function rowsOf(cli: Cli, view: SettingsView): string[][] {
  const { name, from, none, own } = settingsCliWords(cli.language);
  const by = (variables: string[] | undefined): string =>
    variables === undefined ? from.here : from.environment(variables.join(', '));
  const { storage, mail, fixed } = view;
  const { now } = storage;
  const place = now.kind === 'folder' ? now.folder : [now.endpoint, now.bucket, now.prefix].filter(Boolean).join('/');
  return [
    [name.name, view.name, by(fixed.name)],
    [name.timeZone, view.timeZone, by(fixed['time-zone'])],
    [name.language, view.language, from.here],
    [name.accent, view.accent?.asked ?? view.accent?.light ?? own, from.here],
    [name.storage, place, by(fixed.storage)],
    [name.mail, mail === null ? none : `${mail.from}, ${mail.host}:${mail.port}`, by(fixed.mail)],
    [name.retention, `${view.retention.hourly} h, ${view.retention.daily} d, ${view.retention.monthly} m`, from.here],
    [name.keys, String(view.keysToExport), from.here],
  ];
}

function failed(
  code: string,
  problem: { says: { nl: string; en: string }; next: { nl: string; en: string } },
  cli: Cli,
): NachtwachtError {
  const [message, nextStep] = [problem.says[cli.language], problem.next[cli.language]];
  return new NachtwachtError({ code, kind: 'store', message, nextStep, retryable: false });
}
