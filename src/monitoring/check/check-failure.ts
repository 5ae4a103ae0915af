export type FailedPhase = 'dns' | 'connect' | 'tls' | 'answer';

/** Ends a check: where it failed, and the code of Node, c-ares or OpenSSL (`judgeCheck` knows them). */
export class CheckFailure extends Error {
  readonly phase: FailedPhase;
  readonly code: string;

  constructor(phase: FailedPhase, code: string) {
    super(`${phase}: ${code}`);
    this.phase = phase;
    this.code = code;
  }
}

/** The failure that an error of a socket, of TLS or of the parser is. */
export function failureOf(phase: FailedPhase, error: Error & { code?: unknown }): CheckFailure {
  if (error instanceof CheckFailure) return error;
  return new CheckFailure(phase, typeof error.code === 'string' && error.code !== '' ? error.code : 'ERR_UNKNOWN');
}
