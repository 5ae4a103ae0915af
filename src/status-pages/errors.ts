import { NachtwachtError } from '../platform/errors.ts';

export function pageNotFound(slug: string): NachtwachtError {
  return new NachtwachtError({
    code: 'status-page-not-found',
    kind: 'not-found',
    message: `There is no status page "${slug}".`,
    nextStep: 'Look at the list of status pages.',
    retryable: false,
  });
}

export function slugTaken(slug: string): NachtwachtError {
  return new NachtwachtError({
    code: 'status-page-taken',
    kind: 'conflict',
    message: `There is a status page at "${slug}" already.`,
    nextStep: 'Choose another address, or change that page.',
    retryable: false,
  });
}

export function pageIncomplete(): NachtwachtError {
  return new NachtwachtError({
    code: 'status-page-incomplete',
    kind: 'bad-input',
    message: 'A status page has a title, and is either of one customer or of one site.',
    nextStep: 'Give a title, and a customer or a site, not both.',
    retryable: false,
  });
}
