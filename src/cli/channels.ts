import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import type { ProviderInput } from '../messages/contract.ts';
import { messageWords } from '../messages/words.ts';
import { NachtwachtError } from '../platform/errors.ts';
import { channelsWords } from './channels-words.ts';
import type { Cli } from './cli.ts';

/** Each kind, and what its one secret is called in the contract. */
const secretNames = {
  twilio: 'authToken',
  'twilio-voice': 'authToken',
  smpp: 'password',
  gammu: undefined,
  'http-sms': 'secret',
  ntfy: 'token',
  webhook: 'key',
} as const satisfies Record<ProviderInput['kind'], string | undefined>;
type Kind = keyof typeof secretNames;

/** `nachtwacht channels …` */
export function registerChannels(program: Command, cli: Cli): void {
  const words = channelsWords(cli.language);
  const channels = program.command('channels').description(words.about.channels);
  channels
    .command('list')
    .description(words.about.list)
    .action(async () => {
      const providers = await cli.client().messages.providers({});
      const health = await cli.client().messages.health();
      const { head, canary } = channelsWords(cli.language);
      const rows = providers.map((one) => [
        messageWords(cli.language).means[one.means],
        one.name,
        one.kind,
        one.enabled ? (one.means === 'sms' ? canary[one.canary?.state ?? 'none'] : '') : canary.off,
        one.id,
      ]);
      const titles = [head.means, head.provider, head.kind, head.works, head.id];
      cli.table({ providers, health }, titles, rows, words.none);
      for (const line of [health.says, ...health.remarks]) cli.remark(`! ${line[cli.language]}`);
    });
  channels
    .command('add')
    .description(words.about.add)
    .addArgument(new Argument('<kind>').choices(Object.keys(secretNames)))
    .argument('<name>')
    .addOption(new Option('--set <name=value>', words.option.set).default([]).argParser(another))
    .option('--secret-file <file>', words.option.secretFile)
    .option('--canary-to <number>', words.option.canary)
    .option('--off', words.option.off)
    .action(
      async (
        kind: Kind,
        name: string,
        given: { set: string[]; secretFile?: string; canaryTo?: string; off?: boolean },
      ) => {
        const secret = given.secretFile === undefined ? undefined : readSecret(given.secretFile, cli);
        const secretName = secretNames[kind];
        const input = {
          kind,
          name,
          enabled: given.off !== true,
          canaryTo: given.canaryTo ?? null,
          config: Object.fromEntries(given.set.map((one) => settingOf(one, cli))),
          ...(secret === undefined || secretName === undefined ? {} : { secrets: { [secretName]: secret } }),
        };
        // The contract is what knows the settings of a kind, and refuses what does not fit.
        const added = await cli.client().messages.saveProvider(input as unknown as ProviderInput);
        cli.answer(added, channelsWords(cli.language).added(added.name));
        for (const hook of added.hooks) cli.remark(`${hook.for}: ${hook.url}`);
      },
    );
  channels
    .command('test')
    .description(words.about.test)
    .argument('<provider>')
    .argument('<to>')
    .action(async (provider: string, to: string) => {
      const { language } = cli;
      const told = await cli.client().messages.test({ provider, to, language });
      const { tested, said } = channelsWords(language);
      if (told.said !== null) cli.remark(said(told.said));
      if (told.problem === null && (told.state === 'accepted' || told.state === 'delivered')) {
        return cli.answer(told, tested(provider, told.state));
      }
      throw new NachtwachtError({
        code: 'test-message-failed',
        kind: 'conflict',
        message: told.problem?.says[language] ?? told.state,
        nextStep: told.problem?.next[language] ?? '',
        retryable: false,
      });
    });
  channels
    .command('remove')
    .description(words.about.remove)
    .argument('<provider>')
    .action(async (provider: string) => {
      const left = await cli.client().messages.removeProvider({ provider });
      cli.answer(left, channelsWords(cli.language).removed(provider));
    });
  channels
    .command('messages')
    .description(words.about.messages)
    .option('--incident <incident>', words.option.incident)
    .addOption(new Option('--limit <rows>', words.option.limit).argParser(wholeNumber).default(50))
    .action(async (given: { incident?: string; limit: number }) => {
      const { incident, limit } = given;
      const messages = await cli.client().messages.list({ limit, ...(incident === undefined ? {} : { incident }) });
      const { head, nothing } = channelsWords(cli.language);
      const rows = messages.map((one) => [
        cli.moment(one.createdAt),
        one.provider.name,
        one.recipient,
        messageWords(cli.language).state[one.state],
        one.text,
      ]);
      cli.table(messages, [head.when, head.provider, head.to, head.state, head.text], rows, nothing);
    });
}

/** An option that may be there several times. */
function another(value: string, before: string[]): string[] {
  return [...before, value];
}

/** `from=+31970000001`; numbers, true, false and JSON objects as what they are, as far as a kind has such a setting. */
function settingOf(text: string, cli: Cli): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw badSetting(text, cli);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (['port', 'window'].includes(name) && /^\d{1,6}$/.test(value)) return [name, Number(value)];
  if (name === 'tls') return [name, value === 'true' || value === '1'];
  if (name !== 'headers') return [name, value];
  try {
    return [name, JSON.parse(value)];
  } catch {
    throw badSetting(text, cli);
  }
}

function badSetting(text: string, cli: Cli): NachtwachtError {
  const [message, nextStep] = channelsWords(cli.language).badSetting(text);
  return new NachtwachtError({ code: 'setting-unreadable', kind: 'bad-input', message, nextStep, retryable: false });
}

/** One line at the end belongs to the file, not to the secret. */
function readSecret(file: string, cli: Cli): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    const [message, nextStep] = cli.words.errors.fileUnreadable(file);
    throw new NachtwachtError({
      code: 'file-unreadable',
      kind: 'bad-input',
      message,
      nextStep,
      retryable: false,
      cause,
    });
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('1 … 500');
  return Number(text);
}
