import { defineWords } from '../platform/words.ts';

/** What `nachtwacht channels` says. */
interface ChannelsWords {
  about: Record<'channels' | 'list' | 'add' | 'test' | 'remove' | 'messages', string>;
  option: Record<'set' | 'secretFile' | 'canary' | 'off' | 'incident' | 'limit', string>;
  head: Record<'means' | 'provider' | 'kind' | 'works' | 'id' | 'when' | 'to' | 'state' | 'text', string>;
  canary: Record<'waiting' | 'working' | 'failing' | 'none' | 'off', string>;
  none: string;
  nothing: string;
  added: (name: string) => string;
  removed: (name: string) => string;
  tested: (provider: string, state: 'accepted' | 'delivered') => string;
  said: (words: string) => string;
  badSetting: (text: string) => [message: string, nextStep: string];
}

export const channelsWords = defineWords<ChannelsWords>({
  nl: {
    about: {
      channels: 'Wie sms, telefoon, push en mail verzorgt',
      list: 'Wie er zijn, in de volgorde waarin ze worden geprobeerd, en of er een sms verstuurd kan worden',
      add: 'Voegt er een toe; de sleutel komt uit een bestand of van de standaardinvoer (-), nooit van de opdrachtregel',
      test: 'Stuurt nu een proefbericht en zegt wat de aanbieder zei',
      remove: 'Haalt er een weg, met zijn sleutel',
      messages: 'De laatste berichten en wat ervan werd',
    },
    option: {
      set: 'een instelling, bijvoorbeeld from=+31970000001 (meermaals)',
      secretFile: 'bestand met de sleutel of het wachtwoord; - = standaardinvoer',
      canary: 'nummer voor het dagelijkse proefbericht',
      off: 'nog niet gebruiken',
      incident: 'alleen van deze storing',
      limit: 'zoveel regels',
    },
    head: {
      means: 'weg',
      provider: 'aanbieder',
      kind: 'soort',
      works: 'dagelijkse proef',
      id: 'id',
      when: 'wanneer',
      to: 'naar',
      state: 'stand',
      text: 'tekst',
    },
    canary: { waiting: 'wacht op bericht', working: 'werkt', failing: 'WERKT NIET', none: 'niet getest', off: 'uit' },
    none: 'Er is nog geen aanbieder.',
    nothing: 'Er zijn geen berichten.',
    added: (name) => `${name} is toegevoegd. Probeer hem: nachtwacht channels test ${name} NUMMER`,
    removed: (name) => `${name} is weg.`,
    tested: (provider, state) =>
      state === 'delivered' ? `${provider} heeft het bezorgd.` : `${provider} heeft het aangenomen.`,
    said: (words) => `De aanbieder zei: ${words}`,
    badSetting: (text) => [`"${text}" is geen instelling.`, 'Schrijf NAAM=WAARDE, bijvoorbeeld from=+31970000001.'],
  },
  en: {
    about: {
      channels: 'Who carries SMS, calls, push and mail',
      list: 'Who there is, in the order they are tried, and whether an SMS can be sent',
      add: 'Adds one; its secret comes from a file or standard input (-), never from the command line',
      test: 'Sends a test message now and tells what the provider said',
      remove: 'Takes one away, with its secret',
      messages: 'The last messages and what became of them',
    },
    option: {
      set: 'one setting, such as from=+31970000001 (several times)',
      secretFile: 'file with the key or password; - = standard input',
      canary: 'number for the daily test message',
      off: 'do not use it yet',
      incident: 'of this incident only',
      limit: 'this many rows',
    },
    head: {
      means: 'means',
      provider: 'provider',
      kind: 'kind',
      works: 'daily test',
      id: 'id',
      when: 'when',
      to: 'to',
      state: 'state',
      text: 'text',
    },
    canary: { waiting: 'waits for it', working: 'works', failing: 'DOES NOT WORK', none: 'not tested', off: 'off' },
    none: 'There is no provider yet.',
    nothing: 'There are no messages.',
    added: (name) => `${name} was added. Try it: nachtwacht channels test ${name} NUMBER`,
    removed: (name) => `${name} is gone.`,
    tested: (provider, state) => (state === 'delivered' ? `${provider} delivered it.` : `${provider} took it.`),
    said: (words) => `The provider said: ${words}`,
    badSetting: (text) => [`"${text}" is no setting.`, 'Write NAME=VALUE, such as from=+31970000001.'],
  },
});
