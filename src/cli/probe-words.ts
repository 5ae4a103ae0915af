import { defineWords } from '../platform/words.ts';

/** What the command line says of second locations and fire drills. */
interface ProbeCliWords {
  probe: string;
  join: string;
  token: string;
  data: string;
  testSms: string;
  list: string;
  invite: string;
  remove: string;
  none: string;
  head: { name: string; state: string; sms: string; version: string };
  typeThere: (until: string) => string;
  removed: (name: string) => string;
  joinNeedsToken: [message: string, nextStep: string];
  drill: string;
  drillList: string;
  drillStart: string;
  drillSet: string;
  day: string;
  time: string;
  guard: string;
  on: string;
  off: string;
  noDrills: string;
  drillHead: { when: string; state: string; confirmed: string; accepted: string; delivered: string; taken: string };
  drillState: Record<'running' | 'passed' | 'failed', string>;
  drillFailure: Record<'not-confirmed' | 'not-accepted' | 'too-late' | 'nobody-on-duty' | 'broken-off', string>;
  started: string;
  when: (day: string, time: string) => string;
  isOff: string;
}

export const probeCliWords = defineWords<ProbeCliWords>({
  nl: {
    probe: 'tweede plek: kijkt mee van elders, en slaat alarm als Nachtwacht zwijgt (zonder opdracht: draai haar hier)',
    join: 'sluit deze machine aan bij de Nachtwacht op dit adres',
    token: 'eenmalig token van nachtwacht probe invite',
    data: 'map van deze tweede plek (standaard NACHTWACHT_DATA/probe)',
    testSms: 'stuur dit nummer één SMS met het account van deze plek',
    list: 'toon de tweede plekken',
    invite: 'maak het token waarmee een machine zich aansluit',
    remove: 'neem afscheid van een tweede plek',
    none: 'Er is geen tweede plek.',
    head: { name: 'NAAM', state: 'HOE', sms: 'SMS', version: 'VERSIE' },
    typeThere: (until) =>
      `Typ dit op de andere machine (het token geldt tot ${until}, en wordt niet nog eens getoond):`,
    removed: (name) => `De tweede plek ${name} telt niet meer mee.`,
    joinNeedsToken: ['Bij --join hoort --token.', 'Maak er een: nachtwacht probe invite NAAM'],
    drill: 'brandoefening: een pagina van onszelf valt echt uit, en de wacht krijgt een SMS',
    drillList: 'toon de oefeningen met hun gemeten tijden',
    drillStart: 'houd nu een oefening',
    drillSet: 'wanneer de wekelijkse oefening is, en voor wie',
    day: 'dag van de week, 1 (maandag) tot 7',
    time: 'tijd, zoals 10:30',
    guard: 'id van de wacht die de SMS krijgt (- = wie dan dienst heeft)',
    on: 'houd elke week een oefening',
    off: 'houd geen oefeningen',
    noDrills: 'Er was nog geen oefening.',
    drillHead: {
      when: 'WANNEER',
      state: 'HOE',
      confirmed: 'GEZIEN',
      accepted: 'SMS WEG',
      delivered: 'SMS AAN',
      taken: 'OPGEPAKT',
    },
    drillState: { running: 'bezig', passed: 'geslaagd', failed: 'mislukt' },
    drillFailure: {
      'not-confirmed': 'de wacht zag het niet',
      'not-accepted': 'geen SMS ging weg',
      'too-late': 'de SMS kwam te laat',
      'nobody-on-duty': 'niemand had dienst',
      'broken-off': 'afgebroken',
    },
    started: 'De oefening is begonnen. Kijk met: nachtwacht drill list',
    when: (day, time) => `Elke ${day} om ${time}.`,
    isOff: 'Er zijn geen wekelijkse oefeningen.',
  },
  en: {
    probe: 'second location: looks along from elsewhere, and alarms when Nachtwacht is silent (alone: run it here)',
    join: 'join the Nachtwacht at this address with this machine',
    token: 'one-time token of nachtwacht probe invite',
    data: 'folder of this second location (default NACHTWACHT_DATA/probe)',
    testSms: 'send this number one SMS by the account of this place',
    list: 'show the second locations',
    invite: 'make the token by which a machine joins',
    remove: 'let a second location go',
    none: 'There is no second location.',
    head: { name: 'NAME', state: 'HOW', sms: 'SMS', version: 'VERSION' },
    typeThere: (until) => `Type this on the other machine (the token counts until ${until}, and is not shown again):`,
    removed: (name) => `The second location ${name} counts no more.`,
    joinNeedsToken: ['--join needs --token.', 'Make one: nachtwacht probe invite NAME'],
    drill: 'fire drill: a page of our own fails for real, and the guard gets an SMS',
    drillList: 'show the drills with their measured times',
    drillStart: 'hold a drill now',
    drillSet: 'when the weekly drill is, and for whom',
    day: 'day of the week, 1 (Monday) to 7',
    time: 'time, such as 10:30',
    guard: 'id of the guard who gets the SMS (- = who is on duty then)',
    on: 'hold a drill every week',
    off: 'hold no drills',
    noDrills: 'There was no drill yet.',
    drillHead: {
      when: 'WHEN',
      state: 'HOW',
      confirmed: 'SEEN',
      accepted: 'SMS OUT',
      delivered: 'SMS IN',
      taken: 'TAKEN',
    },
    drillState: { running: 'under way', passed: 'passed', failed: 'failed' },
    drillFailure: {
      'not-confirmed': 'the watch did not see it',
      'not-accepted': 'no SMS left',
      'too-late': 'the SMS came too late',
      'nobody-on-duty': 'nobody was on duty',
      'broken-off': 'broken off',
    },
    started: 'The drill has begun. Look with: nachtwacht drill list',
    when: (day, time) => `Every ${day} at ${time}.`,
    isOff: 'There are no weekly drills.',
  },
});
