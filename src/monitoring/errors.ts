import { NachtwachtError } from '../platform/errors.ts';

/** A site without a target: it was added while the watch of this version did not know it. */
export function siteNotWatched(url: string): NachtwachtError {
  return new NachtwachtError({
    code: 'site-not-watched',
    kind: 'not-found',
    message: `The watch does not know ${url}.`,
    nextStep: 'Try again in a minute; when it stays, report it.',
    retryable: true,
  });
}
