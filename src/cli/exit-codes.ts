import type { ErrorKind } from '../platform/errors.ts';

/** The one table of exit codes; `nachtwacht help` prints it. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  site: 5,
  store: 6,
  conflict: 7,
  // 128 and the number of SIGINT, as shells have it.
  interrupted: 130,
} as const;

export type ExitName = keyof typeof exitCodes;

export const exitOfKind: Record<ErrorKind, number> = {
  'bad-input': exitCodes.usage,
  'not-signed-in': exitCodes.notAllowed,
  'not-allowed': exitCodes.notAllowed,
  'not-found': exitCodes.notFound,
  conflict: exitCodes.conflict,
  site: exitCodes.site,
  store: exitCodes.store,
  internal: exitCodes.failed,
};
