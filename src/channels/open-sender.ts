import { systemClock, type Clock } from '../platform/clock.ts';
import { mailSender } from './email/mail-sender.ts';
import { configs, kinds, secretsOfKind, type Kind, type Secrets } from './kinds.ts';
import { ntfySender } from './push/ntfy/ntfy-sender.ts';
import { SendError, type Sender } from './sender.ts';
import { gammuSender } from './sms/gammu/gammu-sender.ts';
import { httpSender } from './sms/http/http-sender.ts';
import { smppSender } from './sms/smpp/smpp-sender.ts';
import { twilioSender } from './sms/twilio/twilio-sender.ts';
import { callSender } from './voice/twilio/call-sender.ts';
import { webhookSender } from './webhook/webhook-sender.ts';

const openers: { [K in Kind]: (config: unknown, secrets: Secrets, clock: Clock) => Sender } = {
  twilio: (config, secrets) => twilioSender(configs.twilio.parse(config), secretsOfKind.twilio.parse(secrets)),
  'twilio-voice': (config, secrets) =>
    callSender(configs['twilio-voice'].parse(config), secretsOfKind['twilio-voice'].parse(secrets)),
  smpp: (config, secrets, clock) => smppSender(configs.smpp.parse(config), secretsOfKind.smpp.parse(secrets), clock),
  gammu: (config, _secrets, clock) => gammuSender(configs.gammu.parse(config), clock),
  'http-sms': (config, secrets) =>
    httpSender(configs['http-sms'].parse(config), secretsOfKind['http-sms'].parse(secrets)),
  ntfy: (config, secrets) => ntfySender(configs.ntfy.parse(config), secretsOfKind.ntfy.parse(secrets)),
  webhook: (config, secrets, clock) =>
    webhookSender(configs.webhook.parse(config), secretsOfKind.webhook.parse(secrets), clock),
  smtp: (_config, secrets) => mailSender(secretsOfKind.smtp.parse(secrets)),
};

/**
 * The sender of a provider, as `openProviders` of messages gives it. It opens nothing yet; lines are made when something
 * is sent, and closed by `close`. Throws SendError `not-configured` when the settings are not those of the kind.
 */
export function openSender(kind: string, config: unknown, secrets: Secrets, clock: Clock = systemClock): Sender {
  const known = kinds.find((one) => one === kind);
  if (known === undefined) throw new SendError('not-configured', { said: `no such kind: ${kind}` });
  try {
    return openers[known](config, secrets, clock);
  } catch (cause) {
    if (cause instanceof SendError) throw cause;
    throw new SendError('not-configured');
  }
}
