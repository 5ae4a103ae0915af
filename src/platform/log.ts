import { pino, type Logger } from 'pino';

/** The house's log: JSON lines in English on standard error, secrets left out. */
export type Log = Logger;

// Names under which a secret might be logged by mistake, at the top and one or two levels down.
const secretNames = [
  'cookie',
  'password',
  'secret',
  'secretKey',
  'accessKey',
  'token',
  'authorization',
  'privateKey',
  'masterKey',
];
const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * An error as the log keeps it: what it says and where it was thrown, with its causes. Other properties stay out: a failed
 * validation carries the whole input, a database error the values of the row.
 */
function shownError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : { type: typeof error };
  const { name, message, stack } = error;
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null;
  return {
    type: name,
    message: withoutTokens(message),
    stack: withoutTokens(stack ?? ''),
    ...(code === null ? {} : { code }),
    ...(error.cause !== undefined && depth < 5 ? { cause: shownError(error.cause, depth + 1) } : {}),
  };
}

function withoutTokens(text: string): string {
  return text.replace(/nw_[A-Za-z0-9_-]{43}/g, '[secret]');
}

export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: shownError },
      redact: { paths, censor: '[secret]' },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
