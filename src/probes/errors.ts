import { NachtwachtError } from '../platform/errors.ts';

export function probeNotFound(reference: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-not-found',
    kind: 'not-found',
    message: `There is no second location "${reference}".`,
    nextStep: 'Look at the list: nachtwacht probe list',
    retryable: false,
    details: { probe: reference },
  });
}

export function probeNameTaken(name: string): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-name-taken',
    kind: 'conflict',
    message: `There is a second location called "${name}" already.`,
    nextStep: 'Choose another name, or remove that one first.',
    retryable: false,
    details: { name },
  });
}

export function joinRefused(): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-token-wrong',
    kind: 'not-allowed',
    message: 'This token for joining is unknown, was used already, or its time is over.',
    nextStep: 'Make a new one under Watch > Second locations, or with: nachtwacht probe invite NAME',
    retryable: false,
  });
}

/** Whatever is wrong with a signature: who guesses learns nothing from it. */
export function signatureRefused(): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-unknown',
    kind: 'not-signed-in',
    message: 'This request is not signed by a second location that we know.',
    nextStep: 'Let it join again with a new token: nachtwacht probe invite NAME',
    retryable: false,
  });
}

/** Its clock is wrong. Carries ours, so that it can count with the difference. */
export function clockOff(now: Date): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-clock-off',
    kind: 'not-signed-in',
    message: 'This request was signed too long ago, or in the future.',
    nextStep: 'Set the clock of that machine (NTP).',
    retryable: true,
    details: { at: now.toISOString() },
  });
}

export function requestReplayed(): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-replayed',
    kind: 'not-allowed',
    message: 'This signed request was made before.',
    nextStep: 'Sign each request anew.',
    retryable: false,
  });
}

export function answerRefused(): NachtwachtError {
  return new NachtwachtError({
    code: 'probe-answer-refused',
    kind: 'conflict',
    message: 'Nobody waits for this answer: it was not asked, or its time is over.',
    nextStep: 'Answer only what was asked, before its deadline.',
    retryable: false,
  });
}
