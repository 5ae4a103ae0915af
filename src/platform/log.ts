import { pino, type Logger } from 'pino';

/** The house's log: JSON lines in English on standard error, secrets left out. */
export type Log = Logger;

// Names under which a secret might be logged by mistake, at the top and one or two levels down.
const secretNames = [
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

export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[secret]' },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
