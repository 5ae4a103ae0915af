import { setFlagsFromString } from 'node:v8';
import { runDoctor } from './doctor/doctor.ts';
import { errorInWords } from './error-words.ts';
import { makeFirstLink, makeResetLink } from './identity/index.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig, type Config, type Role } from './platform/config.ts';
import { connect, findEmbedded, migrate, type Connection } from './platform/database/index.ts';
import { carriesFacts, factsOf, NachtwachtError } from './platform/errors.ts';
import { rotateKeys } from './platform/master-key.ts';
import { defineWords, momentInWords, type Language } from './platform/words.ts';
import { serve } from './serve.ts';

export const mainCommands = [
  'serve',
  'worker',
  'watch',
  'migrate',
  'doctor',
  'rotate-keys',
  'first-link',
  'reset-link',
] as const;
export type MainCommand = (typeof mainCommands)[number];

export interface MainOptions {
  /** For `serve`: overrides NACHTWACHT_ROLES. */
  roles?: string;
  json?: boolean;
  settings?: boolean;
  /** For `reset-link`: whose. */
  email?: string;
  language: Language;
}

/** Runs one command of the program itself (not over the API). Resolves with the exit code. */
export async function runMain(command: MainCommand, options: MainOptions): Promise<number> {
  if (command === 'doctor') return runDoctor(options);
  const environment = { ...process.env, ...(options.roles ? { NACHTWACHT_ROLES: options.roles } : {}) };
  const config = readConfig(environment);
  if (command === 'migrate') return migrateOnly(config);
  if (command === 'rotate-keys') return rotate(config, options.language);
  if (command === 'first-link') return showFirstLink(config, options);
  if (command === 'reset-link') return showResetLink(config, options);
  if (command === 'serve') return run(config, true, options.language);
  return run({ ...config, roles: new Set<Role>([command]) }, false, options.language);
}

async function run(config: Config, main: boolean, language: Language): Promise<number> {
  keepHeapSmall();
  // A closed terminal is no reason to stop; a stop signal hands over what is under way, a second one ends at once.
  process.on('SIGHUP', () => {});
  const asked = Promise.withResolvers<void>();
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (++signals > 1) process.exit(130);
      asked.resolve();
    });
  }
  process.on('unhandledRejection', (error) => {
    process.stderr.write(`unhandled: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(70);
  });
  const running = await serve(config, { main });
  process.stdout.write(running.url ? `Nachtwacht: ${running.url}\n` : 'Nachtwacht works\n');
  if (running.url) {
    const link = await makeFirstLink(running.platform);
    if (link)
      process.stdout.write(`${entryWords(language).first(link.url, timeOf(link.expiresAt, language, config))}\n`);
  }
  await asked.promise;
  await running.stop();
  return 0;
}

/**
 * Young objects of a backup die at once: a nursery that does not grow collects them as well. Measured on a first backup:
 * 120 MB less memory at the same CPU time. V8 reads this flag whenever the nursery would grow.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

async function migrateOnly(config: Config): Promise<number> {
  const ran = await onDatabase(config, migrate);
  process.stdout.write(ran.length === 0 ? 'up to date\n' : `${ran.join('\n')}\n`);
  return 0;
}

async function rotate(config: Config, language: Language): Promise<number> {
  const { rewrapped, nextFile } = await onDatabase(config, ({ db }) => rotateKeys(db, config));
  process.stdout.write(`${rotationWords(language)(rewrapped, nextFile)}\n`);
  return 0;
}

const rotationWords = defineWords<(count: number, file: string | undefined) => string>({
  nl: (count, file) =>
    `Nieuwe hoofdsleutel; ${count} gegevenssleutels opnieuw verpakt. ` +
    (file ? `Zet NACHTWACHT_MASTER_KEY op de inhoud van ${file}, wis dat bestand, en start` : 'Start') +
    ' Nachtwacht opnieuw. Bewaar een kopie van de sleutel elders.',
  en: (count, file) =>
    `New master key; ${count} data keys wrapped anew. ` +
    (file ? `Set NACHTWACHT_MASTER_KEY to the content of ${file}, remove that file, and start` : 'Start') +
    ' Nachtwacht again. Keep a copy of the key elsewhere.',
});

interface EntryWords {
  first: (url: string, until: string) => string;
  reset: (email: string, url: string, until: string) => string;
}

const entryWords = defineWords<EntryWords>({
  nl: {
    first: (url, until) =>
      `Er is nog geen beheerder. Open deze link om het te worden (eenmalig, tot ${until}):\n${url}`,
    reset: (email, url, until) =>
      `Met deze link stelt ${email} zijn aanmelding opnieuw in (eenmalig, tot ${until}):\n${url}`,
  },
  en: {
    first: (url, until) => `There is no operator yet. Open this link to become it (once, until ${until}):\n${url}`,
    reset: (email, url, until) => `With this link ${email} sets up signing in anew (once, until ${until}):\n${url}`,
  },
});

function timeOf(moment: Date, language: Language, config: Config): string {
  return momentInWords(moment, language, config.timeZone);
}

function answer(options: MainOptions, document: object, text: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(document, null, 2) : text}\n`);
}

async function showFirstLink(config: Config, options: MainOptions): Promise<number> {
  const link = await onDatabase(config, ({ db }) => makeFirstLink({ config, db, clock: systemClock }));
  if (!link) {
    throw new NachtwachtError({
      code: 'operator-there',
      kind: 'conflict',
      message: 'There is an operator already.',
      nextStep: 'Sign in, or make a link for who lost everything (operator reset-link EMAIL).',
      retryable: false,
    });
  }
  answer(options, link, entryWords(options.language).first(link.url, timeOf(link.expiresAt, options.language, config)));
  return 0;
}

async function showResetLink(config: Config, options: MainOptions): Promise<number> {
  const { email = '', language } = options;
  const link = await onDatabase(config, ({ db }) => makeResetLink({ config, db, clock: systemClock }, email));
  answer(options, link, entryWords(language).reset(link.email, link.url, timeOf(link.expiresAt, language, config)));
  return 0;
}

/** For commands that work on the database of a platform that runs, or on DATABASE_URL. */
async function onDatabase<T>(config: Config, work: (connection: Connection) => Promise<T>): Promise<T> {
  const url = config.databaseUrl ?? findEmbedded(config.dataFolder);
  if (!url) {
    throw new NachtwachtError({
      code: 'no-database-runs',
      kind: 'conflict',
      message: 'The embedded database does not run.',
      nextStep: 'Start `nachtwacht serve` first (it brings the database up to date by itself), or set DATABASE_URL.',
      retryable: true,
    });
  }
  const connection = connect(url, { max: 2 });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

function commandUnknown(command: string): NachtwachtError {
  return new NachtwachtError({
    code: 'main-command-unknown',
    kind: 'bad-input',
    message: `The program has no command ${command}.`,
    nextStep: `Give one of: ${mainCommands.join(', ')}.`,
    retryable: false,
    details: { command, commands: mainCommands.join(', ') },
  });
}

/** Why the program did not start, and what to do; of what nobody expected, what it was too. */
function startErrorText(error: unknown, language: Language): string {
  const { message, nextStep } = errorInWords(factsOf(error), language);
  return `${carriesFacts(error) ? message : `${message} (${String(error)})`}\n${nextStep}`;
}

if (process.argv[1]?.endsWith('/main.ts') && process.argv[1].endsWith('src/main.ts')) {
  const [command = 'serve', ...rest] = process.argv.slice(2);
  const roles = rest.find((each) => each.startsWith('--roles='))?.slice(8);
  const known = mainCommands.find((each) => each === command);
  const language = (process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '').startsWith('nl')
    ? 'nl'
    : 'en';
  try {
    if (!known) throw commandUnknown(command);
    process.exitCode = await runMain(known, { language, ...(roles ? { roles } : {}) });
  } catch (error) {
    process.stderr.write(`${startErrorText(error, language)}\n`);
    process.exitCode = 1;
  }
}
