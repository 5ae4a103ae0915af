import type { ConfigOf, SecretsOf } from '../../kinds.ts';
import type { Sender } from '../../sender.ts';
import { postToTwilio } from '../../sms/twilio/twilio-call.ts';
import { callTwiml } from './twiml.ts';

/** How long the phone rings, seconds: longer, and a voice box would take the call. */
const ringSeconds = '25';

/**
 * Calls a person and reads the message out; who presses 1 takes it. Pressing comes back to the web hook `gather`; without
 * an address that reaches us the message is only read out.
 */
export function callSender(config: ConfigOf<'twilio-voice'>, secrets: SecretsOf<'twilio-voice'>): Sender {
  return {
    send: async (message, signal) => {
      const { to, text, callbackUrl, language = 'nl' } = message;
      const fields = {
        To: to,
        From: config.from,
        Twiml: callTwiml({ text, language, gatherUrl: callbackUrl?.replace('/status?', '/gather?') }),
        Timeout: ringSeconds,
        StatusCallback: callbackUrl,
        ...(callbackUrl === undefined ? {} : { StatusCallbackEvent: ['answered', 'completed'] }),
      };
      return { providerRef: await postToTwilio(config, secrets, 'Calls', fields, signal), state: 'accepted' };
    },
    close: () => Promise.resolve(),
  };
}
