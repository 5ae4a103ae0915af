import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import type { contract } from '../contract.ts';
import { readConfig } from '../platform/config.ts';
import { NachtwachtError, type ErrorKind } from '../platform/errors.ts';
import { readLocalAccess } from '../platform/local-access.ts';
import { momentInWords, type Language } from '../platform/words.ts';
import { printable, tableText } from './rules/table.ts';
import { cliWords, type CliWords } from './words.ts';

/** The whole API, typed by the contract. */
export type Client = ContractRouterClient<typeof contract>;

/** What a command works with: the client, the language, and the only ways to print. */
export interface Cli {
  language: Language;
  words: CliWords;
  isJson: boolean;
  /** A person looks at the output: show live progress. */
  isLive: boolean;
  /** Made at the first use, so that commands without the API need none. */
  client(): Client;
  /** Headers and address for what is not in the contract (downloads). */
  access(): { url: string; token: string };
  /** The answer of a command: with --json one document, otherwise these words. */
  answer(document: unknown, text: string): void;
  table(document: unknown, head: string[], rows: string[][], whenEmpty: string): void;
  /** A remark for a person on standard error; nothing with --json. */
  remark(text: string): void;
  moment(moment: string | null): string;
}

/** A capability's commands: `registerBackup(program, cli)` in `src/cli/backup.ts`, listed in commands.ts. */
export type RegisterCommands = (program: Command, cli: Cli) => void;

export interface CliOptions {
  json?: boolean;
  lang?: string;
  url?: string;
  tokenFile?: string;
}

/** `options` is read late: commander knows it only when the command runs. */
export function createCli(options: () => CliOptions, environment: NodeJS.ProcessEnv): Cli {
  const language = (): Language => languageOf(options().lang, environment);
  let client: Client | undefined;
  const cli: Cli = {
    get language() {
      return language();
    },
    get words() {
      return cliWords(language());
    },
    get isJson() {
      return options().json === true;
    },
    get isLive() {
      return !cli.isJson && process.stderr.isTTY;
    },
    access: () => accessOf(options(), environment, cli.words),
    client: () => (client ??= connect(cli)),
    answer: (document, text) => {
      console.log(cli.isJson ? JSON.stringify(document, null, 2) : printable(text));
    },
    table: (document, head, rows, whenEmpty) => {
      cli.answer(document, rows.length === 0 ? whenEmpty : tableText(head, rows));
    },
    remark: (text) => {
      if (!cli.isJson) console.error(printable(text));
    },
    moment: (moment) =>
      moment === null ? cli.words.never : momentInWords(moment, cli.language, environment['TZ'] ?? localZone()),
  };
  return cli;
}

function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function languageOf(wanted: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const found = wanted ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return found.toLowerCase().startsWith('nl') ? 'nl' : 'en';
}

function accessOf(
  options: CliOptions,
  environment: NodeJS.ProcessEnv,
  words: CliWords,
): { url: string; token: string } {
  const config = readConfig(environment);
  const local = readLocalAccess(config.dataFolder);
  const token = options.tokenFile ? readToken(options.tokenFile, words) : (config.token ?? local?.token);
  const url = options.url ?? config.publicUrl ?? local?.url;
  if (url && token) return { url: url.replace(/\/+$/, ''), token };
  const [message, nextStep] = words.errors.noPlatform(config.dataFolder);
  throw new NachtwachtError({ code: 'no-platform', kind: 'internal', message, nextStep, retryable: true });
}

function readToken(file: string, words: CliWords): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const [message, nextStep] = words.errors.fileUnreadable(file);
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

function connect(cli: Cli): Client {
  const { url, token } = cli.access();
  const link = new RPCLink({
    url: `${url}/api/rpc`,
    headers: { authorization: `Bearer ${token}` },
    fetch: async (request, init) => {
      try {
        return await fetch(request, init);
      } catch (cause) {
        if (request.signal.aborted) throw cause;
        throw platformUnreachable(cli, url, cause);
      }
    },
  });
  return createORPCClient(link);
}

/** Nobody answers at the platform's address. */
export function platformUnreachable(cli: Cli, url: string, cause: unknown): NachtwachtError {
  const [message, nextStep] = cli.words.errors.unreachable(url);
  return new NachtwachtError({
    code: 'platform-unreachable',
    kind: 'internal',
    message,
    nextStep,
    retryable: true,
    cause,
  });
}

/** What an error of the API says, back in the house's own form. */
export function toNachtwachtError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const data = error.data as
    | { code?: string; kind?: ErrorKind; nextStep?: string; retryable?: boolean; details?: Record<string, unknown> }
    | undefined;
  if (!data?.code || !data.kind) return error;
  return new NachtwachtError({
    code: data.code,
    kind: data.kind,
    message: error.message,
    nextStep: data.nextStep ?? '',
    retryable: data.retryable === true,
    details: data.details ?? {},
  });
}
