import { runDoctor } from './doctor/doctor.ts';
import { readConfig, type Config, type Role } from './platform/config.ts';
import { connect, findEmbedded, migrate, type Connection } from './platform/database/index.ts';
import { carriesFacts, NachtwachtError } from './platform/errors.ts';
import { rotateKeys } from './platform/master-key.ts';
import { defineWords, type Language } from './platform/words.ts';
import { serve } from './serve.ts';

export const mainCommands = ['serve', 'worker', 'watch', 'migrate', 'doctor', 'rotate-keys'] as const;
export type MainCommand = (typeof mainCommands)[number];

export interface MainOptions {
  /** For `serve`: overrides NACHTWACHT_ROLES. */
  roles?: string;
  json?: boolean;
  settings?: boolean;
  language: Language;
}

/** Runs one command of the program itself (not over the API). Resolves with the exit code. */
export async function runMain(command: MainCommand, options: MainOptions): Promise<number> {
  if (command === 'doctor') return runDoctor(options);
  const environment = { ...process.env, ...(options.roles ? { NACHTWACHT_ROLES: options.roles } : {}) };
  const config = readConfig(environment);
  if (command === 'migrate') return migrateOnly(config);
  if (command === 'rotate-keys') return rotate(config, options.language);
  if (command === 'serve') return run(config, true);
  return run({ ...config, roles: new Set<Role>([command]) }, false);
}

async function run(config: Config, main: boolean): Promise<number> {
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
  await asked.promise;
  await running.stop();
  return 0;
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

if (process.argv[1]?.endsWith('/main.ts') && process.argv[1].endsWith('src/main.ts')) {
  const [command = 'serve', ...rest] = process.argv.slice(2);
  const roles = rest.find((each) => each.startsWith('--roles='))?.slice(8);
  const known = mainCommands.find((each) => each === command);
  const language = (process.env['LC_ALL'] ?? process.env['LANG'] ?? '').startsWith('nl') ? 'nl' : 'en';
  try {
    if (!known) throw new Error(`unknown command ${command}; there are: ${mainCommands.join(', ')}`);
    process.exitCode = await runMain(known, { language, ...(roles ? { roles } : {}) });
  } catch (error) {
    const says = carriesFacts(error) ? `${error.message}\n${error.nextStep}` : String(error);
    process.stderr.write(`${says}\n`);
    process.exitCode = 1;
  }
}
