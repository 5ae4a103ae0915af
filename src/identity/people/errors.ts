import { NachtwachtError, type ErrorKind } from '../../platform/errors.ts';

function error(code: string, kind: ErrorKind, message: string, nextStep: string, cause?: unknown): NachtwachtError {
  return new NachtwachtError({ code, kind, message, nextStep, retryable: false, ...(cause ? { cause } : {}) });
}

export function emailTaken(email: string, cause?: unknown): NachtwachtError {
  const next = 'Look at the list of people: change the role there, or give access again.';
  return error('email-taken', 'conflict', `There is an account for ${email} already.`, next, cause);
}

export function invitedAlready(email: string): NachtwachtError {
  const next = 'Send that invitation again, or withdraw it first.';
  return error('invited-already', 'conflict', `${email} was invited already.`, next);
}

export function invitationNotFound(): NachtwachtError {
  const message = 'This invitation is not open any more: it was used or withdrawn.';
  return error('invitation-not-found', 'not-found', message, 'Look at the list again.');
}

export function personNotFound(): NachtwachtError {
  return error('person-not-found', 'not-found', 'There is no such person.', 'Look at the list again.');
}

export function notYourself(): NachtwachtError {
  const next = 'Ask another operator to do it.';
  return error('not-yourself', 'conflict', 'You cannot do this to your own account.', next);
}

export function lastOperator(): NachtwachtError {
  const next = 'Make somebody else an operator first.';
  return error('last-operator', 'conflict', 'This is the last operator.', next);
}

export function onTheMachineOnly(): NachtwachtError {
  const next = 'On the machine of the platform: the command operator reset-link, with the e-mail address.';
  const message = "An operator's sign-in is set up anew on the machine only.";
  return error('on-the-machine-only', 'not-allowed', message, next);
}
