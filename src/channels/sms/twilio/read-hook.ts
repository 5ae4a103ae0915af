import type { Incoming, Receipt } from '../../sender.ts';

/** What a verified status web hook says (`MessageStatus` of an SMS); undefined = nothing that we need. */
export function readStatus(form: URLSearchParams, reference: string | undefined): Receipt | undefined {
  const state = smsStates.get(form.get('MessageStatus') ?? form.get('SmsStatus') ?? '');
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  if (state === undefined) return undefined;
  return {
    state,
    ...(reference === undefined ? {} : { reference }),
    ...(sid === null ? {} : { providerRefs: [sid] }),
    ...(form.get('ErrorCode') === null ? {} : { said: form.get('ErrorCode')?.slice(0, 20) ?? '' }),
  };
}

/** 'sent' says that the next carrier took it, which is no receipt of the phone. */
const smsStates = new Map<string, Receipt['state']>([
  ['accepted', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'accepted'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
]);

/** What a verified inbound web hook says; undefined = it is no SMS. */
export function readInbound(form: URLSearchParams): Incoming | undefined {
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  const sender = form.get('From');
  const text = form.get('Body');
  return sid && sender && text !== null ? { providerRef: sid, sender, text } : undefined;
}

/** `CallStatus` of a call: a phone that rang and was answered counts as delivered. */
const callStates = new Map<string, Receipt['state']>([
  ['queued', 'accepted'],
  ['initiated', 'accepted'],
  ['ringing', 'accepted'],
  ['in-progress', 'delivered'],
  ['completed', 'delivered'],
  ['busy', 'failed'],
  ['no-answer', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** What a verified status web hook of a call says. */
export function readCallStatus(form: URLSearchParams, reference: string | undefined): Receipt | undefined {
  const status = form.get('CallStatus') ?? '';
  const state = callStates.get(status);
  const sid = form.get('CallSid');
  if (state === undefined) return undefined;
  return {
    state,
    said: status,
    ...(reference === undefined ? {} : { reference }),
    ...(sid === null ? {} : { providerRefs: [sid] }),
  };
}
