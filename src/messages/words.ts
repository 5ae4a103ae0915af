import type { SendTrouble } from '../channels/sender.ts';
import { countInWords, defineWords, type Language } from '../platform/words.ts';

/** What is wrong, and what to do. */
export type Told = [says: string, next: string];

interface MessageWords {
  trouble: Record<SendTrouble, Told>;
  /** Of the daily test. */
  noReceipt: Told;
  lost: Told;
  state: Record<'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'unknown', string>;
  means: Record<'sms' | 'call' | 'push' | 'webhook' | 'email', string>;
  test: { text: string; subject: string };
  health: {
    noSms: string;
    noSmsWorks: string;
    onePath: (provider: string) => string;
    paths: (count: number) => string;
    fails: (provider: string) => string;
    noCanary: (provider: string) => string;
    noCall: string;
    noMail: string;
    noPublicUrl: string;
  };
  canaryFails: (provider: string) => string;
}

export const messageWords = defineWords<MessageWords>({
  nl: {
    trouble: {
      unreachable: ['De aanbieder is niet te bereiken.', 'Controleer het adres, en of deze machine naar buiten kan.'],
      certificate: ['Het certificaat van de aanbieder is niet geldig.', 'Controleer het adres van de aanbieder.'],
      timeout: ['De aanbieder antwoordt niet op tijd.', 'Probeer het opnieuw; blijft het zo, bel dan de aanbieder.'],
      'broken-off': [
        'De verbinding brak af terwijl het bericht onderweg was.',
        'Kijk bij de aanbieder of het bericht is verstuurd.',
      ],
      busy: ['De aanbieder kan nu niets aannemen.', 'Wacht even; blijft het zo, bel dan de aanbieder.'],
      'wrong-credentials': [
        'De aanbieder kent deze aanmelding niet.',
        'Plak de sleutel of het wachtwoord opnieuw, zonder spaties.',
      ],
      'wrong-recipient': ['De aanbieder weigert dit nummer of adres.', 'Controleer het nummer, met landnummer: +316…'],
      refused: [
        'De aanbieder weigert het bericht.',
        'Lees wat hij zei; vaak is het tegoed op of de afzender onbekend.',
      ],
      'not-understood': [
        'Er kwam een antwoord dat wij niet kennen.',
        'Controleer het adres: hier antwoordt misschien iets anders dan de aanbieder.',
      ],
      'not-configured': ['Er ontbreekt iets in de instellingen van dit kanaal.', 'Vul ze aan onder Instellingen.'],
    },
    noReceipt: [
      'Het dagelijkse proefbericht kwam niet aan.',
      'Kijk bij de aanbieder naar tegoed en storingen, en stuur een proefbericht.',
    ],
    lost: ['Niemand weet of dit bericht is verstuurd.', 'Kijk bij de aanbieder of het is verstuurd.'],
    state: {
      queued: 'wacht',
      sending: 'wordt verstuurd',
      accepted: 'aangenomen',
      delivered: 'aangekomen',
      failed: 'mislukt',
      unknown: 'onbekend',
    },
    means: { sms: 'sms', call: 'telefoon', push: 'pushbericht', webhook: 'webhook', email: 'e-mail' },
    test: {
      text: 'Nachtwacht: dit is een proefbericht. Je hoeft niets te doen.',
      subject: 'Proefbericht van Nachtwacht',
    },
    health: {
      noSms: 'Er kan geen sms worden verstuurd: er is geen aanbieder ingesteld.',
      noSmsWorks: 'Er kan geen sms worden verstuurd: geen enkele aanbieder werkt.',
      onePath: (provider) => `Sms gaat over één aanbieder (${provider}). Valt die uit, dan hoort niemand iets.`,
      paths: (count) => `Sms kan over ${countInWords(count, 'nl', { one: 'aanbieder', other: 'aanbieders' })}.`,
      fails: (provider) => `${provider} werkt niet: het laatste proefbericht kwam niet aan.`,
      noCanary: (provider) => `${provider} wordt niet elke dag getest: er is geen nummer voor het proefbericht.`,
      noCall: 'Bellen is niet ingesteld: wie een sms niet hoort, wordt niet gebeld.',
      noMail: 'Er is geen mailserver ingesteld.',
      noPublicUrl: 'Zonder NACHTWACHT_URL kan een aanbieder niet melden of een bericht aankwam.',
    },
    canaryFails: (provider) => `${provider} verstuurt geen sms meer`,
  },
  en: {
    trouble: {
      unreachable: [
        'The provider cannot be reached.',
        'Check the address, and that this machine reaches the Internet.',
      ],
      certificate: ['The certificate of the provider is not valid.', 'Check the address of the provider.'],
      timeout: ['The provider does not answer in time.', 'Try again; if it stays, call the provider.'],
      'broken-off': [
        'The connection broke while the message was on its way.',
        'Look at the provider whether the message was sent.',
      ],
      busy: ['The provider cannot take anything now.', 'Wait a moment; if it stays, call the provider.'],
      'wrong-credentials': [
        'The provider does not know these credentials.',
        'Paste the key or password again, without spaces.',
      ],
      'wrong-recipient': ['The provider refuses this number or address.', 'Check the number, with its country: +316…'],
      refused: [
        'The provider refuses the message.',
        'Read what it said; often there is no credit, or the sender is unknown.',
      ],
      'not-understood': [
        'An answer came that we do not know.',
        'Check the address: perhaps something other than the provider answers there.',
      ],
      'not-configured': ['Something lacks in the settings of this channel.', 'Complete them under Settings.'],
    },
    noReceipt: [
      'The daily test message did not arrive.',
      'Look at the provider for credit and outages, and send a test message.',
    ],
    lost: ['Nobody knows whether this message was sent.', 'Look at the provider whether it was sent.'],
    state: {
      queued: 'waits',
      sending: 'is being sent',
      accepted: 'accepted',
      delivered: 'delivered',
      failed: 'failed',
      unknown: 'unknown',
    },
    means: { sms: 'SMS', call: 'call', push: 'push message', webhook: 'web hook', email: 'mail' },
    test: {
      text: 'Nachtwacht: this is a test message. You need not do anything.',
      subject: 'Test message of Nachtwacht',
    },
    health: {
      noSms: 'No SMS can be sent: no provider is set.',
      noSmsWorks: 'No SMS can be sent: no provider works.',
      onePath: (provider) => `SMS goes over one provider (${provider}). When that one fails, nobody hears of anything.`,
      paths: (count) => `SMS can go over ${countInWords(count, 'en', { one: 'provider', other: 'providers' })}.`,
      fails: (provider) => `${provider} does not work: the last test message did not arrive.`,
      noCanary: (provider) => `${provider} is not tested every day: there is no number for the test message.`,
      noCall: 'Calling is not set: who does not hear an SMS is not called.',
      noMail: 'No mail server is set.',
      noPublicUrl: 'Without NACHTWACHT_URL a provider cannot tell whether a message arrived.',
    },
    canaryFails: (provider) => `${provider} sends no SMS any more`,
  },
});

/** A stored error (`TROUBLE: what the gateway said`) as code, sentences in both languages, and the gateway's own words. */
export function troubleInWords(error: string): {
  code: string;
  says: Record<Language, string>;
  next: Record<Language, string>;
  said: string | null;
} {
  const at = error.indexOf(': ');
  const code = at < 0 ? error : error.slice(0, at);
  const said = at < 0 ? null : error.slice(at + 2);
  const told = (language: Language): Told => {
    const words = messageWords(language);
    if (code === 'no-receipt') return words.noReceipt;
    if (code === 'sender-died') return words.lost;
    return Object.entries(words.trouble).find(([name]) => name === code)?.[1] ?? words.trouble['not-understood'];
  };
  const [nl, en] = [told('nl'), told('en')];
  return { code, says: { nl: nl[0], en: en[0] }, next: { nl: nl[1], en: en[1] }, said };
}
