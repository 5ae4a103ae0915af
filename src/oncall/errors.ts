import { NachtwachtError } from '../platform/errors.ts';

const notFound = (code: string, message: string, nextStep: string): NachtwachtError =>
  new NachtwachtError({ code, kind: 'not-found', message, nextStep, retryable: false });
const wrong = (code: string, message: string, nextStep: string): NachtwachtError =>
  new NachtwachtError({ code, kind: 'bad-input', message, nextStep, retryable: false });
const conflict = (code: string, message: string, nextStep: string): NachtwachtError =>
  new NachtwachtError({ code, kind: 'conflict', message, nextStep, retryable: false });

export const guardNotFound = (): NachtwachtError =>
  notFound('guard-not-found', 'There is no such guard.', 'Look at the list of guards; he may have been taken away.');
export const rotaNotFound = (): NachtwachtError =>
  notFound('rota-not-found', 'There is no such rota.', 'Look at the list of rotas; it may have been taken away.');
export const overrideNotFound = (): NachtwachtError =>
  notFound('override-not-found', 'There is no such replacement.', 'Look at the plan; it may have been taken away.');
export const notAGuard = (): NachtwachtError =>
  notFound('not-a-guard', 'Your account is no guard.', 'Ask an operator to make you one on the page Duty.');
export const phoneTaken = (name: string): NachtwachtError =>
  conflict('phone-taken', `That number is ${name}'s.`, 'Give each guard a number of his own: replies are known by it.');
export const accountTaken = (): NachtwachtError =>
  conflict('guard-account-taken', 'That account is a guard already.', 'Change that guard instead.');
export const noSuchAccount = (): NachtwachtError =>
  notFound('guard-account-unknown', 'No operator or guard has that account.', 'Choose one of the people of the house.');
export const timeZoneWrong = (): NachtwachtError =>
  wrong('time-zone-wrong', 'There is no such time zone.', 'Choose one such as Europe/Amsterdam.');
export const turnTurned = (): NachtwachtError =>
  wrong('override-turned', 'It ends before it begins.', 'Let the end come after the beginning, at most a year later.');
export const noPhone = (): NachtwachtError =>
  conflict('guard-without-phone', 'This guard has no number.', 'Give him one first.');
export const noSms = (): NachtwachtError =>
  conflict('no-sms-path', 'There is no way to send an SMS.', 'Add a provider at Settings > Channels first.');
