import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import type { Sender } from '../../sender.ts';
import { postToTwilio } from './twilio-call.ts';

/** SMS over Twilio, or over anybody who speaks as Twilio does. Receipts and replies come by web hooks. */
export function twilioSender(config: ConfigOf<'twilio'>, secrets: SecretsOf<'twilio'>): Sender {
  return {
    send: async (message, signal) => {
      const fields = { To: message.to, From: config.from, Body: message.text, StatusCallback: message.callbackUrl };
      return { providerRef: await postToTwilio(config, secrets, 'Messages', fields, signal), state: 'accepted' };
    },
    close: () => Promise.resolve(),
  };
}
